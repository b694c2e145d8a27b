using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Stillframe.Benchmarks.Results;

/// <summary>Where and how a table was measured: ratios carry over to other machines, seconds don't.</summary>
/// <param name="LoadBefore">The system's one-minute load average before the first measurement; a busy machine makes bad numbers.</param>
/// <param name="Sizes">As given on the command line.</param>
sealed record RunRecord(DateTime Started, string System, int Cores, long MemoryBytes, double? LoadBefore, string Sizes)
{
    public static RunRecord Begin(Sizes sizes) => new(
        DateTime.UtcNow,
        $"{RuntimeInformation.OSDescription}, .NET {Environment.Version}",
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        Load(),
        sizes.ToString());

    [JsonIgnore]
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{Started:yyyy-MM-dd HH:mm} UTC, {Cores} cores, {MemoryBytes / 1e9:0} GB of memory, {System}, load before {LoadBefore?.ToString("0.0", CultureInfo.InvariantCulture) ?? "unknown"}; {Sizes}");

    static double? Load() =>
        File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : null;
}

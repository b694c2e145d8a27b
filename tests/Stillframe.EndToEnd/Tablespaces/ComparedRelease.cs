using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Oracle.Comparison;

namespace Stillframe.EndToEnd.Tablespaces;

/// <summary>A release of the server whose files are compared with ours.</summary>
/// <param name="start">What starts it; null for the host's.</param>
/// <param name="makeData">Makes an empty data directory, <c>data</c> in the one given.</param>
sealed class ComparedRelease(string name, IReadOnlyList<string>? start, Func<string, Task> makeData)
{
    /// <summary>The newer one, which docker and podman take where nothing else is asked for.</summary>
    public const string Newer = "11.8";

    /// <summary>The host's.</summary>
    public const string Host = "10.11";

    /// <summary>One in each run, by its seed; all in Soak.</summary>
    public static TheoryData<string> OfThisRun =>
        Needs.NewerMariaDb is null ? new(Host) : new(Soaking.OfThisRun([Host, Newer], 2));

    public string Name => name;

    public IReadOnlyList<string>? Start => start;

    public Task MakeDataAsync(string directory) => makeData(directory);

    public static ComparedRelease Of(string name)
    {
        if (name == Host)
            return new(name, null, OracleServer.MakeDataAsync);
        var unpacked = new UnpackedForTests(Needs.NewerMariaDb ?? throw new InvalidOperationException("No newer server is unpacked (STILLFRAME_TEST_MARIADB); './build.sh Test' and Soak do it."));
        var share = $"{unpacked.Root}/share/mariadb";
        return new(name, [.. unpacked.Program("sbin/mariadbd"), "--no-defaults", $"--lc-messages-dir={share}", $"--character-sets-dir={share}/charsets", "--skip-grant-tables"], directory => unpacked.CopyDataAsync($"{directory}/data"));
    }
}

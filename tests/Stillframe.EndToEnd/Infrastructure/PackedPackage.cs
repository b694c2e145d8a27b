namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>
/// The packages under test, packed once a run: taken from the directory <c>STILLFRAME_PACKAGES</c> where the build script
/// has packed it already, otherwise packed here from the sources.
/// </summary>
public sealed record PackedPackage(string Feed, string Version)
{
    public const string Id = "Stillframe.MSBuild", ToolId = "Stillframe.Tool", ClientId = "Stillframe.Client", AspNetCoreId = "Stillframe.Client.AspNetCore", TestingId = "Stillframe.Testing";

    public static IReadOnlyList<string> Ids { get; } = [Id, ToolId, ClientId, AspNetCoreId, TestingId];

    static readonly Lazy<Task<PackedPackage>> packed = new(PackAsync);

    public static Task<PackedPackage> GetAsync() => packed.Value;

    static async Task<PackedPackage> PackAsync()
    {
        var feed = Environment.GetEnvironmentVariable("STILLFRAME_PACKAGES");
        if (string.IsNullOrEmpty(feed))
        {
            feed = Repository.PathOf("artifacts/test-packages");
            if (Directory.Exists(feed))
                Directory.Delete(feed, recursive: true);
            foreach (var id in Ids)
                await Command.SucceedAsync("dotnet", ["pack", Repository.PathOf($"src/{id}/{id}.csproj"), "--output", feed, "--nologo"]);
        }

        var file = Directory.EnumerateFiles(feed, $"{Id}.*.nupkg").MaxBy(File.GetLastWriteTimeUtc)
            ?? throw new InvalidOperationException($"No {Id} package in '{feed}'.");
        return new(feed, Path.GetFileNameWithoutExtension(file)[(Id.Length + 1)..]);
    }
}

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>
/// The compiler server of the build that runs these tests, or one of this test run's own, which ends with it: without one, each of some two hundred builds starts the C# compiler anew, which takes half of a small build.
/// A <c>dotnet</c> that finds none would start one that outlives the test.
/// </summary>
static class CompilerForTests
{
    static readonly Lazy<string?> Server = new(() => Environment.GetEnvironmentVariable(CompilerServer.IdVariable) is { Length: > 0 } ofBuild
        ? ofBuild
        : Task.Run(() => CompilerServer.StartAsync("stillframe-tests", Repository.PathOf("."))).GetAwaiter().GetResult()); // outside of the threads of the tests, which wait for it

    /// <summary>Tells a <c>dotnet</c> of it, unless it looks for its pipes elsewhere or is somebody else's.</summary>
    public static void Tell(Dictionary<string, string?> environment)
    {
        var id = environment.ContainsKey("TMPDIR") || environment.ContainsKey("HOME") ? null : Server.Value;
        environment[CompilerServer.Variable] = id is null ? "false" : "true";
        environment[CompilerServer.IdVariable] = id;
    }
}

using System.Globalization;
using Nuke.Common;
using Nuke.Common.IO;
using Stillframe.Consoles;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

partial class Build
{
    [Parameter("Which tests to run, as 'dotnet test --filter' takes it")]
    readonly string? Filter;

    [Parameter("Directory for the results of tests (TRX files and 'totals'); artifacts/test-results")]
    readonly string? TestResults;

    const string SeedVariable = "STILLFRAME_TEST_SEED";

    /// <summary>A test that hangs ends with the others, and not with the machine that runs them.</summary>
    static TimeSpan SessionTimeout => TimeSpan.FromMinutes(65);

    AbsolutePath TestResultsDirectory => TestResults ?? Artifacts / "test-results";

    Target Test => _ => _
        .Description("Runs all tests, the fast ones first, with all the set-up they need")
        .DependsOn(Compile, Pack)
        .Executes(async () =>
        {
            TestResultsDirectory.CreateOrCleanDirectory();
            var seed = Seed();
            Console.WriteLine(seed);
            // meanwhile packages are installed and images made for the others, which is mostly waiting
            var fast = Task.Run(() => RunTests("Stillframe.Tests", Variables()));
            TestOutcome all;
            try
            {
                all = await WithEngineAsync(async variables => await fast + RunTests("Stillframe.EndToEnd", variables, OfThisRun()), Turn / 2);
            }
            finally
            {
                await Task.WhenAny(fast);
            }

            var totals = all.Totals;
            await File.WriteAllTextAsync(TestResultsDirectory / "totals", $"{totals}\n");
            Console.WriteLine();
            foreach (var line in all.ReasonsOfSkipping())
                Console.WriteLine(line);
            Console.WriteLine(seed);
            Console.WriteLine($"Tests: {totals}");
            ReportSummary(summary =>
            {
                summary["Tests"] = totals.ToString();
                return summary;
            });
            RequirePassed(totals);
        });

    static void RequirePassed(TestTotals totals)
    {
        if (totals.Failed > 0 || totals.Ran == 0)
            Assert.Fail(totals.Ran == 0 ? "No test ran." : $"{totals.Failed} tests failed.");
    }

    /// <summary>Installs and starts what engines, registries and frames need, tells it by environment variables, and stops it again.</summary>
    /// <param name="turn">Of the base images of container tests.</param>
    async Task<T> WithEngineAsync<T>(Func<Dictionary<string, string>, Task<T>> run, int turn = 0)
    {
        await AptPackages.InstallMissingAsync(("docker-registry", "docker-registry"), ("skopeo", "skopeo"), ("podman", "podman"), ("tmux", "tmux"), ("docker-compose", "docker-compose"));
        await AptPackages.InstallMissingAsync(("age", "age"), ("gpg", "gpg"), ("gpg-agent", "gpg-agent"));
        await AptPackages.InstallAnyAsync("chromium", "google-chrome", "chromium-browser");
        await AptPackages.InstallMissingAsync(
            ("mariadbd", "mariadb-server-core"),
            ("mariadbd-safe", "mariadb-server"), // its plugins; the benchmarks' usual recipe
            ("mariadb-dump", "mariadb-client-core"),
            ("mariadb-admin", "mariadb-client")); // the health check of the local engine's frames
        await using var engine = await ContainerEngine.FindOrStartAsync();
        var variables = Variables(engine?.Environment);
        if (engine is not null && await TestBaseImage.GetAsync(engine, turn) is { } image)
            variables[TestBaseImage.Variable] = image;
        foreach (var newer in new[] { NewerServer.MySql, NewerServer.MariaDb })
        {
            if (await newer.GetAsync() is { } directory)
                variables[newer.Variable] = directory;
        }

        return await run(variables);
    }

    /// <summary>Another one each time, where none is given; the tests' <c>Seed</c> reads it.</summary>
    static string Seed()
    {
        if (string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable(SeedVariable)))
            System.Environment.SetEnvironmentVariable(SeedVariable, Random.Shared.Next().ToString(CultureInfo.InvariantCulture));
        return $"Random data of tests: {SeedVariable}={System.Environment.GetEnvironmentVariable(SeedVariable)} gives the same again";
    }

    /// <summary>0 to 3, by the seed: what takes turns is another in another run.</summary>
    static int Turn => int.TryParse(System.Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var seed) ? seed & 3 : 0;

    /// <summary>Without those that only a soak runs, and without those whose turn it is in a run with another seed.</summary>
    static string OfThisRun() => $"Category!=SoakOnly&Turn!={(int.IsOddInteger(Turn) ? "even" : "odd")}";

    /// <param name="which">As <see cref="Filter"/>, where that is not given.</param>
    /// <param name="longest">Null for <see cref="SessionTimeout"/>.</param>
    TestOutcome RunTests(string project, Dictionary<string, string> variables, string? which = null, TimeSpan? longest = null)
    {
        which = Filter ?? which;
        var results = TestResultsDirectory / $"{project}.trx";
        var filter = which is null ? "" : $" --filter \"{which}\"";
        Exception? failure = null;
        try
        {
            DotNet(
                $"test {RootDirectory / "tests" / project} --configuration {Configuration} --no-build --nologo --results-directory {TestResultsDirectory} --logger trx;LogFileName={project}.trx{filter:nq} -- RunConfiguration.TestSessionTimeout={(longest ?? SessionTimeout).TotalMilliseconds}",
                // programs that run for seconds gain nothing from counting calls or from pages that can't be written while they are run, and tests start hundreds of them
                environmentVariables: new Dictionary<string, string>(variables) { ["DOTNET_TieredPGO"] = "0", ["DOTNET_EnableWriteXorExecute"] = "0" });
        }
        catch (Exception e) when (results.FileExists() && !Interrupt.Token.IsCancellationRequested)
        {
            failure = e;
        }

        if (!results.FileExists())
            return TestOutcome.None; // no test fits the filter
        var outcome = TestOutcome.Read(results);
        // failed tests are told of with the others; a run that broke off has perhaps none
        return failure is null || outcome.Totals.Failed > 0 ? outcome : throw failure;
    }

    /// <summary>This process's own environment variables, with what the tests are told in addition.</summary>
    Dictionary<string, string> Variables(IReadOnlyDictionary<string, string?>? added = null)
    {
        var variables = System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value!);
        variables["STILLFRAME_PACKAGES"] = Packages;
        foreach (var (name, value) in added ?? new Dictionary<string, string?>())
            variables[name] = value ?? "";
        return variables;
    }
}

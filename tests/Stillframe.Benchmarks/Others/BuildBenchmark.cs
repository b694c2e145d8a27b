using System.Diagnostics;
using System.Globalization;
using Stillframe.Benchmarks.Frames;
using Stillframe.Processes;

namespace Stillframe.Benchmarks.Others;

/// <summary>
/// <c>build</c>: what the package adds to a <c>dotnet build</c> with nothing changed, against the same project without it, in turn.
/// The package comes from the directory in <c>STILLFRAME_PACKAGES</c>.
/// </summary>
static class BuildBenchmark
{
    const int Rounds = 15;

    static readonly Dictionary<string, string?> Environment = new()
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_NOLOGO"] = "1",
        ["MSBuildSDKsPath"] = null,
        ["MSBUILD_EXE_PATH"] = null,
    };

    public static async Task<int> RunAsync(string[] arguments)
    {
        var packages = System.Environment.GetEnvironmentVariable("STILLFRAME_PACKAGES");
        if (string.IsNullOrEmpty(packages))
        {
            Console.Error.WriteLine("STILLFRAME_PACKAGES names no directory with the package. Run './build.sh Benchmark'.");
            return 2;
        }

        await using var directory = TemporaryDirectory.Create();
        var version = Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(packages, "Stillframe.MSBuild.*.nupkg").Single())["Stillframe.MSBuild.".Length..];
        var without = await ProjectAsync(directory.Path, "without", "");
        var with = await ProjectAsync(
            directory.Path,
            "with",
            $"""
            <PropertyGroup><RestoreAdditionalProjectSources>{packages}</RestoreAdditionalProjectSources><RestorePackagesPath>{directory.Path}/packages</RestorePackagesPath></PropertyGroup>
            <ItemGroup><PackageReference Include="Stillframe.MSBuild" Version="{version}" /><DatabaseDump Include="dump.sql" /></ItemGroup>
            """);
        await GeneratedDump.WriteAsync(Path.Combine(with, "dump.sql"), 50_000_000);

        List<double> plain = [], ours = [];
        for (var round = -1; round < Rounds; round++) // the first builds for the first time
        {
            var (a, b) = (await BuildAsync(without), await BuildAsync(with));
            if (round >= 0)
            {
                plain.Add(a);
                ours.Add(b);
            }
        }

        var (least, most) = (Middle(plain), Middle(ours));
        Console.WriteLine("| dotnet build, nothing changed | median of 15 |");
        Console.WriteLine("|---|---|");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| without the package | {least:N0} ms |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| with it and a dump of 50 MB | {most:N0} ms |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| added | {most - least:N0} ms |"));
        return 0;
    }

    static async Task<string> ProjectAsync(string parent, string name, string added)
    {
        var directory = Directory.CreateDirectory(Path.Combine(parent, name)).FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
              {added}
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(directory, "Program.cs"), "System.Console.WriteLine(1);\n");
        return directory;
    }

    static async Task<double> BuildAsync(string directory)
    {
        var clock = Stopwatch.StartNew();
        var result = await ChildProcess.RunAsync("dotnet", ["build", "--nologo", "-v:q"], new() { Environment = Environment, WorkingDirectory = directory });
        return result.ExitCode == 0 ? clock.Elapsed.TotalMilliseconds : throw new InvalidOperationException(result.AllOutput);
    }

    static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}

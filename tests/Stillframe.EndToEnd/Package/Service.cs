using System.Security;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Processes;

namespace Stillframe.EndToEnd.Package;

/// <summary>A small service in a fresh folder, as somebody who reads the README would write it. It prints the constants it was built with.</summary>
sealed class Service : IDisposable
{
    public const string Project = "Places.csproj";

    readonly FreshFolder folder;
    readonly Dictionary<string, string?> environment;
    readonly string? kind;
    bool restored;

    Service(FreshFolder folder, string? kind, Dictionary<string, string?> environment) => (this.folder, this.kind, this.environment) = (folder, kind, environment);

    public string Path => folder.Path;

    /// <param name="folder">A name of its own is a folder of its own; otherwise it may be one where a test before has restored the same.</param>
    /// <param name="items">Instead of the one dump, <c>data/places.sql</c>.</param>
    public static async Task<Service> CreateAsync(
        string? folder = null,
        string properties = "",
        string? items = null,
        string sdk = "Microsoft.NET.Sdk",
        string? version = null,
        Dictionary<string, string?>? environment = null)
    {
        var package = await PackedPackage.GetAsync();
        var isAlike = folder is null && version is null && !properties.Contains("Framework", StringComparison.Ordinal) && !properties.Contains("Runtime", StringComparison.Ordinal);
        var restored = isAlike ? RestoredFolders.Take(sdk) : null;
        var service = new Service(restored ?? await FreshFolder.CreateAsync(folder ?? "service"), isAlike ? sdk : null, environment ?? []) { restored = restored is not null };
        await service.WriteAsync(Project, $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <DatabaseReaderPassword>only for tests</DatabaseReaderPassword>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{PackedPackage.Id}"{version ?? $" Version=\"{package.Version}\""} />
                {items ?? "<DatabaseDump Include=\"data/places.sql\" />"}
              </ItemGroup>
            </Project>
            """);
        await service.WriteAsync("Program.cs", """
            Console.WriteLine(Places.DatabaseImage.DataVersion);
            Console.WriteLine(Places.DatabaseImage.Repository);
            """);
        await service.WriteAsync("data/places.sql", Dump("Concepción"));
        return service;
    }

    /// <summary>A dump by hand, of one table with one row.</summary>
    public static string Dump(string place) => $"""
        CREATE TABLE `place` (`id` int NOT NULL, `name` varchar(200) NOT NULL, PRIMARY KEY (`id`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
        INSERT INTO `place` VALUES (1,'{place}');

        """;

    /// <summary>The environment of programs started here.</summary>
    public IReadOnlyDictionary<string, string?> Environment => environment;

    public string PathOf(string relative) => folder.PathOf(relative);

    public Task WriteAsync(string relative, string content) => folder.WriteAsync(relative, content);

    /// <inheritdoc cref="DotNetAsync(string[], IReadOnlyDictionary{string, string?}?)"/>
    public Task<ProcessResult> DotNetAsync(params string[] arguments) => DotNetAsync(arguments, null);

    /// <summary>Runs <c>dotnet</c>. A build after one that succeeded restores nothing anew: that would take a quarter of its time.</summary>
    /// <param name="more">Variables of this run alone.</param>
    public async Task<ProcessResult> DotNetAsync(string[] arguments, IReadOnlyDictionary<string, string?>? more)
    {
        var builds = arguments[0] is "build" or "publish" && !arguments.Contains("-r");
        var result = await folder.DotNetAsync(
            builds && restored && !arguments.Contains("--no-build") ? [.. arguments, "--no-restore"] : arguments,
            environment.Concat(more ?? new Dictionary<string, string?>()).ToDictionary());
        restored |= builds && result.ExitCode == 0;
        return result;
    }

    /// <summary>Runs <c>dotnet</c>; it must succeed, without a warning.</summary>
    public async Task<string> SucceedAsync(params string[] arguments)
    {
        var result = await DotNetAsync(arguments);
        Assert.True(result.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: exit code {result.ExitCode}\n{result.AllOutput}");
        Assert.DoesNotContain("warning", result.Output, StringComparison.Ordinal);
        return result.Output;
    }

    /// <summary>Runs <c>dotnet</c>; it must fail. Gives the distinct error lines.</summary>
    public async Task<string[]> FailAsync(params string[] arguments)
    {
        var result = await DotNetAsync(arguments);
        Assert.True(result.ExitCode != 0, $"dotnet {string.Join(' ', arguments)} did not fail:\n{result.AllOutput}");
        Assert.DoesNotContain("   at Stillframe.", result.Output, StringComparison.Ordinal); // no stack trace
        return [.. result.Output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct()];
    }

    /// <summary>
    /// Asks the restored project for one property after a target, once for each set of properties: in one run of <c>dotnet</c>, which takes longer than all else.
    /// </summary>
    /// <param name="sets">Such as <c>A=1;B=2</c>.</param>
    public async Task<string[]> AskAsync(string target, string property, params IEnumerable<string> sets)
    {
        const string Mark = "answer: ";
        await WriteAsync("Directory.Build.targets", $"""<Project><Target Name="Ask" DependsOnTargets="{target}" Returns="$({property})" /></Project>""");
        await WriteAsync("Ask.proj", $"""
            <Project>
              <Target Name="All">
                {string.Concat(sets.Select(set => $"""
                  <MSBuild Projects="{Project}" Targets="Ask" Properties="{SecurityElement.Escape(set)}"><Output TaskParameter="TargetOutputs" ItemName="Answer" /></MSBuild>
                  <Message Importance="high" Text="{Mark}@(Answer)" />
                  <ItemGroup><Answer Remove="@(Answer)" /></ItemGroup>
                  """))}
              </Target>
            </Project>
            """);
        var output = await SucceedAsync("msbuild", "Ask.proj");
        File.Delete(PathOf("Ask.proj"));
        File.Delete(PathOf("Directory.Build.targets"));
        return [.. output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith(Mark, StringComparison.Ordinal)).Select(line => line[Mark.Length..])];
    }

    /// <summary>Runs the built service: the constants it holds.</summary>
    public async Task<(string DataVersion, string Repository)> ConstantsAsync(string assembly = "bin/Debug/net10.0/Places.dll")
    {
        var lines = (await SucceedAsync("exec", PathOf(assembly))).Split('\n');
        return (lines[0].Trim(), lines[1].Trim());
    }

    /// <summary>Every file below the folder, relative to it.</summary>
    public string[] Files(string below = "") =>
        [.. Directory.EnumerateFiles(PathOf(below), "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetRelativePath(Path, file)).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        if (kind is not null && restored)
            RestoredFolders.Keep(kind, folder);
        else
            folder.Dispose();
    }
}

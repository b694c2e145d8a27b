using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Package;

/// <summary>What is called by name in a project with several target frameworks.</summary>
public class Framework
{
    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.LocalServer)]
    public async Task That_has_the_dump_runs_a_target_once()
    {
        using var service = await SeveralAsync("<DatabaseDump Include=\"data/places.sql\" Condition=\"'$(TargetFramework)' == 'net10.0'\" />");

        var verified = await service.SucceedAsync("build", "-t:VerifyDatabaseImage");
        var published = await service.SucceedAsync("build", "-t:PublishDatabaseImage", "-p:DatabaseImageArchiveOutputPath=out/");

        Assert.Contains("1 tables, 1 rows, as loaded", verified, StringComparison.Ordinal);
        Assert.True(File.Exists(service.PathOf("bin/Debug/net10.0/database-image-verification.json")));
        Assert.Contains("is up to date", published, StringComparison.Ordinal);
        Assert.Equal(["out/places-db.tar"], service.Files("out"));
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [Fact]
    public async Task Has_to_be_chosen_where_dumps_differ()
    {
        using var service = await SeveralAsync("""
            <DatabaseDump Include="data/places.sql" Condition="'$(TargetFramework)' == 'net10.0'" />
            <DatabaseDump Include="data/others.sql" Condition="'$(TargetFramework)' != 'net10.0'" />
            """);
        await service.WriteAsync("data/others.sql", Service.Dump("Łódź"));

        await service.SucceedAsync("build", "-t:CheckDatabaseDump"); // of each framework
        Assert.Equal(2, service.Files("obj").Where(file => file.EndsWith("data-version", StringComparison.Ordinal)).Select(file => File.ReadAllText(service.PathOf(file))).Distinct().Count());

        string[] targets = ["BuildDatabaseImage", "PushDatabaseImage", "PublishDatabaseImage", "VerifyDatabaseImage", "RunDatabaseImage"];
        await service.WriteAsync("Each.proj", $"<Project><Target Name=\"Each\">{string.Concat(targets.Select(target => $"<MSBuild Projects=\"{Service.Project}\" Targets=\"{target}\" Properties=\"Alone={target}\" ContinueOnError=\"ErrorAndContinue\" />"))}</Target></Project>");
        var failed = (await service.DotNetAsync("msbuild", "Each.proj")).Output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).ToList();
        Assert.Equal(targets.Length, failed.Count);
        Assert.All(failed, error =>
        {
            Assert.Contains("Places.csproj : error SF1108: Which database image is meant?", error, StringComparison.Ordinal);
            Assert.Contains("Choose one: -f net10.0", error, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Without_a_dump_says_what_is_missing()
    {
        using var service = await SeveralAsync("<DatabaseDump Include=\"data/*.nothing\" />");

        Assert.Contains("error SF1001: ", Assert.Single(await service.FailAsync("build", "-t:BuildDatabaseImage")), StringComparison.Ordinal);
    }

    static Task<Service> SeveralAsync(string items) => Service.CreateAsync(
        properties: """
            <TargetFramework />
            <TargetFrameworks>net10.0-windows;net10.0</TargetFrameworks>
            <EnableWindowsTargeting>true</EnableWindowsTargeting>
            <UseAppHost>false</UseAppHost>
            <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
            <DatabaseEngine>local</DatabaseEngine>
            """,
        items: items);
}

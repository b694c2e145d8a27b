using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Package;

public class Watch
{
    [Trait(Soaking.Turn, Soaking.Odd)]
    [Fact]
    public async Task Builds_again_where_the_dump_or_a_script_changes()
    {
        using var service = await Service.CreateAsync(items: """
            <DatabaseDump Include="data/*.sql" />
            <DatabaseScript Include="mask.sql" />
            """);
        await service.WriteAsync("mask.sql", "UPDATE places.place SET name = 'x';");
        await service.WriteAsync("Directory.Build.targets", """
            <Project>
              <Target Name="Tell" AfterTargets="CheckDatabaseDump"><Message Importance="high" Text="Built with $(DatabaseDataVersion)." /></Target>
            </Project>
            """);
        using var watch = InteractiveProgram.Start(service, "watch", "build");
        await SaysAsync(watch, 1);

        await service.WriteAsync("data/places.sql", Service.Dump("Zürich"));
        await SaysAsync(watch, 2);
        await service.WriteAsync("mask.sql", "UPDATE places.place SET name = 'y';");
        await SaysAsync(watch, 3);

        Assert.Equal(3, Versions(watch).Distinct().Count());
    }

    /// <summary>Waits until it watches after that many builds.</summary>
    static Task SaysAsync(InteractiveProgram watch, int builds) => Eventually.IsTrueAsync(
        () => Versions(watch).Count() >= builds && watch.Output.Split('\n').Count(line => line.Contains("Waiting for a file to change", StringComparison.Ordinal)) >= builds,
        () => watch.Output);

    static IEnumerable<string> Versions(InteractiveProgram watch) => watch.Output.Split('\n').Where(line => line.Contains("Built with ", StringComparison.Ordinal)).Select(line => line.Trim());
}

using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Package;

public class BadInput
{
    [Trait(Soaking.Turn, Soaking.Odd)]
    [Fact]
    public async Task A_missing_dump_or_script_is_named()
    {
        using var service = await Service.CreateAsync(items: "<DatabaseDump Include=\"data/$(Dump).sql\" /><DatabaseScript Include=\"data/$(Script).sql\" />");

        foreach (var properties in new string[][] { ["-p:Dump=nowhere", "-p:Script=places"], ["-p:Dump=places", "-p:Script=nowhere"] })
            Assert.Contains("nowhere.sql : error SF1001: ", Assert.Single(await service.FailAsync(["build", .. properties])), StringComparison.Ordinal);
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [Fact]
    public async Task A_pattern_that_matches_nothing_is_refused()
    {
        using var service = await Service.CreateAsync(items: "<DatabaseDump Include=\"data/*.sql.gz\" />");
        await service.WriteAsync("Program.cs", "Console.WriteLine();");

        foreach (var command in new string[][] { ["publish"], ["publish", "-t:PublishContainer"], ["build", "-t:Publish"], ["build", "-p:DatabaseImageEnabled=true"] })
        {
            var error = Assert.Single(await service.FailAsync(command));

            Assert.Contains("Places.csproj : error SF1012: There is no dump", error, StringComparison.Ordinal);
            Assert.Contains("DatabaseImageEnabled=false", error, StringComparison.Ordinal);
            Assert.DoesNotContain(service.Files(), file => file.Contains("publish/", StringComparison.Ordinal));
        }
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.LocalServer)]
    public async Task A_collation_that_the_server_has_not_is_a_warning_of_the_check_and_an_error_before_the_load()
    {
        using var service = await Service.CreateAsync(properties: "<DatabaseEngine>local</DatabaseEngine>");
        await service.WriteAsync("data/places.sql", Service.Dump("Concepción").Replace("CHARSET=utf8mb4", "CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci", StringComparison.Ordinal));

        var built = await service.DotNetAsync("build");
        Assert.Equal(0, built.ExitCode);
        Assert.Contains($"{service.PathOf("data/places.sql")}(1): warning SF1014: The dump asks for the collation 'utf8mb4_0900_ai_ci'", built.Output, StringComparison.Ordinal);

        var error = Assert.Single(await service.FailAsync("publish", "-p:DatabaseImageArchiveOutputPath=out/"));
        Assert.StartsWith($"{service.PathOf("data/places.sql")}(1): error SF1014: ", error, StringComparison.Ordinal);
        Assert.Contains("which MariaDB 10.11.", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(service.PathOf("out")));
    }

    [Fact]
    public async Task A_cut_off_dump_is_named_with_its_line_by_every_build_until_it_is_mended()
    {
        using var service = await Service.CreateAsync();
        await service.SucceedAsync("build");
        await service.WriteAsync("data/places.sql", "CREATE TABLE a (b INT);\n\nINSERT INTO a VALUES ('no end");

        for (var i = 0; i < 2; i++)
            Assert.StartsWith($"{service.PathOf("data/places.sql")}(3): error SF1003: ", Assert.Single(await service.FailAsync("build")), StringComparison.Ordinal);
        await service.WriteAsync("data/places.sql", Service.Dump("Concepción"));
        await service.SucceedAsync("build");
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [Fact]
    public async Task A_refused_statement_can_be_skipped_with_a_warning()
    {
        using var service = await Service.CreateAsync();
        await service.WriteAsync("data/places.sql", Service.Dump("Concepción") + "GRANT ALL ON *.* TO somebody;\n");

        var error = Assert.Single(await service.FailAsync("build"));
        Assert.Contains("places.sql(3): error SF1006: ", error, StringComparison.Ordinal);

        var result = await service.DotNetAsync("build", "-p:DatabaseDumpRefusedStatements=skip");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("places.sql(3): warning SF1006: ", result.Output, StringComparison.Ordinal);
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [Fact]
    public async Task A_property_that_can_not_be_is_refused_before_anything_starts()
    {
        using var service = await Service.CreateAsync();

        foreach (var (command, expected) in new (string[], string)[]
        {
            (["build", "-t:BuildDatabaseImage", "-p:DatabaseEngine=dokcer"], "SF1101: DatabaseEngine is 'dokcer'; it can be 'auto', 'docker', "),
            (["publish", "-p:DatabaseReaderPassword="], "SF1102: "),
            (["build", "-p:NETCoreSdkVersion=9.0.306"], "SF1104: Stillframe needs the .NET SDK 10.0.100 or later; this build runs on 9.0.306."),
        })
            Assert.Contains($"Places.csproj : error {expected}", Assert.Single(await service.FailAsync(command)), StringComparison.Ordinal);
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [Fact]
    public async Task A_target_called_without_any_dump_says_how_to_add_one()
    {
        using var service = await Service.CreateAsync(items: "");

        var error = Assert.Single(await service.FailAsync("build", "-t:BuildDatabaseImage"));

        Assert.Contains("error SF1001: There is no dump to make a database image of. Add one: <DatabaseDump Include=\"data/my.sql.gz\" />.", error, StringComparison.Ordinal);
    }
}

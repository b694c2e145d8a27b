using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Package;

public class BadInput
{
    [Fact]
    public async Task A_missing_dump_is_named()
    {
        using var service = await Service.CreateAsync(items: "<DatabaseDump Include=\"data/nowhere.sql\" />");

        var error = Assert.Single(await service.FailAsync("build"));

        Assert.Contains("error SF1001: ", error, StringComparison.Ordinal);
        Assert.Contains("nowhere.sql", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("publish", "-t:PublishContainer")]
    [InlineData("build", "-t:Publish")]
    [InlineData("build", "-p:DatabaseImageEnabled=true")]
    public async Task A_pattern_that_matches_nothing_is_refused(params string[] command)
    {
        using var service = await Service.CreateAsync(items: "<DatabaseDump Include=\"data/*.sql.gz\" />");
        await service.WriteAsync("Program.cs", "Console.WriteLine();");

        var error = Assert.Single(await service.FailAsync(command));

        Assert.Contains("Places.csproj : error SF1012: There is no dump", error, StringComparison.Ordinal);
        Assert.Contains("DatabaseImageEnabled=false", error, StringComparison.Ordinal);
        Assert.DoesNotContain(service.Files(), file => file.Contains("publish/", StringComparison.Ordinal));
    }

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
    public async Task A_missing_script_is_named()
    {
        using var service = await Service.CreateAsync(items: "<DatabaseDump Include=\"data/places.sql\" /><DatabaseScript Include=\"data/nowhere.sql\" />");

        Assert.Contains("nowhere.sql : error SF1001: ", Assert.Single(await service.FailAsync("build")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_off_dump_is_named_with_its_line()
    {
        using var service = await Service.CreateAsync();
        await service.WriteAsync("data/places.sql", "CREATE TABLE a (b INT);\n\nINSERT INTO a VALUES ('no end");

        var error = Assert.Single(await service.FailAsync("build"));

        Assert.StartsWith($"{service.PathOf("data/places.sql")}(3): error SF1003: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_dump_fails_every_build_until_it_is_mended()
    {
        using var service = await Service.CreateAsync();
        await service.SucceedAsync("build");
        await service.WriteAsync("data/places.sql", "CREATE TABLE a (b INT");

        Assert.Single(await service.FailAsync("build"));
        Assert.Single(await service.FailAsync("build"));
        await service.WriteAsync("data/places.sql", Service.Dump("Concepción"));
        await service.SucceedAsync("build");
    }

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

    [Fact]
    public async Task An_unknown_engine_is_refused_with_the_known_ones()
    {
        using var service = await Service.CreateAsync();

        var error = Assert.Single(await service.FailAsync("build", "-t:BuildDatabaseImage", "-p:DatabaseEngine=dokcer"));

        Assert.Contains("Places.csproj : error SF1101: DatabaseEngine is 'dokcer'; it can be 'auto', 'docker', ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_password_is_refused_before_anything_starts()
    {
        using var service = await Service.CreateAsync();

        var error = Assert.Single(await service.FailAsync("publish", "-p:DatabaseReaderPassword="));

        Assert.Contains("Places.csproj : error SF1102: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_SDK_is_named()
    {
        using var service = await Service.CreateAsync();

        var error = Assert.Single(await service.FailAsync("build", "-p:NETCoreSdkVersion=9.0.306"));

        Assert.Contains("Places.csproj : error SF1104: Stillframe needs the .NET SDK 10.0.100 or later; this build runs on 9.0.306.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_called_without_any_dump_says_how_to_add_one()
    {
        using var service = await Service.CreateAsync(items: "");

        var error = Assert.Single(await service.FailAsync("build", "-t:BuildDatabaseImage"));

        Assert.Contains("error SF1001: There is no dump to make a database image of. Add one: <DatabaseDump Include=\"data/my.sql.gz\" />.", error, StringComparison.Ordinal);
    }
}

namespace Stillframe.EndToEnd.Package;

public class Build
{
    const string ReadBefore = "The dump is the one that was read last";

    [Fact]
    public async Task Compiles_the_data_version_in_and_with_nothing_changed_or_the_same_data_written_differently_is_skipped()
    {
        using var service = await Service.CreateAsync();
        await service.SucceedAsync("build");
        var (dataVersion, repository) = await service.ConstantsAsync();
        Assert.Matches("^[0-9a-f]{64}$", dataVersion);
        Assert.Equal("places-db", repository);
        var generated = File.GetLastWriteTimeUtc(service.PathOf("obj/Debug/net10.0/DatabaseImage.g.cs"));

        var output = await service.SucceedAsync("build", "-v:d");

        Assert.Contains(ReadBefore, output, StringComparison.Ordinal);
        Assert.Contains("Skipping target \"_GenerateDatabaseImageConstants\" because all output files are up-to-date", output, StringComparison.Ordinal);
        Assert.Contains("Skipping target \"CoreCompile\" because all output files are up-to-date", output, StringComparison.Ordinal);
        Assert.Equal(generated, File.GetLastWriteTimeUtc(service.PathOf("obj/Debug/net10.0/DatabaseImage.g.cs")));

        await service.WriteAsync("data/places.sql", "-- the same again\n" + Service.Dump("Concepción"));
        output = await service.SucceedAsync("build", "-v:d");

        Assert.DoesNotContain(ReadBefore, output, StringComparison.Ordinal);
        Assert.Contains("Skipping target \"CoreCompile\" because all output files are up-to-date", output, StringComparison.Ordinal);

        await service.SucceedAsync("clean");
        Assert.DoesNotContain(service.Files(), file => file.Contains("database", StringComparison.OrdinalIgnoreCase));
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [Fact]
    public async Task Of_another_dump_has_another_data_version_even_if_that_dump_is_older_or_of_the_same_time_and_length()
    {
        using var service = await Service.CreateAsync();
        var dump = service.PathOf("data/places.sql");
        await service.SucceedAsync("build");
        var (first, _) = await service.ConstantsAsync();

        await service.WriteAsync("data/places.sql", Service.Dump("Zürich"));
        File.SetLastWriteTimeUtc(dump, new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await service.SucceedAsync("build");
        var (older, _) = await service.ConstantsAsync();

        await service.WriteAsync("data/places.sql", Service.Dump("Zurüch"));
        File.SetLastWriteTimeUtc(dump, new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await service.SucceedAsync("build");
        var (alike, _) = await service.ConstantsAsync();

        Assert.Equal(3, new[] { first, older, alike }.Distinct().Count());
    }

    [Fact]
    public async Task Has_a_data_version_for_everything_that_a_reader_sees()
    {
        using var service = await Service.CreateAsync(items: """
            <DatabaseDump Include="data/places.sql" />
            <DatabaseScript Include="$(Script)" />
            <DatabaseServerOption Include="sql_mode" Value="$(Mode)" Condition="'$(Mode)' != ''" />
            """);
        await service.SucceedAsync("restore");
        await service.WriteAsync("one.sql", "UPDATE places.place SET name = 'x';");
        await service.WriteAsync("two.sql", "UPDATE places.place SET name = 'y';");
        string[] changes =
        [
            "Nothing=", "Script=one.sql", "Script=two.sql", "DatabaseReaderUser=other", "DatabaseReaderPassword=other", "DatabaseReaderPassword=",
            "Mode=ANSI", "DatabaseName=other", "DatabaseDumpRefusedStatements=skip", "DatabaseDumpAllowedStatements=HANDLER",
        ];

        var versions = await service.AskAsync("CheckDatabaseDump", "DatabaseDataVersion", [.. changes, "DatabaseImageCompression=none"]);

        Assert.Equal(changes.Length + 1, versions.Length);
        Assert.All(versions, version => Assert.Matches("^[0-9a-f]{64}$", version));
        Assert.Equal(changes.Length, versions.Distinct().Count());
        Assert.Equal(versions[0], versions[^1]);
    }

    [Fact]
    public async Task Keeps_the_password_out_of_its_files_and_of_what_it_says_of_tasks()
    {
        using var service = await Service.CreateAsync();

        await service.SucceedAsync("build", "-flp:LogFile=said.txt;Verbosity=diagnostic");
        var output = await File.ReadAllTextAsync(service.PathOf("said.txt"));

        Assert.Contains("ReaderUser=reader", output, StringComparison.Ordinal);
        Assert.DoesNotContain("ReaderPassword=only for tests", output, StringComparison.Ordinal);
        foreach (var file in service.Files("obj").Concat(service.Files("bin")))
            Assert.DoesNotContain("only for tests", await File.ReadAllTextAsync(service.PathOf(file)), StringComparison.Ordinal);
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [Fact]
    public async Task With_another_repository_compiles_it_in_and_does_not_read_the_dump_again()
    {
        using var service = await Service.CreateAsync();
        await service.SucceedAsync("build");

        foreach (var (property, expected) in new[] { ("ContainerRepository=Acme/Places", "acme/places-db"), ("DatabaseImageRepository=data/places", "data/places"), ("ContainerImageName=old-name", "old-name-db") })
        {
            var output = await service.SucceedAsync("build", "-v:d", $"-p:{property}");

            Assert.Equal(expected, (await service.ConstantsAsync()).Repository);
            Assert.Contains(ReadBefore, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Names_the_repository_as_the_SDK_will()
    {
        using var service = await Service.CreateAsync();
        await service.SucceedAsync("restore");
        string[] names = ["Acme.Places", "acme.places", "Wörter App", "a__b--c..d", "acme/My.Places"];

        var ours = await service.AskAsync("_GetDatabaseImageRepository", "DatabaseImageRepository", names.Select(name => $"ContainerRepository={name}"));
        var sdks = await service.AskAsync("ComputeContainerConfig", "ContainerRepository", names.Select(name => $"ContainerRepository={name}"));

        Assert.Equal(names.Length, sdks.Length);
        Assert.Equal(sdks.Select(name => $"{name}-db"), ours);
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [Fact]
    public async Task Of_several_dumps_reads_them_in_order()
    {
        using var service = await Service.CreateAsync(items: "<DatabaseDump Include=\"data/a.sql;data/b.sql\" />");
        await service.WriteAsync("data/a.sql", "USE world;\n" + Service.Dump("Łódź"));
        await service.WriteAsync("data/b.sql", "USE world;\nINSERT INTO place VALUES (2,'Ñuñoa');\n");
        await service.SucceedAsync("restore");
        var both = await service.AskAsync("CheckDatabaseDump", "DatabaseDataVersion", "Nothing=");

        await service.WriteAsync("data/b.sql", "USE world;\nINSERT INTO place VALUES (2,'Ñemby');\n");

        Assert.NotEqual(both, await service.AskAsync("CheckDatabaseDump", "DatabaseDataVersion", "Nothing="));
    }

    [Fact]
    public async Task Without_a_dump_warns_and_writes_nothing()
    {
        using var service = await Service.CreateAsync(items: "<DatabaseDump Include=\"data/*.sql.gz\" />");
        await service.WriteAsync("Program.cs", "Console.WriteLine();");

        var result = await service.DotNetAsync("build");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Places.csproj : warning SF1012: There is no dump", result.Output, StringComparison.Ordinal);

        Assert.DoesNotContain(service.Files(), file => file.Contains("database-image", StringComparison.OrdinalIgnoreCase) || file.EndsWith("DatabaseImage.g.cs", StringComparison.Ordinal));
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [Fact]
    public async Task Switched_off_does_nothing()
    {
        using var service = await Service.CreateAsync(
            properties: "<DatabaseImageEnabled>false</DatabaseImageEnabled><Dumps>data/places.sql</Dumps>", items: "<DatabaseDump Include=\"$(Dumps)\" />");
        await service.WriteAsync("Program.cs", "Console.WriteLine();");

        await service.SucceedAsync("publish");
        await service.SucceedAsync("publish", "-p:Dumps=data/*.nothing");

        Assert.DoesNotContain(service.Files(), file => file.Contains("database-image", StringComparison.OrdinalIgnoreCase));
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [Fact]
    public async Task By_an_editor_writes_nothing_and_knows_the_last_constants()
    {
        using var service = await Service.CreateAsync();
        await service.SucceedAsync("restore");
        string[] designTime = ["msbuild", "-t:Compile", "-p:DesignTimeBuild=true", "-p:BuildingProject=false", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true"];

        await service.SucceedAsync(designTime);
        Assert.DoesNotContain(service.Files(), file => file.Contains("database-image", StringComparison.OrdinalIgnoreCase) || file.EndsWith("DatabaseImage.g.cs", StringComparison.Ordinal));

        await service.SucceedAsync("build");
        var before = service.Files("obj");
        await service.WriteAsync("data/places.sql", "this is no dump");
        var compiled = await service.SucceedAsync([.. designTime, "-getItem:Compile"]);
        Assert.Contains("DatabaseImage.g.cs", compiled, StringComparison.Ordinal);
        Assert.Equal(before, service.Files("obj"));
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [Fact]
    public async Task That_lost_its_dump_loses_its_constants()
    {
        using var service = await Service.CreateAsync(items: "<DatabaseDump Include=\"data/*.sql\" />");
        await service.SucceedAsync("build");
        File.Delete(service.PathOf("data/places.sql"));
        await service.WriteAsync("Program.cs", "Console.WriteLine();");

        Assert.Equal(0, (await service.DotNetAsync("build")).ExitCode);

        Assert.False(File.Exists(service.PathOf("obj/Debug/net10.0/DatabaseImage.g.cs")));
    }
}

namespace Stillframe.EndToEnd.Package;

public class Build
{
    const string ReadBefore = "The dump is the one that was read last";

    [Fact]
    public async Task Compiles_the_data_version_in()
    {
        using var service = await Service.CreateAsync();
        await service.SucceedAsync("build");

        var (dataVersion, repository) = await service.ConstantsAsync();

        Assert.Matches("^[0-9a-f]{64}$", dataVersion);
        Assert.Equal("places-db", repository);
    }

    [Fact]
    public async Task With_nothing_changed_is_skipped()
    {
        using var service = await Service.CreateAsync();
        await service.SucceedAsync("build");
        var generated = File.GetLastWriteTimeUtc(service.PathOf("obj/Debug/net10.0/DatabaseImage.g.cs"));

        var output = await service.SucceedAsync("build", "-v:d");

        Assert.Contains(ReadBefore, output, StringComparison.Ordinal);
        Assert.Contains("Skipping target \"_GenerateDatabaseImageConstants\" because all output files are up-to-date", output, StringComparison.Ordinal);
        Assert.Contains("Skipping target \"CoreCompile\" because all output files are up-to-date", output, StringComparison.Ordinal);
        Assert.Equal(generated, File.GetLastWriteTimeUtc(service.PathOf("obj/Debug/net10.0/DatabaseImage.g.cs")));
    }

    [Fact]
    public async Task Of_another_dump_has_another_data_version_even_if_that_dump_is_older()
    {
        using var service = await Service.CreateAsync();
        await service.SucceedAsync("build");
        var (before, _) = await service.ConstantsAsync();
        await service.WriteAsync("data/places.sql", Service.Dump("Zürich"));
        File.SetLastWriteTimeUtc(service.PathOf("data/places.sql"), new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        await service.SucceedAsync("build");

        Assert.NotEqual(before, (await service.ConstantsAsync()).DataVersion);
    }

    [Fact]
    public async Task Of_another_dump_has_another_data_version_even_if_time_and_length_are_the_same()
    {
        using var service = await Service.CreateAsync();
        var dump = service.PathOf("data/places.sql");
        var time = File.GetLastWriteTimeUtc(dump);
        await service.SucceedAsync("build");
        var (before, _) = await service.ConstantsAsync();
        await service.WriteAsync("data/places.sql", Service.Dump("Concepcióm"));
        File.SetLastWriteTimeUtc(dump, time);

        await service.SucceedAsync("build");

        Assert.NotEqual(before, (await service.ConstantsAsync()).DataVersion);
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
            "-p:Nothing=", "-p:Script=one.sql", "-p:Script=two.sql", "-p:DatabaseReaderUser=other", "-p:DatabaseReaderPassword=other", "-p:DatabaseReaderPassword=",
            "-p:Mode=ANSI", "-p:DatabaseName=other", "-p:DatabaseDumpRefusedStatements=skip", "-p:DatabaseDumpAllowedStatements=HANDLER",
        ];

        var versions = new List<string>();
        foreach (var change in changes)
            versions.Add((await service.SucceedAsync("msbuild", "-t:CheckDatabaseDump", "-getProperty:DatabaseDataVersion", change)).Trim());

        Assert.All(versions, version => Assert.Matches("^[0-9a-f]{64}$", version));
        Assert.Equal(changes.Length, versions.Distinct().Count());
        Assert.Equal(versions[0], (await service.SucceedAsync("msbuild", "-t:CheckDatabaseDump", "-getProperty:DatabaseDataVersion", "-p:DatabaseImageCompression=none")).Trim());
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

    [Fact]
    public async Task Of_the_same_data_written_differently_compiles_nothing()
    {
        using var service = await Service.CreateAsync();
        await service.SucceedAsync("build");
        await service.WriteAsync("data/places.sql", "-- the same again\n" + Service.Dump("Concepción"));

        var output = await service.SucceedAsync("build", "-v:d");

        Assert.DoesNotContain(ReadBefore, output, StringComparison.Ordinal);
        Assert.Contains("Skipping target \"CoreCompile\" because all output files are up-to-date", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-p:ContainerRepository=Acme/Places", "acme/places-db")]
    [InlineData("-p:DatabaseImageRepository=data/places", "data/places")]
    [InlineData("-p:ContainerImageName=old-name", "old-name-db")]
    public async Task With_another_repository_compiles_it_in_and_does_not_read_the_dump_again(string property, string expected)
    {
        using var service = await Service.CreateAsync();
        await service.SucceedAsync("build");

        var output = await service.SucceedAsync("build", "-v:d", property);

        Assert.Equal(expected, (await service.ConstantsAsync()).Repository);
        Assert.Contains(ReadBefore, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Acme.Places")]
    [InlineData("acme.places")]
    [InlineData("Wörter App")]
    [InlineData("a__b--c..d")]
    [InlineData("acme/My.Places")]
    public async Task Names_the_repository_as_the_SDK_will(string name)
    {
        using var service = await Service.CreateAsync();
        await service.SucceedAsync("restore");

        var ours = await service.SucceedAsync("msbuild", "-t:_GetDatabaseImageRepository", "-getProperty:DatabaseImageRepository", $"-p:ContainerRepository={name}");
        var sdks = await service.SucceedAsync("msbuild", "-t:ComputeContainerConfig", "-getProperty:ContainerRepository", $"-p:ContainerRepository={name}");

        Assert.Equal($"{sdks.Trim()}-db", ours.Trim());
    }

    [Fact]
    public async Task Of_several_dumps_reads_them_in_order()
    {
        using var service = await Service.CreateAsync(items: "<DatabaseDump Include=\"data/a.sql;data/b.sql\" />");
        await service.WriteAsync("data/a.sql", "USE world;\n" + Service.Dump("Łódź"));
        await service.WriteAsync("data/b.sql", "USE world;\nINSERT INTO place VALUES (2,'Ñuñoa');\n");
        await service.SucceedAsync("build");
        var (both, _) = await service.ConstantsAsync();

        await service.WriteAsync("data/b.sql", "USE world;\nINSERT INTO place VALUES (2,'Ñemby');\n");
        await service.SucceedAsync("build");

        Assert.NotEqual(both, (await service.ConstantsAsync()).DataVersion);
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

    [Fact]
    public async Task Cleaned_leaves_nothing_of_ours()
    {
        using var service = await Service.CreateAsync();
        await service.SucceedAsync("build");

        await service.SucceedAsync("clean");

        Assert.DoesNotContain(service.Files(), file => file.Contains("database", StringComparison.OrdinalIgnoreCase));
    }

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

namespace Stillframe.EndToEnd.Package;

public class Build
{
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

        Assert.Contains("Skipping target \"_ReadDatabaseDump\" because all output files are up-to-date", output, StringComparison.Ordinal);
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
    public async Task Of_the_same_data_written_differently_compiles_nothing()
    {
        using var service = await Service.CreateAsync();
        await service.SucceedAsync("build");
        await service.WriteAsync("data/places.sql", "-- the same again\n" + Service.Dump("Concepción"));

        var output = await service.SucceedAsync("build", "-v:d");

        Assert.Contains("Building target \"_ReadDatabaseDump\" completely", output, StringComparison.Ordinal);
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
        Assert.Contains("Skipping target \"_ReadDatabaseDump\"", output, StringComparison.Ordinal);
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
    public async Task Without_a_dump_does_nothing()
    {
        using var service = await Service.CreateAsync(items: "");
        await service.WriteAsync("Program.cs", "Console.WriteLine();");

        await service.SucceedAsync("build");
        await service.SucceedAsync("publish");

        Assert.DoesNotContain(service.Files(), file => file.Contains("database-image", StringComparison.OrdinalIgnoreCase) || file.EndsWith("DatabaseImage.g.cs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Switched_off_does_nothing()
    {
        using var service = await Service.CreateAsync(properties: "<DatabaseImageEnabled>false</DatabaseImageEnabled>");
        await service.WriteAsync("Program.cs", "Console.WriteLine();");

        await service.SucceedAsync("publish");

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

        await service.SucceedAsync("build");

        Assert.False(File.Exists(service.PathOf("obj/Debug/net10.0/DatabaseImage.g.cs")));
    }
}

using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Routing;

/// <summary>Services that are published without what they don't use, or as machine code; a warning of the linker's or the compiler's is an error.</summary>
[Collection(RoutingTests.Name)]
[Trait(Soaking.Category, Soaking.Only)] // in each run, the analyzers of IsAotCompatible look at the same source
public sealed class TrimmedClients(RoutingFixture servers)
{
    const string Program = """
        using Microsoft.Extensions.DependencyInjection;
        using MySqlConnector;
        using Stillframe.Client;

        var services = new ServiceCollection();
        services.AddFrameDataSource(MySqlConnectorFactory.Instance, frame: args[0], master: args[1]);
        await using var provider = services.BuildServiceProvider();
        var shop = provider.GetRequiredService<FrameDataSource>();
        Console.WriteLine((await shop.ReadImageAsync())!.DataVersion);
        await using (var frame = await shop.OpenConnectionAsync())
            Console.WriteLine(await NotesAsync(frame));

        using var user = ReadYourWrites.Begin();
        await using var master = await shop.OpenMasterAsync();
        await using (var write = master.CreateCommand())
        {
            write.CommandText = "INSERT INTO note (text) VALUES ('trimmed')";
            await write.ExecuteNonQueryAsync();
        }

        var position = FramePosition.Parse((await FramePosition.OfLastWriteAsync(master))!.ToString());
        await using var fresh = await shop.OpenAsync(position);
        await using var own = await shop.OpenConnectionAsync();
        Console.WriteLine(await NotesAsync(fresh) == await NotesAsync(own));
        Console.WriteLine((await NotesAsync(own)).EndsWith(",trimmed"));

        static async Task<string> NotesAsync(System.Data.Common.DbConnection connection)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT GROUP_CONCAT(text ORDER BY id) FROM note";
            return (string)(await command.ExecuteScalarAsync())!;
        }
        """;

    [NeedsFact(Need.LocalServer)]
    public Task Trimmed_read_and_write() => ReadAndWriteAsync("PublishTrimmed");

    [NeedsFact(Need.LocalServer, Need.NativeCompiler)]
    public Task Compiled_to_machine_code_read_and_write() => ReadAndWriteAsync("PublishAot");

    async Task ReadAndWriteAsync(string how)
    {
        var package = await PackedPackage.GetAsync();
        using var folder = await FreshFolder.CreateAsync("Shop");
        await folder.WriteAsync("Program.cs", Program);
        await folder.WriteAsync("Shop.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
                <InvariantGlobalization>true</InvariantGlobalization>
                <{how}>true</{how}>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <TrimmerSingleWarn>false</TrimmerSingleWarn>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{PackedPackage.ClientId}" Version="{package.Version}" />
                <PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="10.0.12" />
                <PackageReference Include="MySqlConnector" Version="2.6.2" />
              </ItemGroup>
            </Project>
            """);

        var published = await folder.DotNetAsync(["publish", "--use-current-runtime", "--output", "out"]);

        Assert.True(published.ExitCode == 0, published.AllOutput);
        Assert.Equal(how == "PublishTrimmed", File.Exists(folder.PathOf("out/Stillframe.Client.dll")));
        var said = await Command.SucceedAsync(folder.PathOf("out/Shop"), [servers.NewerAddress, servers.Master.Address]);
        Assert.Equal([servers.Newer.Build.DataVersion, "from the start,mine", "True", "True"], said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}

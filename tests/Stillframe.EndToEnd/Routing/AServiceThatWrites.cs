using System.Text.Json;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Routing;

/// <summary>Somebody makes a new service and does what the README says under "A service that writes, too".</summary>
public sealed class AServiceThatWrites
{
    [NeedsFact(Need.LocalServer)]
    public async Task Shows_users_what_they_wrote_at_once_and_others_what_the_frame_has()
    {
        await using var master = await MasterWithFrames.StartMariaDbAsync();
        var frame = await master.FrameAsync();
        using var folder = await FreshFolder.CreateAsync("Shop");
        await SucceedAsync(folder, ["new", "web", "--name", "Shop", "--output", "."]);
        await WriteServiceAsync(folder);
        await SucceedAsync(folder, ["build", "-p:NuGetAudit=false"]);
        await using var service = await RunningService.StartAsync(folder.PathOf("bin/Debug/net10.0/Shop.dll"), frame.Address(MasterWithFrames.Schema), master.Address);
        using HttpClient writer = service.Client(), other = service.Client();

        (await writer.PostAsync(new Uri("/notes/mine", UriKind.Relative), null)).EnsureSuccessStatusCode();

        Assert.Equal(["from the start", "mine"], await NotesAsync(writer));
        Assert.Equal(["from the start"], await NotesAsync(other));

        var next = await master.FrameAsync();
        await master.Server.ExecuteAsync($"INSERT INTO {MasterWithFrames.Schema}.note (text) VALUES ('later, in no frame')");
        await service.RestartAsync(next.Address(MasterWithFrames.Schema), master.Address);

        Assert.Equal(["from the start", "mine"], await NotesAsync(writer)); // of the new frame, by the same cookie: not the master's
        Assert.Equal(["from the start", "mine"], await NotesAsync(other));
    }

    static async Task<string[]> NotesAsync(HttpClient user) => JsonSerializer.Deserialize<string[]>(await user.GetStringAsync(new Uri("/notes", UriKind.Relative)))!;

    /// <summary>The README's lines, with the packages under test and the provider of this run.</summary>
    static async Task WriteServiceAsync(FreshFolder folder)
    {
        var readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"));
        var section = readme[readme.IndexOf("## A service that writes, too", StringComparison.Ordinal)..];
        var code = section.Split("```csharp")[1].Split("```")[0];
        var package = await PackedPackage.GetAsync();
        var project = folder.PathOf("Shop.csproj");
#if MYSQL_CONNECTOR
        const string provider = """<PackageReference Include="MySqlConnector" Version="2.6.2" />""";
#else
        code = code.Replace("MySqlConnectorFactory", "MySqlClientFactory", StringComparison.Ordinal).Replace("using MySqlConnector;", "using MySql.Data.MySqlClient;", StringComparison.Ordinal);
        var file = typeof(MySql.Data.MySqlClient.MySqlConnection).Assembly.Location;
        var provider = $"""
            <Reference Include="MySql.Data" HintPath="{file}" />
            <PackageReference Include="System.Configuration.ConfigurationManager" Version="10.0.11" />
            <PackageReference Include="System.Security.Permissions" Version="10.0.11" />
            """;
#endif
        await folder.WriteAsync("Program.cs", code);
        await File.WriteAllTextAsync(project, (await File.ReadAllTextAsync(project)).Replace("</Project>", $"""
            <ItemGroup>
              <PackageReference Include="{PackedPackage.AspNetCoreId}" Version="{package.Version}" />
              <PackageReference Include="Dapper" Version="2.1.86" />
              {provider}
            </ItemGroup>
            </Project>
            """, StringComparison.Ordinal));
    }

    static async Task SucceedAsync(FreshFolder folder, string[] arguments)
    {
        var result = await folder.DotNetAsync(arguments);
        Assert.True(result.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: exit code {result.ExitCode}\n{result.AllOutput}");
    }
}

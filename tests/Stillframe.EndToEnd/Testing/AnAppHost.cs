using System.Text.Json.Nodes;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Testing;

/// <summary>Somebody writes into an app host of Aspire what docs/testing.md says.</summary>
public sealed class AnAppHost
{
    [Fact]
    [Trait(Soaking.Category, Soaking.Only)] // its packages are large, and nothing of ours is in it
    public async Task With_the_lines_of_the_docs_gives_the_service_the_frames_address()
    {
        using var folder = await FreshFolder.CreateAsync("AppHost");
        await folder.WriteAsync("Shop/Shop.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup></Project>""");
        await folder.WriteAsync("Shop/Program.cs", "System.Console.WriteLine();");
        await folder.WriteAsync("AppHost/AppHost.csproj", """
            <Project Sdk="Aspire.AppHost.Sdk/13.6.4">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Aspire.Hosting.AppHost" Version="13.6.5" />
                <!-- named because not every registry has the versions that Aspire asks for -->
                <PackageReference Include="Nerdbank.MessagePack" Version="1.3.88" />
                <PackageReference Include="Polly.Core" Version="8.8.0" />
                <ProjectReference Include="../Shop/Shop.csproj" />
              </ItemGroup>
            </Project>
            """);
        await folder.WriteAsync("AppHost/Program.cs", $"var builder = DistributedApplication.CreateBuilder(args);\n{await LinesAsync()}\nbuilder.Build().Run();\n");

        var built = await folder.DotNetAsync(["build", "AppHost"]);
        Assert.True(built.ExitCode == 0, built.AllOutput);
        var written = await folder.DotNetAsync(["AppHost/bin/Debug/net10.0/AppHost.dll", "--publisher", "manifest", "--output-path", folder.PathOf("manifest.json")]);
        Assert.True(written.ExitCode == 0, written.AllOutput);

        var resources = JsonNode.Parse(await File.ReadAllTextAsync(folder.PathOf("manifest.json")))!["resources"]!;
        Assert.Equal("shop-db:1.2-scratch", resources["shop-db"]!["image"]!.GetValue<string>());
        Assert.Equal(
            "Server={shop-db.bindings.mysql.host};Port={shop-db.bindings.mysql.port};User ID=shop;Password={shop-password.value};Database=shop",
            resources["shop"]!["env"]!["ConnectionStrings__Frame"]!.GetValue<string>());
    }

    static async Task<string> LinesAsync()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs/testing.md"));
        return page[page.IndexOf("## Aspire", StringComparison.Ordinal)..].Split("```csharp")[1].Split("```")[0];
    }
}

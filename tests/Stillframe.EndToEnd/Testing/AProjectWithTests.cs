using System.Text.RegularExpressions;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Testing;

/// <summary>Somebody makes a service with a dump and a project with tests of xunit, NUnit and MSTest for it, and does what the README says under "Tests with real data".</summary>
public sealed partial class AProjectWithTests
{
    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.LocalServer)]
    public async Task Tests_the_data_that_the_service_was_built_with()
    {
        using var folder = await FreshFolder.CreateAsync("shop");
        var environment = new Dictionary<string, string?> { ["DatabaseEngine"] = "local", ["DatabaseReaderPassword"] = "only for tests" };
        await WriteAsync(folder);

        var missing = await folder.DotNetAsync(["test", "Shop.Tests"], environment);
        Assert.NotEqual(0, missing.ExitCode);
        Assert.Contains("SF3009: 'Shop' was built with the data version ", missing.AllOutput, StringComparison.Ordinal);
        Assert.Contains("dotnet build -t:BuildDatabaseImage ", missing.AllOutput, StringComparison.Ordinal);

        var built = await folder.DotNetAsync(["build", "-t:BuildDatabaseImage", "Shop"], environment);
        Assert.True(built.ExitCode == 0, built.AllOutput);
        var tested = await folder.DotNetAsync(["test", "Shop.Tests", "--no-build"], new Dictionary<string, string?>(environment) { ["DatabaseEngine"] = "embedded" });
        Assert.True(tested.ExitCode == 0, tested.AllOutput);
        Assert.Matches(@"Failed: +0, Passed: +4,", tested.Output);
    }

    static async Task WriteAsync(FreshFolder folder)
    {
        var package = await PackedPackage.GetAsync();
        await folder.WriteAsync("data/shop.sql", "CREATE TABLE orders (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, text VARCHAR(100)) ENGINE=InnoDB;\nINSERT INTO orders VALUES (1,'real');\n");
        await folder.WriteAsync("Shop/Shop.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{PackedPackage.Id}" Version="{package.Version}" PrivateAssets="all" />
                <DatabaseDump Include="../data/shop.sql" />
              </ItemGroup>
            </Project>
            """);
        await folder.WriteAsync("Shop.Tests/Shop.Tests.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{PackedPackage.TestingId}" Version="{package.Version}" />
                <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.0.1" />
                <PackageReference Include="MSTest.TestAdapter" Version="4.5.2" />
                <PackageReference Include="MSTest.TestFramework" Version="4.5.2" />
                <PackageReference Include="NUnit" Version="4.6.1" />
                <PackageReference Include="NUnit3TestAdapter" Version="6.3.1" />
                <PackageReference Include="xunit" Version="2.9.3" />
                <PackageReference Include="xunit.runner.visualstudio" Version="3.1.5" />
                <Using Remove="NUnit.Framework" /> <!-- a project has one framework, and each of them its own Assert for all files -->
                {Provider}
                <ProjectReference Include="../Shop/Shop.csproj" />
              </ItemGroup>
            </Project>
            """);
        var lines = Lines(await File.ReadAllTextAsync(Repository.PathOf("README.md")));
        await folder.WriteAsync("Shop.Tests/Orders.cs", Tests(lines, "Xunit", "", "[Theory]\n    [InlineData(\"one\")]\n    [InlineData(\"another\")]", "Assert.Equal"));
        await folder.WriteAsync("Shop.Tests/OrdersOfNUnit.cs", Tests(lines, "NUnit.Framework", "", "[TestCase(\"by NUnit\")]", "Legacy.ClassicAssert.AreEqual"));
        await folder.WriteAsync("Shop.Tests/OrdersOfMSTest.cs", Tests(lines, "Microsoft.VisualStudio.TestTools.UnitTesting", "[TestClass]", "[TestMethod]\n    [DataRow(\"by MSTest\")]", "Assert.AreEqual"));
    }

    /// <summary>The README's; its comment says that a name may be left out.</summary>
    static string Lines(string readme)
    {
        var section = readme[readme.IndexOf("## Tests with real data", StringComparison.Ordinal)..];
        return Name().Replace(section.Split("```csharp")[1].Split("```")[0], "StartAsync()");
    }

    /// <summary>They differ in the words of their framework alone.</summary>
    static string Tests(string lines, string framework, string onClass, string onMethod, string equal)
    {
#if MYSQL_CONNECTOR
        const string client = "MySqlConnector";
#else
        const string client = "MySql.Data.MySqlClient";
#endif
        return $$"""
            using {{client}};
            using Stillframe.Testing;
            using {{framework}};

            namespace Tests.Of{{framework.Split('.')[0]}};

            {{onClass}}
            public class Orders
            {
                {{onMethod}}
                public async Task Are_added_to_the_real_ones(string text)
                {
                    {{lines}}
                    await connection.OpenAsync();
                    using var command = connection.CreateCommand();
                    command.CommandText = $"INSERT INTO orders (text) VALUES ('{text}'); SELECT GROUP_CONCAT(text ORDER BY id) FROM orders";
                    {{framework}}.{{equal}}($"real,{text}", await command.ExecuteScalarAsync());

                    using var real = new MySqlConnection(frame.ConnectionString);
                    await real.OpenAsync();
                    using var count = real.CreateCommand();
                    count.CommandText = "SELECT GROUP_CONCAT(text) FROM orders";
                    {{framework}}.{{equal}}("real", await count.ExecuteScalarAsync());
                }
            }
            """;
    }

    [GeneratedRegex("StartAsync\\(\"[^\"]+\"\\)")]
    private static partial Regex Name();

#if MYSQL_CONNECTOR
    const string Provider = """<PackageReference Include="MySqlConnector" Version="2.6.2" />""";
#else
    static string Provider => $"""
        <Reference Include="MySql.Data" HintPath="{typeof(MySql.Data.MySqlClient.MySqlConnection).Assembly.Location}" />
        <PackageReference Include="System.Configuration.ConfigurationManager" Version="10.0.11" />
        <PackageReference Include="System.Security.Permissions" Version="10.0.11" />
        """;
#endif
}

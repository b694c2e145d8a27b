namespace Stillframe.EndToEnd.Package;

public class Masks
{
    const string Key = "it is a secret of the tests alone";

    const string Items =
        """
        <DatabaseDump Include="data/places.sql" />
        <DatabaseMask Include="places.place.name" As="letters" />
        <DatabaseMask Include="all others" Columns="*.*.na?e;*.*.i*" As="keep" Condition="'$(Others)' != ''" />
        <DatabaseExclude Include="places.place" Condition="'$(Others)' != ''" />
        """;

    [Trait(Soaking.Turn, Soaking.Even)]
    [Fact]
    public async Task Are_of_the_project_and_their_key_of_the_environment()
    {
        using var service = await Service.CreateAsync(items: Items, properties: "<DatabaseMaskRequired>*na*;$(Required)</DatabaseMaskRequired>");
        var key = new Dictionary<string, string?> { ["DatabaseMaskKey"] = Key };

        var without = await service.FailAsync("build");
        var masked = await service.DotNetAsync(["build", "-v:d"], key);
        var (version, _) = await service.ConstantsAsync();
        var again = await service.DotNetAsync(["build", "-v:d"], key);
        var missing = await service.DotNetAsync(["build", "-p:Required=id"], key);
        var other = await service.DotNetAsync(["build"], new Dictionary<string, string?> { ["DatabaseMaskKey"] = Key + "1" });
        var (otherVersion, _) = await service.ConstantsAsync();
        var excluded = await service.DotNetAsync(["build", "-p:Others=true"], key);
        await service.WriteAsync("Directory.Build.props", "<Project><ItemGroup>\n<DatabaseMask As=\"hash\"\n Include=\"places.*.name\" /></ItemGroup></Project>");
        var lost = await service.DotNetAsync(["build"], key);

        Assert.Contains("error SF1022", Assert.Single(without), StringComparison.Ordinal);
        Assert.True(masked.ExitCode == 0, masked.AllOutput);
        Assert.DoesNotContain(Key, masked.AllOutput, StringComparison.Ordinal);
        Assert.Contains("The dump is the one that was read last", again.Output, StringComparison.Ordinal);
        Assert.Contains("error SF1021", missing.Output, StringComparison.Ordinal);
        Assert.Contains("places.place.id", missing.Output, StringComparison.Ordinal);
        Assert.True(other.ExitCode == 0, other.AllOutput);
        Assert.NotEqual(version, otherVersion);
        Assert.Contains("Read the dump: 1 tables, 0 rows", excluded.Output, StringComparison.Ordinal);
        Assert.Contains("error SF1020", lost.Output, StringComparison.Ordinal);
        Assert.Contains("Columns=\"places.*.name\"", lost.Output, StringComparison.Ordinal);
        Assert.All(service.Files("obj").Where(file => !file.EndsWith(".dll", StringComparison.Ordinal)), file => Assert.DoesNotContain(Key, File.ReadAllText(service.PathOf(file)), StringComparison.Ordinal));
    }
}

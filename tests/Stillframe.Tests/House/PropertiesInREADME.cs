using System.Text.RegularExpressions;

namespace Stillframe.Tests.House;

/// <summary>The table of items and properties in README, the same in the package's README, and what the package's targets read.</summary>
public partial class PropertiesInREADME
{
    /// <summary>Passed from target to target; nobody sets them.</summary>
    static readonly string[] Internal = ["DatabaseDataVersion", "DatabaseSchemaVersion"];

    [Fact]
    public void Are_those_that_the_targets_read()
    {
        var read = Directory.EnumerateFiles(Repository.PathOf("src/Stillframe.MSBuild"), "Stillframe.MSBuild*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".props", StringComparison.Ordinal) || file.EndsWith(".targets", StringComparison.Ordinal))
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) is "build" or "buildMultiTargeting")
            .SelectMany(file => Read().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Distinct().Except(Internal);
        var described = Rows("README.md").SelectMany(row => Name().Matches(row.Split('|')[1]).Select(match => match.Groups[1].Value));
        Assert.Equal(read.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Are_the_same_in_the_package() =>
        Assert.Equal(Rows("README.md").Select(row => Link().Replace(row, "$1")), Rows("src/Stillframe.MSBuild/README.md"));

    static IEnumerable<string> Rows(string file) =>
        File.ReadAllLines(Repository.PathOf(file)).SkipWhile(line => line != "| item or property | meaning, default |").Skip(2).TakeWhile(line => line.StartsWith('|'));

    [GeneratedRegex(@"[$@]\((Database\w+)[);\-']")]
    private static partial Regex Read();

    [GeneratedRegex("`(Database\\w+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();
}

using System.Text.RegularExpressions;

namespace Stillframe.Tests.House;

/// <summary>The table of docs/routing.md names the tests that show what it promises.</summary>
public partial class TheCasesOfRouting
{
    [Fact]
    public void Are_all_tested()
    {
        var rows = File.ReadAllText(Repository.PathOf("docs/routing.md")).Split("## Cases")[1].Split('\n').Where(line => line.StartsWith('|')).Skip(2).ToList();
        var tests = SourceTree.FilesIn(Repository.PathOf("tests")).ToLookup(file => Path.GetFileNameWithoutExtension(file));

        Assert.InRange(rows.Count, 20, 100);
        Assert.All(rows, row =>
        {
            var named = Named().Matches(row.Split('|')[^2]);
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.Contains(tests[name.Groups[1].Value], file => File.ReadAllText(file).Contains($" {name.Groups[2].Value}(", StringComparison.Ordinal)));
        });
    }

    [GeneratedRegex(@"`(\w+)\.(\w+)`")]
    private static partial Regex Named();
}

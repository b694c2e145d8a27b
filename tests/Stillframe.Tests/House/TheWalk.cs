using System.Text.RegularExpressions;

namespace Stillframe.Tests.House;

/// <summary>CONTRIBUTING.md follows a dump through the code; whoever is named there exists.</summary>
public partial class TheWalk
{
    [Theory]
    [InlineData("The way of a build", "FrameBuilder.cs")]
    [InlineData("From `DatabaseDump` to the pushed tag", "CheckDatabaseDump")]
    public void Names_nobody_who_is_not_there(string heading, string passes)
    {
        var section = File.ReadAllText(Repository.PathOf("CONTRIBUTING.md")).Split("\n## ").Single(part => part.StartsWith(heading + "\n", StringComparison.Ordinal));
        Assert.Contains(passes, section, StringComparison.Ordinal);
        var there = SourceTree.FilesIn(Repository.PathOf("src")).SelectMany(SourceTree.TypesIn)
            .Concat(Folders.Files.Keys)
            .Concat(Directory.EnumerateFiles(Repository.PathOf("src/Stillframe.MSBuild/build")).SelectMany(file => InTargets().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)));
        Assert.Empty(Names().Matches(section).Select(match => match.Groups[1].Value).Except(there));
    }

    /// <summary>Types and targets, items and properties; of a member, its type.</summary>
    [GeneratedRegex(@"`(_?[A-Z]\w+)(?:\.\w+)?`")]
    private static partial Regex Names();

    [GeneratedRegex(@"(?:<Target Name=""|[$@]\()(\w+)")]
    private static partial Regex InTargets();
}

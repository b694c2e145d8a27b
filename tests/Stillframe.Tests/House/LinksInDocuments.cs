using System.Text.RegularExpressions;

namespace Stillframe.Tests.House;

public partial class LinksInDocuments
{
    [Fact]
    public void Lead_to_files_that_are_there()
    {
        var documents = Directory.EnumerateFiles(Repository.PathOf("."), "*.md").Concat(Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md"));
        var links = documents.SelectMany(file => Link().Matches(File.ReadAllText(file)).Select(match => (File: file, To: match.Groups[1].Value)))
            .Where(link => !link.To.Contains("://", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(links);
        Assert.Empty(links.Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(link.File)!, link.To))).Select(link => $"{Path.GetFileName(link.File)}: {link.To}"));
    }

    [GeneratedRegex(@"\]\(([^)#\s]+)")]
    private static partial Regex Link();
}

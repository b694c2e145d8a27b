using System.Text.RegularExpressions;

namespace Stillframe.Tests.House;

/// <summary>
/// The library's folders in the order in which a build goes through them. Each may use only those above it in this list, so there are no cycles; what a folder uses is read
/// from its files (<see cref="Folders"/>). CONTRIBUTING.md shows the same order.
/// </summary>
public partial class TheHouse
{
    /// <summary>The first two are known everywhere in the library, by global usings.</summary>
    static readonly string[] Order =
    [
        "Reporting", "Files", "Processes", "Oci", "Consoles", "Deflate", "Dumps", "Connections", "Binlog", "Records", "Masters", "Engines", "Masking", "Loading", "Loading.Bulk", "Normalizing", "Tablespaces", "Freezing", "Layers", "Families", "Registries",
        "Images", "Frames", "Compiling", "Deriving", "Linking", "Destinations", "Verification", "Encryption", "Backups", "Inspection", "Serving", "Refreshing", "Rollouts", "Retention",
    ];

    [Fact]
    public void Has_no_other_folders() =>
        Assert.Equal(Order.Append("").Order(StringComparer.Ordinal), Folders.Files.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Goes_one_way()
    {
        var against = Folders.Files.Keys.Where(folder => folder is not "").SelectMany(folder => Folders.UsedBy(folder).Where(used => Array.IndexOf(Order, used.Folder) >= Array.IndexOf(Order, folder)).Select(used => $"{folder} -> {used.Folder} ({used.File})"));
        Assert.Empty(against);
    }

    [Fact]
    public void Has_nothing_in_its_root_that_a_room_uses()
    {
        var names = Folders.Files[""].SelectMany(SourceTree.TypesIn).ToHashSet();
        Assert.Contains("FrameBuilder", names);
        var users = Folders.Files.Where(folder => folder.Key is not "").SelectMany(folder => folder.Value)
            .SelectMany(file => Word().Matches(SourceTree.CodeOf(file)).Select(match => match.Value).Where(names.Contains).Distinct().Select(name => $"{Path.GetRelativePath(Folders.Library, file)} uses {name}"));
        Assert.Empty(users);
    }

    [Fact]
    public void Is_drawn_in_CONTRIBUTING_as_it_is()
    {
        var drawn = FolderOfTheTable().Matches(File.ReadAllText(Repository.PathOf("CONTRIBUTING.md"))).Select(match => match.Groups[1].Value.Replace('/', '.'));
        Assert.Equal(Order, drawn);
    }

    [GeneratedRegex(@"(?<![.\w])[A-Z]\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\| `([\w/]+)` \|", RegexOptions.Multiline)]
    private static partial Regex FolderOfTheTable();
}

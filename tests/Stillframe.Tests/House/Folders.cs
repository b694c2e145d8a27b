using System.Text.RegularExpressions;

namespace Stillframe.Tests.House;

/// <summary>
/// The library's folders and what each uses, read from its files: <c>using</c> lines, and types that are named with their folder. A folder in another one uses
/// that one, which C# knows without a line. Names have dots, as in namespaces; the root's is empty.
/// </summary>
static partial class Folders
{
    public static string Library { get; } = Repository.PathOf("src/Stillframe");

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Files { get; } =
        SourceTree.FilesIn(Library).GroupBy(FolderOf).ToDictionary(group => group.Key, IReadOnlyList<string> (group) => [.. group]);

    static readonly Dictionary<string, HashSet<string>> types = Files.ToDictionary(folder => folder.Key, folder => folder.Value.SelectMany(SourceTree.TypesIn).ToHashSet());

    static readonly Regex qualified = new($@"(?<![.\w])(?:Stillframe\.)?({string.Join('|', Files.Keys.Where(folder => folder is not "").OrderByDescending(folder => folder.Length).Select(Regex.Escape))})\.(\w+)");

    /// <summary>Other folders, each with the files that use it.</summary>
    public static IEnumerable<(string Folder, string File)> UsedBy(string folder) => Files[folder]
        .SelectMany(file => UsedIn(file).Concat(Around(folder)).Where(used => used != folder).Select(used => (used, Path.GetFileName(file))))
        .Distinct();

    static IEnumerable<string> UsedIn(string file) =>
        Using().Matches(File.ReadAllText(file)).Select(match => FolderIn(match.Groups[1].Value))
            .Concat(qualified.Matches(SourceTree.CodeOf(file)).Where(match => types[match.Groups[1].Value].Contains(match.Groups[2].Value)).Select(match => match.Groups[1].Value));

    /// <summary>Of a namespace, or of a type.</summary>
    static string FolderIn(string name) => Files.ContainsKey(name) ? name : FolderIn(name[..Math.Max(0, name.LastIndexOf('.'))]);

    static IEnumerable<string> Around(string folder) => folder.LastIndexOf('.') is > 0 and var end ? [folder[..end]] : [];

    static string FolderOf(string file) => Path.GetRelativePath(Library, Path.GetDirectoryName(file)!) is var folder && folder == "." ? "" : folder.Replace(Path.DirectorySeparatorChar, '.');

    [GeneratedRegex(@"^using (?:static |\w+ = )?Stillframe\.([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}

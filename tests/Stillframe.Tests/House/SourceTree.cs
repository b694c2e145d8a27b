using System.Text.RegularExpressions;

namespace Stillframe.Tests.House;

/// <summary>The files that this program was made of.</summary>
static partial class SourceTree
{
    /// <summary>C# files of a directory, but for what a build writes there.</summary>
    public static IEnumerable<string> FilesIn(string directory) => Directory.EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(directory, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal);

    /// <summary>Without comments, and with nothing in its strings; a line stays a line.</summary>
    public static string CodeOf(string file) => Text().Replace(Comment().Replace(File.ReadAllText(file), ""), "\"\"");

    /// <summary>Names of the types that a file declares.</summary>
    public static IEnumerable<string> TypesIn(string file) => Declared().Matches(CodeOf(file)).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\b(?:class|record struct|record|struct|interface|enum) (\w+)")]
    private static partial Regex Declared();

    [GeneratedRegex(@"(?<!:)//.*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"""(?:[^""\\\n]|\\.)*""")]
    private static partial Regex Text();
}

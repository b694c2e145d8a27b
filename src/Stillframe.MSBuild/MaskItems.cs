using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Stillframe.Dumps;
using Stillframe.Masking;

namespace Stillframe.MSBuild;

/// <summary>What a project says of masks.</summary>
static partial class MaskItems
{
    /// <summary>The key is no parameter: MSBuild writes those into its logs.</summary>
    public static MaskRequest Request(IEnumerable<ITaskItem> masks, IEnumerable<string> required) => new(
        [.. masks.SelectMany(Rules)],
        [.. required.Select(pattern => pattern.Trim()).Where(pattern => pattern.Length > 0)],
        Setting.Optional(Environment.GetEnvironmentVariable(MaskRequest.KeyVariable)));

    /// <summary>Each item's name, or the patterns in a metadata, where an asterisk is none of a file's name.</summary>
    public static IReadOnlyList<string> Patterns(IEnumerable<ITaskItem> items, string metadata) => [.. items.SelectMany(item => Patterns(item, metadata))];

    /// <summary>Which rows stay.</summary>
    /// <exception cref="StillframeException">SF1030.</exception>
    public static IReadOnlyList<RowSubset> Subsets(IEnumerable<ITaskItem> items) => [.. items.SelectMany(item => Patterns(item, "Tables").Select(pattern => new RowSubset(
        pattern,
        Setting.Optional(item.GetMetadata("Where")) ?? throw new StillframeException(
            ErrorCodes.SubsetInvalid, $"DatabaseSubset '{item.ItemSpec}' has no Where. Write the condition for the rows that stay: <DatabaseSubset Include=\"{item.ItemSpec}\" Where=\"country = 'CH'\" />.")))).OrderBy(subset => subset.Tables, StringComparer.Ordinal)];

    /// <summary>The tables that scripts touch; none where one of them does not say.</summary>
    public static IReadOnlyList<string> ScriptTables(IReadOnlyList<ITaskItem> scripts) =>
        scripts.Any(script => Setting.Optional(script.GetMetadata("Tables")) is null) ? [] : [.. Patterns(scripts, "Tables").Distinct(StringComparer.Ordinal)];

    /// <summary>An asterisk in <c>Include</c> is a pattern of files for MSBuild: it matches none, the item is gone, and nobody would notice.</summary>
    /// <exception cref="StillframeException">SF1020.</exception>
    public static void RequireWritten(IEnumerable<string> projectFiles)
    {
        foreach (var file in projectFiles.Where(File.Exists))
        {
            if (Lost().Match(File.ReadAllText(file)) is not { Success: true } lost)
                continue;
            var (item, name) = (lost.Groups["item"].Value, lost.Groups["name"].Value);
            throw new StillframeException(
                ErrorCodes.MaskInvalid,
                $"<{item} Include=\"{name}\"> is a pattern of file names for MSBuild, which finds none: the item would be gone. "
                + $"Write the pattern in metadata: <{item} Include=\"any name\" {(item == "DatabaseMask" ? "Columns" : "Tables")}=\"{name}\" … />.",
                new(file));
        }
    }

    static IEnumerable<MaskRule> Rules(ITaskItem item) => Patterns(item, "Columns").Select(pattern =>
        new MaskRule(pattern, item.GetMetadata("As"), item.GetMetadata("Domain"), Setting.Optional(item.GetMetadata("Value")) is null ? null : item.GetMetadata("Value")));

    static string[] Patterns(ITaskItem item, string metadata) =>
        (Setting.Optional(item.GetMetadata(metadata)) ?? item.ItemSpec).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("""<(?<item>DatabaseMask|DatabaseExclude|DatabaseSubset)\s[^>]*?\bInclude\s*=\s*["'](?<name>[^"']*[*?][^"']*)["']""")]
    private static partial Regex Lost();
}

namespace Stillframe.Connections;

/// <summary>
/// Names of server options as the server itself compares them (MariaDB, <c>mysys/my_getopt.c</c>): case and the difference of <c>-</c> and <c>_</c>
/// don't count, prefixes may stand before a name in any number, and each plugin's option has a second name that starts with <c>plugin</c>.
/// </summary>
static class OptionName
{
    static readonly string[] Prefixes = ["skip_", "disable_", "enable_", "maximum_", "loose_", "autoset_", "plugin_"];

    /// <summary>In small letters, with <c>_</c>, without leading dashes.</summary>
    public static string Canonical(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.TrimStart('-').Replace('-', '_').ToLowerInvariant();
    }

    /// <summary>Every name that the server might take it for: itself, and without one prefix after the other, since real names begin with some of them.</summary>
    public static IEnumerable<string> Meanings(string name)
    {
        var rest = Canonical(name);
        yield return rest;
        while (Prefixes.FirstOrDefault(prefix => rest.StartsWith(prefix, StringComparison.Ordinal)) is { } found)
        {
            rest = rest[found.Length..];
            yield return rest;
        }
    }
}

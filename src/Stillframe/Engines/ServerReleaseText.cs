using System.Text.RegularExpressions;

namespace Stillframe.Engines;

/// <summary>Reads what <c>mariadbd --version</c> says.</summary>
static partial class ServerReleaseText
{
    /// <summary>Null where the text is not a server's.</summary>
    public static ServerRelease? Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
            return null;

        // the version itself says so; the program's name may be a link's
        var product = match.Groups["text"].Value.Contains("MariaDB", StringComparison.Ordinal) ? "MariaDB" : "MySQL";
        return new(product, Version.Parse(match.Groups["version"].Value), match.Groups["text"].Value);
    }

    [GeneratedRegex(@"\bVer (?<text>(?<version>\d+\.\d+\.\d+)\S*)")]
    private static partial Regex Pattern();
}

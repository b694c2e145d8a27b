using System.IO.Enumeration;

namespace Stillframe.Dumps;

/// <summary>Patterns of names, such as <c>shop.*.email</c>: as many parts as the name has, <c>*</c> for any characters and <c>?</c> for one, whatever the case.</summary>
internal static class NamePattern
{
    public static bool IsOf(string pattern, params ReadOnlySpan<string> parts)
    {
        var patterns = pattern.Split('.');
        if (patterns.Length != parts.Length)
            return false;
        for (var i = 0; i < patterns.Length; i++)
        {
            if (!FileSystemName.MatchesSimpleExpression(patterns[i].Trim(), parts[i], ignoreCase: true))
                return false;
        }

        return true;
    }

    public static bool IsOf(string pattern, TableName table) => IsOf(pattern, table.Schema, table.Name);
}

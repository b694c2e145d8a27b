using System.Globalization;
using System.Text;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>Names for the files of tables, between that of the schema and that of the objects in every order of letters.</summary>
sealed class FileNames
{
    readonly HashSet<string> given = new(StringComparer.OrdinalIgnoreCase);

    public string Of(TableName table)
    {
        var name = $"{Plain(table.Schema)}.{Plain(table.Name)}";
        if (!char.IsAsciiLetter(name[0]) || name.StartsWith("zzz", StringComparison.OrdinalIgnoreCase))
            name = "x-" + name;
        var unique = name;
        for (var number = 2; !given.Add(unique); number++)
            unique = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        return unique + ".sql.gz";
    }

    /// <summary>As MariaDB names files: other characters by their number.</summary>
    static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var c in name)
            plain = char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? plain.Append(c) : plain.Append(CultureInfo.InvariantCulture, $"@{(int)c:x4}");
        return plain.ToString();
    }
}

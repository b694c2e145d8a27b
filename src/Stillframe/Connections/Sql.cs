using System.Text;
using Stillframe.Dumps;

namespace Stillframe.Connections;

/// <summary>Quoting for statements that Stillframe writes itself, under the server's default sql_mode.</summary>
static class Sql
{
    public static string Identifier(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    public static string Table(string schema, string name) => $"{Identifier(schema)}.{Identifier(name)}";

    internal static string Table(TableName table) => Table(table.Schema, table.Name);

    /// <summary>A condition for the tables of <c>information_schema</c>.</summary>
    internal static string IsTable(TableName table) => $"table_schema = {Literal(table.Schema)} AND table_name = {Literal(table.Name)}";

    public static string Literal(string? value)
    {
        if (value is null)
            return "NULL";
        var text = new StringBuilder(value.Length + 2).Append('\'');
        foreach (var c in value)
            _ = c switch
            {
                '\'' or '\\' => text.Append('\\').Append(c),
                '\0' => text.Append("\\0"),
                _ => text.Append(c),
            };
        return text.Append('\'').ToString();
    }

    /// <summary>A schema's name in GRANT, where <c>_</c> and <c>%</c> are wildcards unless escaped.</summary>
    public static string GrantPattern(string schema) =>
        Identifier(schema.Replace("_", "\\_", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)) + ".*";
}

using System.Text.RegularExpressions;
using Stillframe.Binlog;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>The tables of a dump that changed by the word of the master's log, with those to which foreign keys passed a change on.</summary>
sealed partial class LoggedChanges
{
    readonly HashSet<TableName> touched = [];

    /// <param name="tables">All of the dump.</param>
    public LoggedChanges(TouchedTables logged, IReadOnlyList<MasterTable> tables)
    {
        var names = tables.Select(table => table.Name).ToHashSet();
        var parents = tables.ToDictionary(table => table.Name, table => ParentsOf(table).ToList());
        foreach (var table in tables)
            // of what changed a table outside of the dump nobody knows
            if (logged.Contain(table.Name) || parents[table.Name].Exists(parent => !names.Contains(parent)))
                touched.Add(table.Name);
        int before;
        do
        {
            before = touched.Count;
            touched.UnionWith(parents.Where(one => one.Value.Exists(touched.Contains)).Select(one => one.Key));
        }
        while (touched.Count > before);
    }

    public bool Touch(MasterTable table) => touched.Contains(table.Name);

    /// <summary>Tables whose changes its foreign keys pass on, which writes nothing into the log.</summary>
    static IEnumerable<TableName> ParentsOf(MasterTable table) => Reference().Matches(table.Create)
        .Select(match => new TableName(match.Groups["schema"] is { Success: true, Value: var schema } ? Unquoted(schema) : table.Name.Schema, Unquoted(match.Groups["table"].Value)));

    static string Unquoted(string name) => name.Replace("``", "`", StringComparison.Ordinal);

    /// <summary>As <c>SHOW CREATE TABLE</c> writes it, each key in a line.</summary>
    [GeneratedRegex(@" REFERENCES (`(?<schema>(?:[^`]|``)+)`\.)?`(?<table>(?:[^`]|``)+)` \(.*(CASCADE|SET NULL|SET DEFAULT)", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}

using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>A table of a master.</summary>
/// <param name="Create">As <c>SHOW CREATE TABLE</c> gives it.</param>
/// <param name="Columns">Those that INSERT has values for, in their order.</param>
/// <param name="NamesColumns">Whether INSERT has to name them: some are invisible, or computed by a server that takes no value for them.</param>
/// <param name="Order">Columns of the key whose order its rows have; none where it has no key.</param>
sealed partial record MasterTable(TableName Name, string Create, IReadOnlyList<string> Columns, bool NamesColumns, IReadOnlyList<string> Order)
{
    /// <summary>64 hex digits over all but what it counts to, which changes with its rows.</summary>
    public string Definition => DefinitionOf(Create);

    /// <summary>Whether its rows are those of the snapshot: other engines than InnoDB show what is there.</summary>
    public bool HasSnapshot => Create.Contains(") ENGINE=InnoDB", StringComparison.Ordinal);

    public string Select => $"SELECT {List} FROM {Sql.Table(Name)}{(Order.Count == 0 ? "" : " ORDER BY " + string.Join(", ", Order.Select(Sql.Identifier)))}";

    /// <summary>Up to the first row.</summary>
    public string Insert => $"INSERT INTO {Sql.Identifier(Name.Name)} {(NamesColumns ? $"({List}) " : "")}VALUES ";

    string List => string.Join(", ", Columns.Select(Sql.Identifier));

    /// <exception cref="StillframeException">SF5001, SF5002.</exception>
    public static async Task<MasterTable> ReadAsync(MasterSession session, TableName name, CancellationToken cancellationToken)
    {
        var create = await ReadCreateAsync(session, name, cancellationToken);
        var fields = await session.QueryAsync($"SHOW FIELDS FROM {Sql.Table(name)}", cancellationToken);
        var columns = fields.Where(field => session.IsMariaDb || !IsComputed(field[5]!)).ToList(); // MariaDB takes values for them, as mariadb-dump writes them
        var keys = await session.QueryAsync($"SHOW KEYS FROM {Sql.Table(name)}", cancellationToken);
        var first = keys is [[_, "0", var key, ..], ..] ? key : null; // a primary key comes first, then unique ones
        return new(
            name,
            create,
            [.. columns.Select(column => column[0]!)],
            columns.Count < fields.Count || columns.Any(column => column[5]?.Contains("INVISIBLE", StringComparison.Ordinal) == true),
            [.. keys.Where(row => first is not null && row[2] == first).Select(row => row[4]).OfType<string>()]); // a part may be an expression, which has no name
    }

    /// <summary>Whether the master still has it as it was read.</summary>
    /// <exception cref="StillframeException">SF5001, SF5002.</exception>
    public async Task<bool> IsAsReadAsync(MasterSession session, CancellationToken cancellationToken) =>
        DefinitionOf(await ReadCreateAsync(session, Name, cancellationToken)) == Definition;

    static async Task<string> ReadCreateAsync(MasterSession session, TableName name, CancellationToken cancellationToken) =>
        (await session.QueryAsync($"SHOW CREATE TABLE {Sql.Table(name)}", cancellationToken))[0][1]!;

    static bool IsComputed(string extra) => extra.Contains("VIRTUAL GENERATED", StringComparison.Ordinal) || extra.Contains("STORED GENERATED", StringComparison.Ordinal);

    static string DefinitionOf(string create) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AutoIncrement().Replace(create, ""))));

    [GeneratedRegex(@" AUTO_INCREMENT=\d+")]
    private static partial Regex AutoIncrement();
}

using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Records;

namespace Stillframe.Masters;

/// <summary>A table of a master.</summary>
/// <param name="Create">As <c>SHOW CREATE TABLE</c> gives it.</param>
/// <param name="Columns">Those that INSERT has values for, in their order.</param>
/// <param name="NamesColumns">Whether INSERT has to name them: some are invisible, or computed by a server that takes no value for them.</param>
/// <param name="Order">Columns of the key whose order its rows have; none where it has no key.</param>
/// <param name="Format">Of its rows in the server's memory; null where that is not proved.</param>
sealed partial record MasterTable(TableName Name, string Create, IReadOnlyList<string> Columns, bool NamesColumns, IReadOnlyList<string> Order, RecordFormat? Format)
{
    const string OfInnoDb = ") ENGINE=InnoDB";

    /// <summary>Places in the rows of SHOW FULL FIELDS.</summary>
    const int Type = 1, Collation = 2, Nullable = 3, Extra = 6;

    /// <summary>64 hex digits over all but what it counts to, which changes with its rows.</summary>
    public string Definition => DefinitionOf(Create);

    /// <summary>Whether its rows are those of the snapshot: other engines than InnoDB show what is there.</summary>
    public bool HasSnapshot => Create.Contains(OfInnoDb, StringComparison.Ordinal);

    public string Select => $"SELECT {List} FROM {Sql.Table(Name)}{(Order.Count == 0 ? "" : " ORDER BY " + string.Join(", ", Order.Select(Sql.Identifier)))}";

    /// <summary>Up to the first row.</summary>
    public string Insert => $"INSERT INTO {Sql.Identifier(Name.Name)} {(NamesColumns ? $"({List}) " : "")}VALUES ";

    string List => string.Join(", ", Columns.Select(Sql.Identifier));

    /// <exception cref="StillframeException">SF5001, SF5002.</exception>
    public static async Task<MasterTable> ReadAsync(MasterSession session, TableName name, CancellationToken cancellationToken)
    {
        var create = await ReadCreateAsync(session, name, cancellationToken);
        var fields = await session.QueryAsync($"SHOW FULL FIELDS FROM {Sql.Table(name)}", cancellationToken);
        var columns = fields.Where(field => session.IsMariaDb || !IsComputed(field[Extra]!)).ToList(); // MariaDB takes values for them, as mariadb-dump writes them
        var keys = await session.QueryAsync($"SHOW KEYS FROM {Sql.Table(name)}", cancellationToken);
        var first = keys is [[_, "0", var key, ..], ..] ? key : null; // a primary key comes first, then unique ones
        return new(
            name,
            create,
            [.. columns.Select(column => column[0]!)],
            columns.Count < fields.Count || columns.Any(column => column[Extra]?.Contains("INVISIBLE", StringComparison.Ordinal) == true),
            [.. keys.Where(row => first is not null && row[2] == first).Select(row => row[4]).OfType<string>()], // a part may be an expression, which has no name
            session.IsMariaDb ? FormatOf(create, fields, keys) : null);
    }

    /// <summary>Whether the master still has it as it was read.</summary>
    /// <exception cref="StillframeException">SF5001, SF5002.</exception>
    public async Task<bool> IsAsReadAsync(MasterSession session, CancellationToken cancellationToken) =>
        DefinitionOf(await ReadCreateAsync(session, Name, cancellationToken)) == Definition;

    static async Task<string> ReadCreateAsync(MasterSession session, TableName name, CancellationToken cancellationToken) =>
        (await session.QueryAsync($"SHOW CREATE TABLE {Sql.Table(name)}", cancellationToken))[0][1]!;

    /// <summary>What the server computes may be computed at each read, and it has columns that it shows nobody: for long unique keys and the versions of rows.</summary>
    static RecordFormat? FormatOf(string create, IReadOnlyList<string?[]> fields, IReadOnlyList<string?[]> keys)
    {
        if (!create.Contains(OfInnoDb, StringComparison.Ordinal) || create.Contains("SYSTEM VERSIONING", StringComparison.Ordinal) || keys.Any(key => key[10] == "HASH") || fields.Any(field => IsComputed(field[Extra]!)))
            return null;
        var columns = new List<RecordFormat.Column>();
        foreach (var field in fields)
        {
            // a UUID is stored in another way by servers before 10.11.5
            if (field[Type] == "uuid" || RecordFields.Of(field[Type]!, field[Collation]) is not { } known)
                return null;
            columns.Add(new(known, field[Nullable] == "YES"));
        }

        return RecordFormat.Of(columns, create.Contains("ROW_FORMAT=DYNAMIC", StringComparison.Ordinal));
    }

    static bool IsComputed(string extra) => extra.Contains("VIRTUAL GENERATED", StringComparison.Ordinal) || extra.Contains("STORED GENERATED", StringComparison.Ordinal);

    static string DefinitionOf(string create) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AutoIncrement().Replace(create, ""))));

    [GeneratedRegex(@" AUTO_INCREMENT=\d+")]
    private static partial Regex AutoIncrement();
}

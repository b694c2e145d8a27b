using System.Globalization;
using System.Text;
using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Masters;
using Stillframe.Records;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Masters;

/// <summary>Compares with <c>CHECKSUM TABLE</c> of the server that has the rows.</summary>
public sealed class ChecksumsOfReadRows(ChangingMaster master, ITestOutputHelper output) : IClassFixture<ChangingMaster>, IDisposable
{
    const string Schema = "summed";

    static readonly string[] Proved =
    [
        "TINYINT", "TINYINT UNSIGNED", "SMALLINT", "SMALLINT UNSIGNED ZEROFILL", "MEDIUMINT", "MEDIUMINT UNSIGNED", "INT", "INT(5) UNSIGNED ZEROFILL", "BIGINT", "BIGINT UNSIGNED", "BOOLEAN",
        "DECIMAL(1,0)", "DECIMAL(9,2)", "DECIMAL(10,10)", "DECIMAL(18,9)", "DECIMAL(20,3) UNSIGNED", "DECIMAL(65,30)", "DECIMAL(65,0)", "DECIMAL(30,11) ZEROFILL", "DOUBLE", "DOUBLE UNSIGNED",
        "DATE", "DATETIME", "DATETIME(1)", "DATETIME(2)", "DATETIME(3)", "DATETIME(4)", "DATETIME(5)", "DATETIME(6)", "TIME", "TIME(1)", "TIME(2)", "TIME(3)", "TIME(4)", "TIME(5)", "TIME(6)",
        "TIMESTAMP", "TIMESTAMP(1)", "TIMESTAMP(3)", "TIMESTAMP(6)", "YEAR", "BIT(9)", "BIT(64)", "INET4", "INET6",
        "CHAR(0)", "CHAR(7)", "CHAR(63) CHARACTER SET utf8mb3", "CHAR(9) CHARACTER SET latin1", "CHAR(9) CHARACTER SET ascii", "CHAR(5) COLLATE utf8mb4_nopad_bin", "BINARY(5)", "BINARY(255)",
        "VARCHAR(20)", "VARCHAR(300) CHARACTER SET utf8mb3", "VARCHAR(20) CHARACTER SET latin1", "VARCHAR(20) COLLATE utf8mb4_bin", "VARBINARY(70)",
        "TINYTEXT", "TEXT", "MEDIUMTEXT CHARACTER SET ascii", "LONGTEXT", "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB",
        "ENUM('a','b','c')", "ENUM('it''s','ä','','z') CHARACTER SET latin1", "SET('a','b','c')", "SET('1','2','3','4','5','6','7','8','9')", $"SET({string.Join(",", Enumerable.Range(1, 40).Select(member => $"'m{member}'"))})",
    ];

    static readonly string[] Unproved = ["FLOAT", "UUID", "CHAR(5) CHARACTER SET ucs2", "VARCHAR(9) CHARACTER SET cp1250", "GEOMETRY", "INT AS (17) VIRTUAL", "DOUBLE(20,3)"];

    static readonly string[] Values =
    [
        "0", "1", "-1", "127", "255", "-128", "-12.345", "99999999999999999999.999", "-0.0000000001", "1e300", "-2.5e-310", "0.1", "3.141592653589793", "12345678.901", "123456789012345678901234567890.123456789",
        "'2024-02-29'", "'0000-00-00'", "'2024-00-31 23:59:59'", "'1970-01-01 00:00:01.999999'", "'2038-01-19 03:14:07.5'", "'9999-12-31 23:59:59.999999'", "'1000-01-01 00:00:00.000001'",
        "'-838:59:59.999999'", "'838:59:59'", "'-00:00:00.000001'", "'12:34:56.789012'", "'-01:00:00'", "2155", "1901", "1999",
        "''", "' '", "'a'", "'b  '", "'it''s'", "'ä'", "'€uro'", "'𝄞'", "'why?'", "'\\\\ \\0 \\n'", "REPEAT('long ', 60)", "REPEAT('ö', 100)", "REPEAT('x', 9000)", "0x00", "0xFF00FE", "0x20", "'a,c'", "'9,1'", "'m1,m40'", "'10.0.0.1'", "'2001:db8::1'",
    ];

    readonly MasterBench bench = new(master.Loads);

    public void Dispose() => bench.Dispose();

    [NeedsFact(Need.LocalServer)]
    public async Task Are_the_servers_for_tables_of_any_columns()
    {
        output.WriteLine($"seed {Seed.Value}");
        var random = Seed.Random();
        await bench.ExecuteAsync($"CREATE OR REPLACE DATABASE {Schema}");
        await using var session = await MasterSession.OpenAsync(MasterAddress.Parse(bench.Address(Schema)), default);
        var (made, computed) = (0, 0);
        // each kind alone, with and without NULL, and then any of them together
        foreach (var kind in Proved.Concat(Unproved))
        {
            foreach (var isNullable in new[] { false, true })
            {
                var value = await CompareAsync(session, random, [(kind, isNullable)], "");
                Assert.True(value is null || Proved.Contains(kind), kind);
                Assert.True(value is not null || !Proved.Contains(kind) || HasOtherBytes(kind), $"{kind} is not computed");
            }
        }

        for (var time = 0; time < Soaking.Times(60, 5_000); time++)
        {
            var columns = Enumerable.Range(0, random.Next(1, 20)).Select(_ => (Proved[random.Next(Proved.Length)], random.Next(2) == 0)).ToList();
            made++;
            computed += await CompareAsync(session, random, columns, random.Next(6) switch { 0 => "ROW_FORMAT=DYNAMIC", 1 => "ROW_FORMAT=COMPACT", 2 => "ROW_FORMAT=REDUNDANT", 3 => "ROW_FORMAT=COMPRESSED", _ => "" }) is null ? 0 : 1;
        }

        Assert.True(computed > made / 3, $"{computed} of {made} were computed");
    }

    /// <summary>Where latin1 has a byte and UTF-8 has two, the server is asked; and for what no member of an ENUM is.</summary>
    static bool HasOtherBytes(string kind) => kind.Contains("latin1", StringComparison.Ordinal) || kind.Contains("ascii", StringComparison.Ordinal) || kind.StartsWith("ENUM", StringComparison.Ordinal);

    static async Task<uint?> CompareAsync(MasterSession session, Random random, List<(string Type, bool IsNullable)> columns, string options)
    {
        var names = columns.Select((_, number) => $"c{number}").ToList();
        var create = $"CREATE OR REPLACE TABLE {Schema}.t ({string.Join(", ", columns.Select((column, number) => $"c{number} {Declared(column)}"))}) ENGINE=InnoDB {options} CHARSET=utf8mb4";
        var given = names.Where((_, number) => !columns[number].Type.Contains(" AS ", StringComparison.Ordinal)).ToList();
        var rows = Enumerable.Range(0, random.Next(40)).Select(_ => $"({string.Join(",", given.Select(name => ValueOf(random, columns[names.IndexOf(name)])))})").ToList();
        await session.ExecuteAsync(create, default);
        if (rows.Count > 0)
            await session.ExecuteAsync($"INSERT IGNORE INTO {Schema}.t ({string.Join(",", given)}) VALUES {string.Join(",", rows)}", default);

        var table = await MasterTable.ReadAsync(session, new TableName(Schema, "t"), default);
        var sum = new RowsChecksum(table.Format);
        await session.StreamAsync(table.Select, _ => { }, row =>
        {
            sum.Add(row.Span);
            return default;
        }, default);
        var server = (await session.QueryAsync($"CHECKSUM TABLE {Schema}.t", default))[0][1];
        Assert.True(sum.Value is not { } value || value.ToString(CultureInfo.InvariantCulture) == server, $"seed {Seed.Value}: {sum.Value}, and by the server {server}, of {table.Create}");
        return sum.Value;
    }

    static string Declared((string Type, bool IsNullable) column) =>
        column.Type.Contains(" AS ", StringComparison.Ordinal) ? column.Type : $"{column.Type} {(column.IsNullable ? "NULL" : "NOT NULL")}{(column.Type.StartsWith("TIMESTAMP", StringComparison.Ordinal) && !column.IsNullable ? " DEFAULT 0" : "")}";

    static string ValueOf(Random random, (string Type, bool IsNullable) column) =>
        column.IsNullable && random.Next(4) == 0 ? "NULL"
        : column.Type == "GEOMETRY" ? "POINT(1, 2)"
        : Values[random.Next(Values.Length)];
}

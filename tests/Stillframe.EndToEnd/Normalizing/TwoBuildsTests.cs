using Stillframe.Connections;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Normalizing;

public class TwoBuildsOfOneDump
{
    static readonly string[] Schema =
    [
        "CREATE DATABASE d CHARACTER SET utf8mb4",
        "CREATE TABLE d.plain (id INT PRIMARY KEY, v VARCHAR(200), KEY (v))",
        "CREATE TABLE d.nokey (id INT, v VARCHAR(200), KEY (v))",
        "CREATE TABLE d.textkey (id VARCHAR(40), v VARCHAR(200), n INT, w CHAR(5), PRIMARY KEY (id, w), KEY (v)) CHARACTER SET utf8mb4",
        "CREATE TABLE d.charkey (id CHAR(10) CHARACTER SET utf8mb4, v VARCHAR(200), PRIMARY KEY (id))",
        "CREATE TABLE d.prefixed (id VARCHAR(3000) CHARACTER SET latin1, v TEXT, PRIMARY KEY (id(50)), KEY (v(20)))",
        "CREATE TABLE d.old (id VARCHAR(20) PRIMARY KEY, v VARCHAR(200)) ROW_FORMAT=REDUNDANT",
        "CREATE TABLE d.types (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, a BIT(5), b DECIMAL(20,5), c DATETIME(6), d TIMESTAMP NULL, e TIME(2),"
            + " f DOUBLE, g ENUM('x','y'), h SET('x','y'), i JSON, j LONGBLOB, k INET6, l INT AS (b + 1) VIRTUAL, m INT AS (b + 2) STORED, KEY (b), KEY (l), KEY (m))",
        "CREATE TABLE d.parts (id INT, v VARCHAR(50), PRIMARY KEY (id)) PARTITION BY HASH (id) PARTITIONS 3",
        "CREATE TABLE d.versions (id INT PRIMARY KEY, v VARCHAR(200), KEY (v)) WITH SYSTEM VERSIONING",
        "CREATE TABLE d.words (id INT PRIMARY KEY, v TEXT, FULLTEXT (v))",
        "CREATE TABLE d.child (id INT PRIMARY KEY, parent INT, FOREIGN KEY (parent) REFERENCES d.plain (id))",
        "CREATE TABLE d.aria (id INT PRIMARY KEY, v VARCHAR(200), KEY (v)) ENGINE=Aria",
        "CREATE TABLE d.isam (id INT PRIMARY KEY, v VARCHAR(200), KEY (v)) ENGINE=MyISAM",
        "CREATE SEQUENCE d.seq",
        "ALTER TABLE d.old ADD COLUMN w INT DEFAULT 3",
        "CREATE VIEW d.v AS SELECT id FROM d.plain",
        "CREATE TRIGGER d.t BEFORE INSERT ON d.isam FOR EACH ROW SET NEW.v = NEW.v",
        "CREATE PROCEDURE d.p() SELECT 1",
        "CREATE EVENT d.e ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' DO SELECT 1",
        "GRANT SELECT ON d.* TO builder",
        "GRANT SELECT ON d.plain TO builder",
        "GRANT SELECT (id) ON d.nokey TO builder",
        "GRANT EXECUTE ON PROCEDURE d.p TO builder",
    ];

    static readonly Load[] Loads =
    [
        new("d.plain", "(id, v)"),
        new("d.nokey", "(id, v)"),
        new("d.textkey", "(@i, v) SET id = MD5(@i), w = 'ü', n = @i"),
        new("d.charkey", null, "SELECT CONCAT('k', seq), MD5(seq) FROM seq_1_to_5000"),
        new("d.prefixed", null, "SELECT MD5(seq), REPEAT(MD5(seq), seq % 9) FROM seq_1_to_3000"),
        new("d.old", null, "SELECT seq, MD5(seq), 1 FROM seq_1_to_3000"),
        new("d.types", null,
            "(a, b, c, d, e, f, g, h, i, j, k) SELECT seq % 32, seq / 7, '2020-01-02 03:04:05.678', '2020-01-02', '1:2:3', seq / 3, 'x', 'x,y', '{}',"
            + " IF(seq % 500 = 0, REPEAT(MD5(seq), 2000), seq), CONCAT('::', seq % 9) FROM seq_1_to_5000"),
        new("d.parts", "(id, v)"),
        new("d.versions", "(id, v)"),
        new("d.words", null, "SELECT seq, CONCAT(MD5(seq), ' ', MD5(seq % 50), ' word') FROM seq_1_to_1000"),
        new("d.child", null, "SELECT seq, seq FROM seq_1_to_5000"),
        new("d.aria", "(id, v)"),
        new("d.isam", "(id, v)"),
    ];

    [NeedsFact(Need.Apt, Need.Innochecksum)]
    public Task Loaded_by_one_session_and_by_three_are_the_same_in_every_byte() => AssertSameAsync(Schema, Loads, async connection =>
    {
        var system = await connection.QueryAsync(
            "SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables WHERE table_schema = 'mysql' AND engine = 'Aria'", default);
        Assert.NotEmpty(system);
        foreach (var table in system)
            Assert.Equal("OK", (await connection.QueryAsync($"CHECK TABLE {table[0]} EXTENDED", default))[^1][3]);
        Assert.Equal("1", await connection.ScalarAsync("SELECT COUNT(*) FROM mysql.global_priv WHERE User = 'builder'", default));
        Assert.Equal("1000", await connection.ScalarAsync("SELECT COUNT(*) FROM d.words WHERE MATCH (v) AGAINST ('word' IN BOOLEAN MODE)", default));
    });

    [NeedsFact(Need.Apt, Need.Innochecksum)]
    public Task With_compressed_tables_are_the_same_too() => AssertSameAsync(CompressedTables.Schema, CompressedTables.Loads, async connection =>
    {
        Assert.Equal("1000", await connection.ScalarAsync("SELECT COUNT(*) FROM d.words WHERE MATCH (v) AGAINST ('word' IN BOOLEAN MODE)", default));
        Assert.Equal("8000", await connection.ScalarAsync("SELECT COUNT(*) FROM d.eight FORCE INDEX (v) WHERE v > '' AND LENGTH(v) = 40", default));
    });

    static async Task AssertSameAsync(string[] schema, Load[] loads, Func<ServerConnection, Task> check)
    {
        await using var serial = await Build.MakeAsync(schema, [loads]);
        var reversed = loads.Reverse().ToArray();
        await using var parallel = await Build.MakeAsync(
            schema, [.. Enumerable.Range(0, 3).Select(session => reversed.Where((_, i) => i % 3 == session).ToArray())]);

        Assert.Empty(serial.LeftAlone);
        Assert.Empty(parallel.LeftAlone);
        Assert.Equal([], Differences(serial.Directory, parallel.Directory));
        foreach (var tablespace in Directory.EnumerateFiles(parallel.Directory, "*.ibd", SearchOption.AllDirectories))
            await Command.SucceedAsync("innochecksum", [tablespace]);
        await parallel.ServeAsync(async connection =>
        {
            foreach (var (table, checksum) in serial.Checksums)
            {
                Assert.Equal(checksum, (await connection.QueryAsync($"CHECKSUM TABLE {table} EXTENDED", default))[0][1]);
                Assert.Equal([$"{table} OK"], (await connection.QueryAsync($"CHECK TABLE {table} EXTENDED", default)).Select(row => $"{row[0]} {row[3]}"));
            }

            await check(connection);
        });
    }

    static string[] Differences(string first, string second)
    {
        var names = new[] { first, second }
            .SelectMany(directory => Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(directory, file)))
            .Distinct();
        return
        [
            .. names.Where(name => !File.Exists(Path.Combine(first, name)) || !File.Exists(Path.Combine(second, name))
                || !File.ReadAllBytes(Path.Combine(first, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(second, name)))),
        ];
    }
}

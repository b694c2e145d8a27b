using System.IO.Compression;
using System.Text.Json;
using Stillframe.Connections;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Loading;
using Stillframe.EndToEnd.Oracle;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.Inspection;
using Stillframe.Masters;

namespace Stillframe.EndToEnd.Masters;

/// <inheritdoc cref="RealDumpSource"/>
public sealed class MasterSource : RealDumpSource
{
    protected override int Generated => 12;
}

public sealed class DumpedMaster(MasterSource source) : IClassFixture<MasterSource>, IDisposable
{
    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    IEnumerable<string> Schemas => [RealDumps.Sakila, RealDumps.Every, .. source.Dumps.Generated];

    public void Dispose() => work.Dispose();

    [NeedsFact(Need.LocalServer)]
    public async Task Has_the_data_version_of_mariadb_dump_and_is_restored_as_it_was()
    {
        foreach (var schema in Schemas)
        {
            var manifest = await DumpAsync(schema);
            var file = Path.Combine(work.Path, schema + ".sql");
            var dump = await source.Dumps.DumpAsync(schema, isNamed: true, ["--hex-blob", "--order-by-primary", "--single-transaction", "--routines", "--events", "--databases", schema]);
            await File.WriteAllBytesAsync(file, dump.Files[0].Content);
            var (theirs, ours) = (Inspect(file), Inspect(PathOf(schema)));
            var differing = theirs.Tables.Except(ours.Tables).Select(table => table.FullName.ToString());
            Assert.True(ours.DataVersion == theirs.DataVersion, $"seed {OracleRun.Seed}, {schema}: {string.Join(", ", differing)} differ, or an object");
            Assert.Equal(theirs.DataVersion, manifest.DataVersion);
            await AssertSumsAsync(manifest);
            Assert.Equal(theirs.Structure, ours.Structure);
            Assert.Equal(JsonSerializer.Serialize(ours), JsonSerializer.Serialize(DumpFiles.Inspect(DumpFiles.Of([PathOf(schema)]), new(), SilentReporter.Instance, default)));
        }

        await using var other = await ClientLoads.StartAsync(work.Path);
        foreach (var schema in Schemas)
        {
            var text = Path.Combine(work.Path, "all.sql");
            await using (var all = File.Create(text))
                foreach (var file in Directory.EnumerateFiles(PathOf(schema), "*.sql.gz").Order(StringComparer.Ordinal)) // as zcat *.sql.gz
                    await using (var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress))
                        await packed.CopyToAsync(all);
            var (ofMaster, ofTheirs, ofOurs) = (
                await DescribeAsync(source.Dumps.Server, schema), await RestoreAsync(other, Path.Combine(work.Path, schema + ".sql"), schema), await RestoreAsync(other, text, schema));
            AssertSame(ofTheirs, ofOurs, $"restored from mariadb-dump's file and ours: {schema}");
            // FLOAT is shown with six digits, whoever asks for it
            AssertSame(Without(ofMaster, " float"), Without(ofOurs, " float"), $"on the master and restored: {schema}");
        }
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Is_read_again_only_where_a_table_changed()
    {
        await using var connection = await source.Dumps.Server.ConnectAsync();
        await connection.ExecuteAsync("CREATE DATABASE changing", default);
        await connection.ExecuteAsync("USE changing", default);
        foreach (var name in new[] { "a", "b", "c" })
            await connection.ExecuteAsync($"CREATE TABLE changing.{name} (id INT PRIMARY KEY, v TEXT) ENGINE=InnoDB", default);
        await connection.ExecuteAsync("INSERT INTO changing.b SELECT seq, 'x' FROM seq_1_to_1000", default);
        var first = await DumpAsync("changing");
        var same = await DumpAsync("changing");
        await connection.ExecuteAsync("UPDATE changing.b SET v = 'y' WHERE id = 500", default);
        await connection.ExecuteAsync("ALTER TABLE changing.c ADD w INT", default);
        var reporter = new Listener();

        var second = await MasterDump.WriteAsync(Address("changing"), PathOf("changing"), reporter, default);

        Assert.Equal(first.Files.Select(file => file.Sha256), same.Files.Select(file => file.Sha256));
        Assert.Equal(["changing.b", "changing.c"], reporter.Messages.Where(message => message.StartsWith("Dumped changing.", StringComparison.Ordinal)).Select(message => message.Split(' ')[1].TrimEnd(':')));
        Assert.NotEqual(first.DataVersion, second.DataVersion);
        Assert.Equal(second.DataVersion, Inspect(PathOf("changing")).DataVersion);
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Is_read_again_where_two_rows_exchanged_a_value_and_their_checksum_is_the_same()
    {
        await using var connection = await source.Dumps.Server.ConnectAsync();
        foreach (var statement in new[]
        {
            "CREATE DATABASE swapped", "USE swapped", "CREATE TABLE t (id INT PRIMARY KEY, v BIGINT) ENGINE=InnoDB",
            "INSERT INTO t VALUES (545296017, 1258304706138210791), (1687785542, 4393127450003467798)",
        })
            await connection.ExecuteAsync(statement, default);
        var before = await DumpAsync("swapped");

        await connection.ExecuteAsync("UPDATE t SET v = IF(id = 545296017, 4393127450003467798, 1258304706138210791)", default);
        var after = await DumpAsync("swapped");

        Assert.Equal(before.Files[1].Table!.Checksum, after.Files[1].Table!.Checksum); // it does not tell
        Assert.NotEqual(before.DataVersion, after.DataVersion);
    }

    [NeedsFact(Need.LocalServer)]
    public async Task That_is_not_finished_leaves_the_previous_dump_and_nothing_else()
    {
        await DumpAsync(RealDumps.Every);
        var (names, version) = (Directory.EnumerateFileSystemEntries(work.Path, "*", SearchOption.AllDirectories).Order().ToList(), Inspect(PathOf(RealDumps.Every)).DataVersion);
        await using (var connection = await source.Dumps.Server.ConnectAsync())
            await connection.ExecuteAsync($"INSERT INTO {RealDumps.Every}.nothing VALUES (1)", default);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => MasterDump.WriteAsync(Address(RealDumps.Every), PathOf(RealDumps.Every), new Listener { Heard = _ => stop.Cancel() }, stop.Token));

        Assert.Equal(names, Directory.EnumerateFileSystemEntries(work.Path, "*", SearchOption.AllDirectories).Order());
        Assert.Equal(version, Inspect(PathOf(RealDumps.Every)).DataVersion);
    }

    [NeedsTheory(Need.LocalServer)]
    [InlineData("nowhere", ErrorCodes.MasterNotDumped, "no database 'nowhere'")]
    [InlineData("sakila;User ID=nobody", ErrorCodes.MasterRefused, "refuses the login")]
    [InlineData("sakila;Server=/nonexistent", ErrorCodes.MasterUnreachable, "can't be reached")]
    public async Task That_can_not_be_dumped_says_why(string database, string code, string words)
    {
        var e = await Assert.ThrowsAsync<StillframeException>(() => MasterDump.WriteAsync(Address(database), PathOf("never"), SilentReporter.Instance, default));

        Assert.Equal(code, e.Code);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(PathOf("never")));
    }

    /// <summary>Most are computed of the rows that were read.</summary>
    async Task AssertSumsAsync(Stillframe.Dumps.DumpManifest manifest)
    {
        await using var connection = await source.Dumps.Server.ConnectAsync();
        foreach (var table in manifest.Files.Select(file => file.Table).OfType<Stillframe.Dumps.DumpedTable>())
            Assert.Equal((await connection.QueryAsync($"CHECKSUM TABLE {Sql.Table(new(table.Schema, table.Name))}", default))[0][1], table.Checksum);
    }

    static async Task<SortedDictionary<string, string>> RestoreAsync(ClientLoads server, string file, string schema)
    {
        await server.DropAllAsync();
        Assert.Null(await server.LoadAsync([new(file, null)], default));
        return await DescribeAsync(server.Server, schema);
    }

    static async Task<SortedDictionary<string, string>> DescribeAsync(OracleServer server, string schema)
    {
        await using var connection = await server.ConnectAsync();
        return await BulkBench.DescribeAsync(connection, schema);
    }

    static SortedDictionary<string, string> Without(SortedDictionary<string, string> tables, string type) =>
        new(tables.Where(table => !table.Value.Contains(type, StringComparison.Ordinal)).ToDictionary());

    static void AssertSame(SortedDictionary<string, string> expected, SortedDictionary<string, string> actual, string about)
    {
        var differing = expected.Where(one => actual.GetValueOrDefault(one.Key) != one.Value).Select(one => $"{one.Key}: {one.Value}\n--- but:\n{actual.GetValueOrDefault(one.Key)}");
        Assert.True(!differing.Any(), $"seed {OracleRun.Seed}, {about}: {string.Join("\n", differing)}");
        Assert.Equal(expected.Keys, actual.Keys);
    }

    string PathOf(string schema) => Path.Combine(work.Path, schema + ".dump");

    string Address(string database) => $"Server={source.Dumps.Server.Socket};User ID=root;Database={database}";

    Task<Stillframe.Dumps.DumpManifest> DumpAsync(string schema) => MasterDump.WriteAsync(Address(schema), PathOf(schema), SilentReporter.Instance, default);

    /// <summary>All of it is read, whatever its manifest tells.</summary>
    static Stillframe.Dumps.DumpSummary Inspect(string path) => DumpFiles.Inspect(DumpFiles.Of([path]), new() { ReadsAll = true }, SilentReporter.Instance, default);
}

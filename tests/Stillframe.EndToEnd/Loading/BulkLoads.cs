using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Loading.Bulk;

namespace Stillframe.EndToEnd.Loading;

public class ASchemaWithEveryType
{
    [NeedsFact(Need.LocalServer)]
    public async Task Comes_out_as_the_dumps_own_statements_would_have_it()
    {
        await using var bench = await BulkBench.StartAsync();
        await bench.RunAsync("source", EveryType.Statements());
        var all = new string[][]
        {
            [],
            ["--hex-blob"],
            ["--complete-insert", "--hex-blob"],
            ["--skip-extended-insert"],
            ["--default-character-set=utf8mb3"],
            ["--default-character-set=binary"],
            ["--skip-opt", "--replace"],
            ["--insert-ignore", "--skip-tz-utc"],
            ["--default-character-set=latin1", "--hex-blob"],
        };
        foreach (var options in all.Where((_, i) => i == 0 || Soaking.IsOfThisRun(i, 2)))
        {
            if (options is ["--default-character-set=latin1", ..]) // has no letters for its name
                await bench.RunAsync("source", "DROP TABLE `odd ``name é`");
            var file = await bench.DumpAsync("source", options);
            await bench.LoadPlainAsync("plain", file);
            await bench.LoadBulkAsync(file, "bulk");
            var kept = bench.Messages.ToArray();
            await bench.AssertSameAsync("plain", "bulk", string.Join(' ', options));
            // as bytes, these values are refused by the server in INSERT as well
            string[] keep = options is ["--default-character-set=binary"] ? [.. EveryType.KeepToInsert, "choices", "special"] : EveryType.KeepToInsert;
            var unexpected = kept.Where(text => !keep.Any(table => text.StartsWith($"bulk.{table} ", StringComparison.Ordinal)));
            Assert.True(!unexpected.Any(), $"{string.Join(' ', options)}: {string.Join("\n", unexpected)}");
        }
    }
}

public class ASchemaWithViewsTriggersAndRoutines
{
    static readonly string Data = Path.Combine(Repository.Root, "tests", "Data", "sakila");

    [NeedsTheory(Need.LocalServer)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Comes_out_as_the_dumps_own_statements_would_have_it(bool compressed)
    {
        await using var bench = await BulkBench.StartAsync();
        await bench.LoadPlainAsync("sakila", Path.Combine(Data, "schema.sql"), Path.Combine(Data, "data.sql.gz"));
        var file = await bench.DumpAsync("sakila");
        await bench.LoadPlainAsync("plain", file);
        if (compressed)
        {
            await Command.SucceedAsync("gzip", [file]);
            file += ".gz";
        }

        await bench.LoadBulkAsync(file, "bulk");
        await bench.AssertSameAsync("plain", "bulk", string.Join('\n', bench.Messages));
        Assert.True((await bench.DescribeAsync("bulk")).Count > 20);
    }
}

public class ACancelledLoad
{
    [NeedsFact(Need.LocalServer)]
    public async Task Stops_before_its_end()
    {
        await using var bench = await BulkBench.StartAsync();
        var file = Path.Combine(bench.Directory, "long.sql");
        await using (var writer = new StreamWriter(file))
        {
            await writer.WriteAsync("CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(200));\n");
            for (var i = 0; i < 1_000_000; i++)
                await writer.WriteAsync($"{(i % 1000 == 0 ? (i == 0 ? "" : ";\n") + "INSERT INTO t VALUES " : ",")}({i},'{new string('x', 100)}')");
            await writer.WriteAsync(";\n");
        }

        using var cancel = new CancellationTokenSource();
        var load = bench.LoadBulkAsync(file, "bulk", cancellationToken: cancel.Token);
        await using var connection = await bench.ConnectAsync();
        await Eventually.IsTrueAsync(
            async () => load.IsCompleted
                || await connection.ScalarAsync("SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'LOAD DATA%' AND info NOT LIKE '%processlist%'", default) != "0",
            () => "No rows are sent.");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load.WaitAsync(Eventually.Limit));
        // a server was seen to hang that was asked for rows while it took others back
        var sessions = "";
        await Eventually.IsTrueAsync(
            async () => (sessions = await connection.ScalarAsync("SELECT GROUP_CONCAT(CONCAT_WS(' ', id, command, state, info)) FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND user <> 'system user'", default)) is null,
            () => $"The load's session does not end: {sessions}");
        Assert.NotEqual("1000000", await connection.ScalarAsync("SELECT COUNT(*) FROM bulk.t", default));
    }
}

/// <summary>One for all of a class, since each test brings its own schemas.</summary>
public sealed class BulkServer : IAsyncLifetime
{
    internal BulkBench Bench { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Needs.WhyNot([Need.LocalServer]) is null)
            Bench = await BulkBench.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (Bench is not null)
            await Bench.DisposeAsync();
    }
}

public class RowsThatLoadDataWouldBend(BulkServer server) : IClassFixture<BulkServer>
{
    [NeedsTheory(Need.LocalServer)]
    [InlineData("INSERT INTO t VALUES (1,'toolong'),(2,'b')", "1406")]
    [InlineData("INSERT INTO t VALUES (1,'a'),(1,'b')", "1062")]
    [InlineData("INSERT INTO t VALUES (1,'a'),(2,'b');\nINSERT INTO t VALUES (3,'A')", "1062")]
    [InlineData("INSERT INTO t VALUES (99999999999,'a')", "1264")]
    [InlineData("INSERT INTO t VALUES (1,NULL)", "1048")]
    public async Task Are_refused_at_their_line_as_the_dump_writes_them(string rows, string error)
    {
        var bench = server.Bench;
        var file = Path.Combine(bench.Directory, "bad.sql");
        await File.WriteAllTextAsync(file, $"CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(3) NOT NULL, UNIQUE (v));\nINSERT INTO t VALUES (7,'x');\n{rows};\n");
        var e = await Assert.ThrowsAsync<StillframeException>(() => bench.LoadBulkAsync(file, "bulk"));
        Assert.Equal(ErrorCodes.StatementFailed, e.Code);
        Assert.Contains($"ERROR {error} ", e.Message, StringComparison.Ordinal);
        Assert.Equal(3 + rows.Count(c => c == '\n'), e.Location!.Line);
        Assert.Equal(file, e.Location.File);
    }

    [NeedsTheory(Need.LocalServer)]
    [InlineData("INSERT INTO t VALUES (1,CONCAT('a','b')),(2,'b')")]
    [InlineData("INSERT INTO t (v,id) VALUES ('b',5);\nINSERT INTO t VALUES (6,'c')")]
    [InlineData("INSERT INTO t VALUES (1,'a'),(2,DEFAULT)")]
    [InlineData("INSERT INTO t (v) VALUES ('a')")]
    [InlineData("INSERT INTO t VALUES (0,'a'),(NULL,'b')")]
    [InlineData("INSERT INTO t VALUES (1,'a'),(2,'b') ON DUPLICATE KEY UPDATE v='c'")]
    [InlineData("INSERT IGNORE INTO t VALUES (1,'a'),(1,'b'),(2,'toolong')")]
    [InlineData("REPLACE INTO t VALUES (1,'a'),(1,'b')")]
    [InlineData("SET sql_mode='';\nINSERT INTO t VALUES (1,'toolong'),(2e0,5)")]
    [InlineData("SET sql_mode='NO_BACKSLASH_ESCAPES';\nINSERT INTO t VALUES (1,'\\'),(2,'a\\')")]
    [InlineData("INSERT INTO t VALUES (1,\"a\"),(2,'a''') -- why not\n")]
    [InlineData("INSERT INTO t VALUES (1, /* one */ 'a'), ( 2 , _utf8mb4'é' )")]
    public async Task Come_out_as_the_server_takes_them(string rows)
    {
        var bench = server.Bench;
        var file = Path.Combine(bench.Directory, "odd.sql");
        await File.WriteAllTextAsync(file, $"CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(3) NOT NULL DEFAULT 'd') AUTO_INCREMENT=40;\n{rows};\n");
        await bench.LoadPlainAsync("plain", file);
        await bench.LoadBulkAsync(file, "bulk");
        Assert.Equal((await bench.DescribeAsync("plain"))["t"], (await bench.DescribeAsync("bulk"))["t"]);
    }

    [NeedsTheory(Need.LocalServer)]
    [InlineData("SET @a = 5;\nINSERT INTO t VALUES (@a,1)")]
    [InlineData("INSERT INTO t VALUES (1,1);\nDROP TABLE t;\nCREATE TABLE t (id INT);\nINSERT INTO t VALUES (2)")]
    [InlineData("INSERT INTO t VALUES (1,NULL),(2,1)")]
    public async Task Go_back_to_the_dumps_order_where_it_matters(string rows)
    {
        var bench = server.Bench;
        var file = Path.Combine(bench.Directory, "order.sql");
        await File.WriteAllTextAsync(file, $"CREATE TABLE t (id INT PRIMARY KEY, up INT, FOREIGN KEY (up) REFERENCES t (id));\n{rows};\n");
        await Assert.ThrowsAsync<OrderMattersException>(() => bench.LoadBulkAsync(file, "bulk"));
    }
}

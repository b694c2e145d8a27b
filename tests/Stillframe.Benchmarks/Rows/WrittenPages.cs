using System.Diagnostics;
using System.Globalization;
using Stillframe.Benchmarks.Frames;
using Stillframe.Benchmarks.Results;
using Stillframe.Benchmarks.Servers;
using Stillframe.Compiling;
using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Loading.Bulk;
using Stillframe.Normalizing;
using Stillframe.Tablespaces;

namespace Stillframe.Benchmarks.Rows;

/// <summary>The file of one table, made of rows in memory: processor time of one thread, against that of a server that loads the same rows.</summary>
sealed class WrittenPages : IRow
{
    const int Megabytes = 75;

    /// <summary>The first ones are run by code that is not optimized yet.</summary>
    const int WarmUp = 6;

    const string Schema = "bench";

    /// <summary>For bulk loads into empty tables, without a redo log to wait for.</summary>
    static readonly string[] tuned = ["--innodb-buffer-pool-size=512M", "--innodb-log-file-size=512M", "--innodb-doublewrite=0", "--innodb-flush-log-at-trx-commit=0", "--skip-log-bin", "--secure-file-priv="];

    static readonly Line Time = new("writing a table, rows in memory to pages, processor time", "LOAD DATA of a tuned server", "s", new Target.TimesLess(7));

    public string Name => "pages";

    public IReadOnlyList<Line> Lines => [Time];

    public IReadOnlyList<string> Needs => [Programs.Server, Programs.Install, Programs.Client];

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var dump = await bench.DumpAsync(Megabytes, tables: 1);
        var (data, table, lines, empty) = (bench.PathOf("pages"), GeneratedDump.Table(0), bench.PathOf("pages.txt"), bench.PathOf("pages.empty"));
        await NativeServer.InstallAsync(data, cancellationToken);
        List<double> theirs = [], ours = [];
        IReadOnlyList<string?[]> fields;
        IReadOnlyList<TableColumn> columns;
        KnownTexts texts;
        await using (var server = await NativeServer.StartAsync(data, tuned, cancellationToken))
        {
            await server.ExecuteAsync($"CREATE DATABASE {Schema}", cancellationToken);
            await server.FeedAsync(Schema, dump.Path, cancellationToken);
            await using var connection = await NativeServer.ConnectAsync(new ServerEndpoint.UnixSocket(server.Socket), "root", cancellationToken);
            foreach (var statement in new[] { $"USE {Schema}", "SET NAMES utf8mb4", $"SELECT * FROM {table} INTO OUTFILE '{lines}' CHARACTER SET utf8mb4", "SET unique_checks = 0, foreign_key_checks = 0" })
                await connection.ExecuteAsync(statement, cancellationToken);
            for (var round = 0; round < bench.Sizes.Rounds; round++)
            {
                await connection.ExecuteAsync($"TRUNCATE TABLE {table}", cancellationToken);
                var before = server.ProcessorTime;
                await connection.ExecuteAsync($"LOAD DATA INFILE '{lines}' INTO TABLE {table} CHARACTER SET utf8mb4", cancellationToken);
                theirs.Add((server.ProcessorTime - before).TotalSeconds);
            }

            await connection.ExecuteAsync($"TRUNCATE TABLE {table}", cancellationToken);
            await connection.ExecuteAsync($"FLUSH TABLES {table} FOR EXPORT", cancellationToken);
            File.Copy(Path.Combine(data, Schema, $"{table}.ibd"), empty);
            await connection.ExecuteAsync("UNLOCK TABLES", cancellationToken);
            fields = await connection.QueryAsync($"SHOW FULL FIELDS FROM {table}", cancellationToken);
            columns = (await TableDescription.ReadAllAsync(connection, cancellationToken))[new(Schema, table)].Columns;
            texts = (await SchemaForms.ReadAsync(connection, fields.Select(field => field[2]).OfType<string>().Distinct(), [], cancellationToken)).Texts();
            await server.StopAsync(cancellationToken);
        }

        var layout = DataDictionary.Read(Path.Combine(data, "ibdata1")).Layouts[$"{Schema}/{table}"];
        FileNormalizer.For(data).Normalize(empty, "t.ibd", cancellationToken);
        var plan = WritePlan.Of(layout, [.. layout.Columns.Zip(fields, (column, field) => KnownColumn.Of(column, field[1]!, field[2], texts))]).Counting(0);
        var (pristine, rows) = (await File.ReadAllBytesAsync(empty, cancellationToken), await File.ReadAllBytesAsync(lines, cancellationToken));
        for (var round = -WarmUp; round < bench.Sizes.Rounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            Write(bench.PathOf("pages.ours"), pristine, plan, columns, rows);
            if (round >= 0)
                ours.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        return
        [
            Time.Measured(Quantity.Median(ours), Quantity.Median(theirs), string.Create(
                CultureInfo.InvariantCulture, $"{rows.Length / 1e6:0} MB of rows, a table of {new FileInfo(bench.PathOf("pages.ours")).Length / 1e6:0} MB with one secondary index; medians; ours of the whole process, warm")),
        ];
    }

    static void Write(string path, byte[] pristine, WritePlan plan, IReadOnlyList<TableColumn> columns, ReadOnlySpan<byte> rows)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite);
        using var writer = new TableWriter(file, pristine, plan, new(Path.GetDirectoryName(path)!, TableWriting.SortBytes));
        TableWriting.Add(rows, writer, new(), columns, isNarrow: false);
        writer.Finish();
    }
}

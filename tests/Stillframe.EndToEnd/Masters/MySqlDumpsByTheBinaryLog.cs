using System.Text.RegularExpressions;
using Stillframe.Dumps;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Masters;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Masters;

/// <summary>MySQL's log is asked for what is new by numbers of transactions, as it tells no place of a snapshot.</summary>
[Trait(Soaking.Category, Soaking.Soak)]
public sealed partial class MySqlDumpsByTheBinaryLog(MySqlMaster master, ITestOutputHelper output) : IClassFixture<MySqlMaster>, IDisposable
{
    static readonly string[] three = ["a", "m", "z"], six = [.. three, "b", "c", "d"];

    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    public void Dispose() => work.Dispose();

    [NeedsFact(Need.MySql)]
    public Task Are_those_that_read_everything() => new DumpsOfAWorkload(master.Server.Socket, work.Path, OfMySql, output).CompareAsync(Soaking.Times(10, 400));

    /// <summary>Whatever is committed around a snapshot is in this dump or in what the log tells the next one.</summary>
    [NeedsFact(Need.MySql)]
    public async Task Miss_nothing_while_it_is_written()
    {
        await master.Server.ExecuteAsync(["DROP DATABASE IF EXISTS busy", "CREATE DATABASE busy", .. six.Select(name => $"CREATE TABLE busy.{name} (id INT AUTO_INCREMENT PRIMARY KEY)")]);
        await DumpAsync("busy", "log", ChangeSource.Auto);
        for (var time = 0; time < Soaking.Times(5, 200); time++)
        {
            // each writes to its table until the dump is done, then nobody does
            using var stop = new CancellationTokenSource();
            var writers = six.Take(1 + (time % six.Length)).Select(name => Task.Run(async () =>
            {
                await using var writer = await master.Server.ConnectAsync();
                while (!stop.IsCancellationRequested)
                    await writer.ExecuteAsync($"INSERT INTO busy.{name} VALUES ()", default);
            })).ToArray();
            try
            {
                await DumpAsync("busy", "log", ChangeSource.Auto);
            }
            finally
            {
                await stop.CancelAsync();
                await Task.WhenAll(writers);
            }

            var reporter = new Listener();
            var byLog = await DumpAsync("busy", "log", ChangeSource.Auto, reporter);
            var all = await DumpAsync("busy", "all", ChangeSource.None);

            // on a machine that is busy with other things the writers may leave more log than a dump reads
            Assert.DoesNotContain(reporter.Messages, message => message.Contains(DumpsByTheBinaryLog.NoWord, StringComparison.Ordinal) && !message.Contains("since the previous dump, for", StringComparison.Ordinal));
            Assert.Equal(all.Files.Select(file => file.Sha256), byLog.Files.Select(file => file.Sha256));
        }
    }

    [NeedsTheory(Need.MySql)]
    [InlineData("UPDATE plain.z SET v = 2; FLUSH BINARY LOGS; UPDATE plain.z SET v = 3", null, "plain.m plain.z")]
    [InlineData("FLUSH BINARY LOGS", null, "plain.m")]
    [InlineData("SET SESSION binlog_format = 'STATEMENT'; UPDATE plain.a SET v = 1", "a statement of another kind")]
    [InlineData("SET SESSION binlog_transaction_compression = ON; UPDATE plain.a SET v = 1", "binlog_transaction_compression")]
    [InlineData("FLUSH BINARY LOGS; PURGE BINARY LOGS BEFORE NOW() + INTERVAL 1 DAY", "1236")]
    [InlineData("RESET BINARY LOGS AND GTIDS; UPDATE plain.a SET v = 1", "")]
    public async Task Read_what_the_log_names_or_compare_by_checksum_where_it_is_not_clear(string statements, string? why, string read = "")
    {
        await master.Server.ExecuteAsync([
            "DROP DATABASE IF EXISTS plain", "CREATE DATABASE plain",
            .. three.SelectMany(name => (string[])[ $"CREATE TABLE plain.{name} (id INT PRIMARY KEY, v INT)", $"INSERT INTO plain.{name} VALUES (1, 0)"])]);
        await DumpAsync("plain", "log", ChangeSource.Auto);
        await master.Server.ExecuteAsync(["UPDATE plain.m SET v = 7", .. statements.Split("; ")]);
        var reporter = new Listener();

        var dump = await DumpAsync("plain", "log", ChangeSource.Auto, reporter);

        Assert.Equal(why is not null, reporter.Messages.Any(message => message.Contains(DumpsByTheBinaryLog.NoWord, StringComparison.Ordinal) && message.Contains(why ?? "", StringComparison.Ordinal)));
        if (why is null)
            Assert.Equal(read, string.Join(' ', reporter.Messages.Where(message => message.StartsWith("Dumped plain.", StringComparison.Ordinal)).Select(message => message.Split(' ')[1].TrimEnd(':', ',')).Order(StringComparer.Ordinal)));
        Assert.Equal((await DumpAsync("plain", "all", ChangeSource.None)).DataVersion, dump.DataVersion);
    }

    Task<DumpManifest> DumpAsync(string schema, string name, ChangeSource changes, IReporter? reporter = null) => MasterDump.WriteAsync(
        $"Server={master.Server.Socket};User ID=root;Database={schema}", Path.Combine(work.Path, name), new() { Changes = changes, VerifyEvery = 0 }, reporter ?? SilentReporter.Instance, default);

    /// <summary>It neither replaces what it creates nor has tables of numbers.</summary>
    static IEnumerable<string> OfMySql(string statement) => statement switch
    {
        _ when Replaced().Match(statement) is { Success: true } match => [$"DROP {match.Groups["what"]} IF EXISTS {match.Groups["name"]}", statement.Replace("OR REPLACE ", "", StringComparison.Ordinal)],
        _ when Numbers().Match(statement) is { Success: true } match =>
            [$"{match.Groups["insert"]} WITH RECURSIVE numbers (seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM numbers WHERE seq < {match.Groups["last"]}) {match.Groups["select"]} FROM numbers"],
        _ => [statement],
    };

    [GeneratedRegex(@"^CREATE OR REPLACE (?<what>DATABASE|TABLE|PROCEDURE) (?<name>[\w.]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Replaced();

    [GeneratedRegex(@"^(?<insert>INSERT INTO \S+) (?<select>SELECT .*) FROM seq_1_to_(?<last>\d+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}

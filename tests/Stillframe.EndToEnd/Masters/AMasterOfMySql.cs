using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Masters;

namespace Stillframe.EndToEnd.Masters;

/// <summary>A MySQL server with Sakila and what MariaDB has not.</summary>
public sealed class MySqlMaster : IAsyncLifetime
{
    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    internal NetworkMaster Server { get; private set; } = null!;

    internal TestAuthority Authority { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Needs.WhyNot([Need.MySql]) is not null)
            return;
        Authority = new(work.Path, "authority");
        var (certificate, key) = Authority.Sign("127.0.0.1");
        Server = await NetworkMaster.StartMySqlAsync(_ =>
        [
            $"--ssl-ca={Authority.File}", $"--ssl-cert={certificate}", $"--ssl-key={key}", "--gtid-mode=ON", "--enforce-gtid-consistency=ON", "--log-bin-trust-function-creators=ON",
            "--collation-server=utf8mb4_general_ci", // MariaDB 10.11 has it
        ]);
        await Server.ExecuteAsync(
            "SET GLOBAL default_collation_for_utf8mb4 = utf8mb4_general_ci", // of clients that say utf8mb4 alone
            "CREATE USER sha IDENTIFIED WITH caching_sha2_password BY 'secret'", "CREATE USER nopassword IDENTIFIED WITH caching_sha2_password BY ''", "CREATE USER old IDENTIFIED WITH sha256_password BY 'secret'",
            "GRANT ALL ON *.* TO sha, nopassword, old", "CREATE DATABASE counted", "CREATE TABLE counted.t (id INT AUTO_INCREMENT PRIMARY KEY)");
        foreach (var file in FrameWorkshop.Sakila)
            await Server.LoadIntoMySqlAsync(file);
        await Server.LoadIntoMySqlAsync(Repository.PathOf("tests/Data/mysql/every.sql"));
    }

    public async Task DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
        Authority?.Dispose();
        await work.DisposeAsync();
    }
}

public sealed partial class AMasterOfMySql(MySqlMaster master) : IClassFixture<MySqlMaster>, IDisposable
{
    /// <summary>Tables that each transaction writes one row to.</summary>
    static readonly string[] moment = ["a", "b", "c", "d"];

    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    public void Dispose() => work.Dispose();

    [NeedsTheory(Need.MySql)]
    [InlineData("sakila")]
    [InlineData("every")]
    public async Task Is_dumped_as_its_own_program_dumps_it_and_restored_as_from_that(string schema)
    {
        var (file, again) = (PathOf("theirs.sql"), PathOf("again.sql"));
        await master.Server.MySqlDumpAsync(schema, file);

        var manifest = await DumpAsync(master.Server.Address("sha", "secret", $"SslCa={master.Authority.File};Database={schema}"));

        Assert.Equal(Stillframe.Dumps.DumpInspector.Inspect([file], new(), SilentReporter.Instance, default).DataVersion, manifest.DataVersion);
        await using (var all = File.Create(again))
            foreach (var part in Directory.EnumerateFiles(PathOf("dump"), "*.sql.gz").Order(StringComparer.Ordinal))
                await using (var packed = new GZipStream(File.OpenRead(part), CompressionMode.Decompress))
                    await packed.CopyToAsync(all);
        Assert.Equal(await master.Server.MySqlDumpOfRestoredAsync(schema, file, PathOf("of theirs.sql")), await master.Server.MySqlDumpOfRestoredAsync(schema, again, PathOf("of ours.sql")));
    }

    [NeedsFact(Need.MySql, Need.LocalServer)]
    public async Task Gives_a_frame_of_MariaDB_where_that_knows_its_collations()
    {
        await DumpAsync($"Server={master.Server.Socket};User ID=root;Database=sakila");
        using var workshop = new FrameWorkshop();

        var frame = await FrameWorkshop.BuildAsync(workshop.Request([PathOf("dump")], Stillframe.Engines.EngineKind.Local));

        Assert.Equal(16, frame.Tables.Count);
    }

    /// <summary>The server remembers who logged in until it is told to forget it, and takes a proof from then on.</summary>
    [NeedsTheory(Need.MySql)]
    [InlineData("sha", "SslCa=AUTHORITY", false, null, null)]
    [InlineData("sha", "SslCa=AUTHORITY", true, null, null)]
    [InlineData("sha", "SslMode=None", true, null, null)]
    [InlineData("sha", "SslMode=None", false, ErrorCodes.MasterUnsafe, "wants the password (caching_sha2_password), and the connection is not encrypted")]
    [InlineData("sha", "SslMode=None;AllowPublicKeyRetrieval=true", false, null, null)]
    [InlineData("sha", "SslMode=None;AllowPublicKeyRetrieval=true;Password=wrong", false, ErrorCodes.MasterRefused, "Access denied")]
    [InlineData("sha", "Server=SOCKET", false, null, null)]
    [InlineData("sha", "Password=wrong", false, ErrorCodes.MasterRefused, "Access denied")]
    [InlineData("sha", "Password=wrong", true, ErrorCodes.MasterRefused, "Access denied")]
    [InlineData("nopassword", "Password=", false, null, null)]
    [InlineData("old", "", false, ErrorCodes.MasterRefused, "the authentication plugin 'sha256_password', which is not supported here")]
    public async Task Lets_an_account_in_that_logs_in_in_a_way_that_both_know(string user, string more, bool isRemembered, string? code, string? words)
    {
        await master.Server.ExecuteAsync("FLUSH PRIVILEGES"); // forgets
        if (isRemembered)
            await DumpAsync($"Server={master.Server.Socket};User ID={user};Password=secret;Database=counted");
        var address = master.Server.Address(user, "secret", more.Replace("AUTHORITY", master.Authority.File, StringComparison.Ordinal).Replace("SOCKET", master.Server.Socket, StringComparison.Ordinal));

        var error = await Record.ExceptionAsync(() => DumpAsync($"{address};Database=counted"));

        Assert.True((error is null) == (code is null), error?.Message);
        if (error is StillframeException told)
        {
            Assert.Equal(code, told.Code);
            Assert.Contains(words!, told.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", told.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A reader who waits for a transaction finds it in every dump whose position has it.</summary>
    [NeedsFact(Need.MySql)]
    public async Task Has_everything_in_a_dump_that_its_position_has()
    {
        await using var connection = await master.Server.ConnectAsync();
        await connection.ExecuteAsync("TRUNCATE counted.t", default);
        var before = Last(await connection.ScalarAsync("SELECT @@GLOBAL.gtid_executed", default));
        using var stop = new CancellationTokenSource();
        var written = 0;
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var writer = await master.Server.ConnectAsync();
            while (!stop.IsCancellationRequested)
            {
                await writer.ExecuteAsync("INSERT INTO counted.t VALUES ()", default); // one transaction, one row
                Interlocked.Increment(ref written);
            }
        })).ToArray();
        try
        {
            for (var time = 0; time < Soaking.Times(4, 100); time++)
            {
                var seen = Volatile.Read(ref written);
                await Eventually.IsTrueAsync(() => Volatile.Read(ref written) > seen || writers.Any(writer => writer.IsFaulted), () => "Nobody writes.");
                var manifest = await DumpAsync($"Server={master.Server.Socket};User ID=root;Database=counted");
                var rows = manifest.Files.Sum(file => file.Table?.Rows ?? 0);
                Assert.InRange(Last(manifest.Gtid) - before, seen, rows);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(writers);
        }

        static long Last(string? gtids) => long.Parse(LastNumber().Match(gtids!).Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Only a lock tells there that the snapshots are the same; without one, a table would have rows of transactions that another has not.</summary>
    [NeedsFact(Need.MySql)]
    public async Task Is_dumped_on_several_connections_in_one_moment()
    {
        await master.Server.ExecuteAsync([
            "CREATE DATABASE moment", .. moment.Select(table => $"CREATE TABLE moment.{table} (id INT AUTO_INCREMENT PRIMARY KEY)"),
            "CREATE USER lockless IDENTIFIED WITH caching_sha2_password BY 'secret'", "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT, SHOW_ROUTINE ON *.* TO lockless"]);
        var three = new MasterDumpOptions { Connections = 3, Changes = ChangeSource.None };
        var reporter = new Listener();
        using var stop = new CancellationTokenSource();
        var written = 0;
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var writer = await master.Server.ConnectAsync();
            while (!stop.IsCancellationRequested)
            {
                await writer.ExecuteAsync("BEGIN", default);
                foreach (var table in moment)
                    await writer.ExecuteAsync($"INSERT INTO moment.{table} VALUES ()", default);
                await writer.ExecuteAsync("COMMIT", default);
                Interlocked.Increment(ref written);
            }
        })).ToArray();
        try
        {
            for (var time = 0; time < Soaking.Times(4, 100); time++)
            {
                await RowsAsync($"Server={master.Server.Socket};User ID=root", 3);
                if (time == 0)
                    await RowsAsync($"Server={master.Server.Socket};User ID=lockless;Password=secret", 1);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(writers);
        }

        Assert.Contains(reporter.Messages, message => message.Contains("GRANT RELOAD", StringComparison.Ordinal));
        var address = $"Server={master.Server.Socket};User ID=root;Database=moment";
        var several = await MasterDump.WriteAsync(address, PathOf("several"), three, SilentReporter.Instance, default);
        Assert.Equal((await DumpAsync(address)).Files, several.Files);

        async Task RowsAsync(string account, int connections)
        {
            var seen = Volatile.Read(ref written);
            await Eventually.IsTrueAsync(() => Volatile.Read(ref written) > seen || writers.Any(writer => writer.IsFaulted), () => "Nobody writes.");
            var manifest = await MasterDump.WriteAsync($"{account};Database=moment", PathOf("moment"), three, reporter, default);
            var rows = manifest.Files.Select(file => file.Table?.Rows).OfType<long>().ToList();
            Assert.True(rows.Count == 4 && rows.Distinct().Count() == 1 && rows[0] > seen, $"{string.Join(' ', rows)} rows, {seen} seen");
            Assert.Contains(connections == 1 ? "1 connection," : $"{connections} connections", reporter.Messages.Last(message => message.StartsWith("On the master", StringComparison.Ordinal)), StringComparison.Ordinal);
        }
    }

    [NeedsTheory(Need.MySql)]
    [InlineData(new[] { "SELECT, SHOW VIEW, TRIGGER, EVENT ON *.*" }, "")]
    [InlineData(new[] { "SELECT, SHOW VIEW, TRIGGER, EVENT ON every.*", "SHOW_ROUTINE ON *.*" }, "")]
    [InlineData(new[] { "SELECT, SHOW VIEW, TRIGGER, EVENT, EXECUTE ON every.*" }, "GRANT SHOW_ROUTINE ON *.* TO 'few'@'%';")]
    [InlineData(new[] { "SELECT ON every.*" }, "GRANT SHOW VIEW, TRIGGER, EVENT ON `every`.* TO 'few'@'%'; GRANT SHOW_ROUTINE ON *.* TO 'few'@'%';")]
    [InlineData(new[] { "SELECT ON every.computed", "SHOW_ROUTINE ON *.*" }, "GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON `every`.* TO 'few'@'%';")]
    public async Task Tells_what_an_account_has_to_be_given(string[] some, string missing) =>
        Assert.Equal(missing, await RightsForTests.DumpWithAsync(master.Server, "every", some, Path.Combine(work.Path, "rights")));

    string PathOf(string name) => Path.Combine(work.Path, name);

    Task<Stillframe.Dumps.DumpManifest> DumpAsync(string address) => MasterDump.WriteAsync(address, PathOf("dump"), SilentReporter.Instance, default);

    [GeneratedRegex(@"\d+$")]
    private static partial Regex LastNumber();
}

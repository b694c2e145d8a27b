using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Masters;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Masters;
using Stillframe.Serving;
using Stillframe.Verification;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Families;

/// <summary>Frames that a MySQL serves, of what mysqldump writes of a MySQL.</summary>
public sealed class MySqlFrames(ITestOutputHelper output) : IDisposable
{
    readonly FrameWorkshop workshop = new();

    /// <summary>What MariaDB has not, or has in another way: a collation of MySQL's own, an index by an expression, a column that <c>*</c> leaves out, values that are no constants.</summary>
    static readonly string[] own =
    [
        "CREATE DATABASE ours CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci",
        "CREATE TABLE ours.names (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(80) NOT NULL, hidden INT INVISIBLE DEFAULT 7, doc JSON, made VARCHAR(20) DEFAULT (CONCAT('a', 'b')), UNIQUE KEY by_name (name), KEY by_length ((CHAR_LENGTH(name)))) COLLATE utf8mb4_0900_ai_ci",
        "INSERT INTO ours.names (name, doc) VALUES ('Zürich', '{\"a\": [1, 2.5, null]}'), ('Ålesund', NULL), ('ångström', '\"x\"'), ('東京', '{}')",
        "CREATE TABLE ours.places (id INT PRIMARY KEY, at POINT NOT NULL SRID 4326, SPATIAL KEY (at))",
        "INSERT INTO ours.places VALUES (1, ST_GeomFromText('POINT(47.4 8.5)', 4326))",
        "CREATE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW ours.long_names AS SELECT name FROM ours.names WHERE CHAR_LENGTH(name) > 6",
    ];

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Docker, Need.MySql)]
    public async Task Keep_every_promise_and_hold_what_their_master_has()
    {
        await using var master = await NetworkMaster.StartMySqlAsync(_ => []);
        await master.ExecuteAsync(own);
        foreach (var file in FrameWorkshop.Sakila)
            await master.LoadIntoMySqlAsync(file);
        string[] dumps = [workshop.PathOf("ours.sql"), workshop.PathOf("sakila.sql")];
        foreach (var dump in dumps)
            await master.MySqlDumpAsync(Path.GetFileNameWithoutExtension(dump), dump);

        var frame = await FrameWorkshop.BuildAsync(await RequestAsync(dumps));
        await using var stage = await FrameWorkshop.StageAsync(frame);
        var report = await FrameVerifier.VerifyAsync(stage, frame.Contents, FrameWorkshop.Reader, SilentReporter.Instance, CancellationToken.None);

        foreach (var line in report.Lines())
            output.WriteLine(line);
        Assert.True(report.Passed, string.Join(Environment.NewLine, report.Lines()));
        Assert.Contains(report.Checks, check => check is { Name: "mounts", Detail: "[]" });
        Assert.Contains(report.Checks, check => check is { Name: "health check", Detail: "mysqladmin" });
        await using var running = await stage.StartAsync(FrameStart.Production, CancellationToken.None);
        await using var connection = await ServerConnection.ConnectAsync(running.Endpoint, FrameWorkshop.Reader.User, FrameWorkshop.Reader.Password, CancellationToken.None);
        await SakilaAnswers.CheckAsync(connection);
        await using var there = await master.ConnectAsync();
        Assert.Equal(18, frame.Tables.Count);
        await AreTheSameAsync(frame, there, connection);
        await using var served = await ServedFrame.OpenAsync(frame.LayoutDirectory, EngineKind.Docker, SilentReporter.Instance, default);
        Assert.Contains("-scratch", (await Assert.ThrowsAsync<StillframeException>(() => served.ScratchAsync(default))).Message, StringComparison.Ordinal);
        Assert.Contains("docker or podman", (await Assert.ThrowsAsync<StillframeException>(() => ServedFrame.OpenAsync(frame.LayoutDirectory, EngineKind.Local, SilentReporter.Instance, default))).Message, StringComparison.Ordinal);
    }

    /// <summary>The dump's data version was counted as MariaDB reads it, and the frame's as MySQL does.</summary>
    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Docker, Need.MySql)]
    public async Task Of_a_directory_that_DumpDatabase_wrote_hold_what_their_master_has()
    {
        await using var master = await NetworkMaster.StartMySqlAsync(_ => []);
        await master.ExecuteAsync(own);
        await MasterDump.WriteAsync($"Server={master.Socket};User ID=root;Database=ours", workshop.PathOf("dump"), SilentReporter.Instance, default);

        var frame = await FrameWorkshop.BuildAsync(await RequestAsync([workshop.PathOf("dump")]));

        await using var stage = await FrameWorkshop.StageAsync(frame);
        await using var running = await stage.StartAsync(FrameStart.Production, CancellationToken.None);
        await using var connection = await ServerConnection.ConnectAsync(running.Endpoint, FrameWorkshop.Reader.User, FrameWorkshop.Reader.Password, CancellationToken.None);
        await using var there = await master.ConnectAsync();
        await AreTheSameAsync(frame, there, connection);
        Assert.Equal(2, frame.Tables.Count);
    }

    [NeedsFact(Need.Docker, Need.MySql)]
    public async Task Need_an_image_of_that_server_and_say_so()
    {
        var dump = workshop.Dump("t.sql", "CREATE TABLE t (a INT PRIMARY KEY);\n");
        var request = await RequestAsync([dump]);

        var wrong = await Assert.ThrowsAsync<StillframeException>(() => FrameWorkshop.BuildAsync(request with { Engine = request.Engine with { BaseImage = Needs.BaseImage } }));
        var unsaid = await Assert.ThrowsAsync<StillframeException>(() => FrameWorkshop.BuildAsync(request with { Engine = request.Engine with { Server = ServerKind.MariaDb } }));
        var elsewhere = await Assert.ThrowsAsync<StillframeException>(() => FrameWorkshop.BuildAsync(request with { Engine = request.Engine with { Kind = EngineKind.Embedded, BaseImage = null } }));

        Assert.Equal(ErrorCodes.BaseImageUnusable, wrong.Code);
        Assert.Contains("DatabaseServer=mariadb", wrong.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.BaseImageUnusable, unsaid.Code);
        Assert.Contains("DatabaseServer=mysql", unsaid.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.EngineUnavailable, elsewhere.Code);
        Assert.Contains("docker or podman", elsewhere.Message, StringComparison.Ordinal);
    }

    public void Dispose() => workshop.Dispose();

    internal static async Task HasTheTablesOfAsync(FrameBuild frame, ServerConnection there, ServerConnection connection)
    {
        foreach (var table in frame.Tables)
        {
            var checksum = $"CHECKSUM TABLE {Sql.Table(table.FullName)} EXTENDED";
            Assert.Equal((await there.QueryAsync(checksum, default))[0][1], (await connection.QueryAsync(checksum, default))[0][1]);
            var definition = $"SHOW CREATE TABLE {Sql.Table(table.FullName)}";
            Assert.Equal((await there.QueryAsync(definition, default))[0][1], (await connection.QueryAsync(definition, default))[0][1]);
        }
    }

    static async Task AreTheSameAsync(FrameBuild frame, ServerConnection there, ServerConnection connection)
    {
        await HasTheTablesOfAsync(frame, there, connection);
        foreach (var query in (string[])["SELECT name, hidden, doc, made FROM ours.names ORDER BY name", "SELECT * FROM ours.long_names ORDER BY 1", "SELECT ST_AsText(at) FROM ours.places", "SELECT name FROM ours.names WHERE name LIKE 'ANGS%'"])
            Assert.Equal(await there.QueryAsync(query, default), await connection.QueryAsync(query, default));
    }

    async Task<FrameRequest> RequestAsync(IReadOnlyList<string> dumps)
    {
        var request = workshop.Request(dumps, EngineKind.Docker);
        return request with { Engine = await MySqlImage.OptionsAsync(request.Engine) };
    }
}

using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Oracle;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.Engines;
using Stillframe.Inspection;
using Stillframe.Masters;

namespace Stillframe.EndToEnd.Masters;

public sealed class AFrameAndItsMaster(MasterSource source) : IClassFixture<MasterSource>, IDisposable
{
    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    public void Dispose() => work.Dispose();

    [NeedsFact(Need.LocalServer)]
    public async Task Are_compared_without_a_dump()
    {
        await using var connection = await source.Dumps.Server.ConnectAsync();
        foreach (var statement in new[]
        {
            "CREATE DATABASE compared", "USE compared", "CREATE TABLE a (id INT AUTO_INCREMENT PRIMARY KEY, v TEXT) ENGINE=InnoDB", "CREATE TABLE b (id INT PRIMARY KEY) ENGINE=InnoDB AS SELECT seq id FROM seq_1_to_100",
            "CREATE TABLE c (id INT PRIMARY KEY, d DOUBLE DEFAULT 1.5) ENGINE=InnoDB AS SELECT seq id FROM seq_1_to_100", "INSERT INTO a (v) VALUES ('x')", "CREATE VIEW w AS SELECT * FROM a",
        })
            await connection.ExecuteAsync(statement, default);
        var address = $"Server={source.Dumps.Server.Socket};User ID=root;Database=compared";
        var directory = Path.Combine(work.Path, "compared.dump");
        await MasterDump.WriteAsync(address, directory, SilentReporter.Instance, default);
        using var workshop = new FrameWorkshop();
        var frame = await FrameWorkshop.BuildAsync(workshop.Request([directory], EngineKind.Local));

        Assert.Empty((await CompareAsync()).Tables);

        foreach (var statement in new[] { "INSERT INTO a (v) VALUES ('y')", "ALTER TABLE b ADD n INT", "CREATE TABLE e (id INT PRIMARY KEY) ENGINE=InnoDB", "DROP TABLE c" })
            await connection.ExecuteAsync(statement, default);
        var difference = await CompareAsync();

        Assert.Equal(["compared.a rows", "compared.b definition", "compared.c removed", "compared.e added"], difference.Tables.Select(table => $"{table.FullName} {table.Change}"));
        Assert.Contains("Tables: 1 added, 1 removed, 2 changed, 0 the same.", difference.Lines());

        async Task<FrameDifference> CompareAsync() => FrameDifference.Between(
            await DataSource.ReadAsync(frame.LayoutDirectory, null, new(), SilentReporter.Instance, default),
            ComparedData.Of(await MasterContent.ReadAsync(address, default)));
    }
}

using System.Text.Json.Nodes;
using Stillframe.Dumps;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Loading;
using Stillframe.EndToEnd.Oracle;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Masters;
using Stillframe.Oci;

namespace Stillframe.EndToEnd.Masters;

public sealed class FramesOfDumpDirectories(MasterSource source) : IClassFixture<MasterSource>, IDisposable
{
    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    string Directory => Path.Combine(work.Path, "data.dump");

    public void Dispose() => work.Dispose();

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.LocalServer)]
    public async Task Are_the_same_whether_rows_are_read_before_or_when_their_tables_are_compiled()
    {
        foreach (var schema in new[] { RealDumps.Every, RealDumps.Sakila, source.Dumps.Generated[0] }.Where((_, i) => i == 0 || Soaking.IsOfThisRun(i, 2)))
        {
            await DumpAsync(schema);
            var later = await BuildAsync();
            Change(json => json["table"]?.AsObject().Remove("rowsFingerprint"));
            var before = await BuildAsync();

            Assert.True(before.Digest == later.Digest, $"seed {OracleRun.Seed}, {schema}");
            Assert.Equal(before.DataVersion, later.DataVersion);
        }
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Need_no_files_but_those_of_tables_that_changed()
    {
        await using var connection = await source.Dumps.Server.ConnectAsync();
        await connection.ExecuteAsync("CREATE DATABASE untouched", default);
        await connection.ExecuteAsync("USE untouched", default);
        foreach (var name in new[] { "a", "b", "c" })
            await connection.ExecuteAsync($"CREATE TABLE untouched.{name} (id INT PRIMARY KEY) ENGINE=InnoDB AS SELECT seq id FROM seq_1_to_1000", default);
        using var workshop = new FrameWorkshop();
        await DumpAsync("untouched");
        await FrameWorkshop.BuildAsync(workshop.Request([Directory], EngineKind.Local));
        await connection.ExecuteAsync("DELETE FROM untouched.b WHERE id = 500", default);
        await DumpAsync("untouched");
        // nobody can read these any more, and nobody sees it who does not try
        foreach (var name in new[] { "untouched.a.sql.gz", "untouched.c.sql.gz" })
        {
            File.Delete(Path.Combine(Directory, name));
            await File.WriteAllTextAsync(Path.Combine(Directory, name), "no rows");
        }

        Change(json =>
        {
            var path = Path.Combine(Directory, json["name"]!.GetValue<string>());
            (json["bytes"], json["sha256"]) = (new FileInfo(path).Length, Digest.Of(File.ReadAllBytes(path)).Hex);
        });

        var frame = await FrameWorkshop.BuildAsync(workshop.Request([Directory], EngineKind.Local));

        Assert.Equal([1000, 999, 1000], frame.Tables.OrderBy(table => table.Name).Select(table => table.Rows));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Are_not_built_of_a_file_that_the_manifest_does_not_speak_of()
    {
        await DumpAsync(RealDumps.Sakila);
        var path = Path.Combine(Directory, "sakila.actor.sql.gz");
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^1] ^= 1;
        File.Delete(path); // a link, perhaps
        await File.WriteAllBytesAsync(path, bytes);

        var e = await Assert.ThrowsAsync<StillframeException>(BuildAsync);

        Assert.Equal((ErrorCodes.DumpDirectoryBroken, path), (e.Code, e.Location!.File));
    }

    async Task<FrameBuild> BuildAsync()
    {
        using var workshop = new FrameWorkshop();
        return await FrameWorkshop.BuildAsync(workshop.Request([Directory], EngineKind.Local));
    }

    void Change(Action<JsonNode> file)
    {
        var path = Path.Combine(Directory, DumpManifest.FileName);
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        foreach (var one in json["files"]!.AsArray())
            file(one!);
        File.WriteAllText(path, json.ToJsonString());
    }

    Task<DumpManifest> DumpAsync(string schema) =>
        MasterDump.WriteAsync($"Server={source.Dumps.Server.Socket};User ID=root;Database={schema}", Directory, SilentReporter.Instance, default);
}

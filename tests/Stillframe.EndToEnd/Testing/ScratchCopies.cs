using Dapper;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Testing;

namespace Stillframe.EndToEnd.Testing;

/// <summary>Copies of one running frame, in each engine.</summary>
[Collection(TestsWithAFrame.Name)]
public sealed class ScratchCopies(TestedFrame tested)
{
    public static TheoryData<string> Engines => TestedFrame.Engines;

    [NeedsTheory(Need.LocalServer)]
    [MemberData(nameof(Engines))]
    public async Task Keep_to_themselves_what_is_written_in_them(string engine)
    {
        await using var frame = await Frame.StartAsync(tested.Layout, TestedFrame.Options(engine));
        var copies = await Task.WhenAll(frame.ScratchAsync(), frame.ScratchAsync());
        await using ScratchFrame mine = copies[0], other = copies[1];
        await using (var connection = await TestedFrame.OpenAsync(mine.ConnectionString))
        {
            await connection.ExecuteAsync("CALL add_order('mine'); UPDATE texts SET text = 'changed' WHERE id = 1; DELETE FROM orders WHERE id = 2; INSERT INTO old VALUES (2); INSERT INTO page VALUES (2)");
            await connection.ExecuteAsync("CREATE TABLE more (id INT PRIMARY KEY) ENGINE=InnoDB; ALTER TABLE orders ADD paid INT; CREATE DATABASE another; CREATE USER somebody");
            await connection.ExecuteAsync("CREATE TEMPORARY TABLE t AS SELECT * FROM orders");

            Assert.Equal(["changed", "mine"], await connection.QueryAsync<string>("SELECT text FROM texts ORDER BY id"));
            Assert.Equal(["mine"], await connection.QueryAsync<string>("SELECT text FROM log")); // by the trigger
            Assert.Equal(4, await connection.ExecuteScalarAsync<int>("SELECT (SELECT COUNT(*) FROM old) + (SELECT COUNT(*) FROM page)"));
        }

        foreach (var untouched in new[] { other.ConnectionString, frame.ConnectionString })
        {
            await using var connection = await TestedFrame.OpenAsync(untouched);
            Assert.Equal(["from the start", "the second"], await connection.QueryAsync<string>("SELECT text FROM texts ORDER BY id"));
            Assert.Equal(2, await connection.ExecuteScalarAsync<int>("SELECT (SELECT COUNT(*) FROM log) + (SELECT COUNT(*) FROM old) + (SELECT COUNT(*) FROM page)"));
            Assert.Equal("shop", await connection.ExecuteScalarAsync<string>("SELECT GROUP_CONCAT(DISTINCT table_schema) FROM information_schema.tables WHERE table_schema IN ('shop', 'another') AND table_name <> 'more'"));
        }

        Assert.Equal(tested.Build.DataVersion, frame.DataVersion);
    }

    [NeedsTheory(Need.LocalServer)]
    [MemberData(nameof(Engines))]
    public async Task Are_written_to_by_nobody_who_has_not_their_address(string engine)
    {
        await using var frame = await Frame.StartAsync(tested.Layout, TestedFrame.Options(engine));
        await using var scratch = await frame.ScratchAsync();

        foreach (var account in new[] { "User ID=root;Password=", "User ID=stillframe_test;Password=", "User ID=stillframe;Password=" })
        {
            var parts = scratch.ConnectionString.Split(';').Where(part => !part.StartsWith("user", StringComparison.OrdinalIgnoreCase) && !part.StartsWith("password", StringComparison.OrdinalIgnoreCase));
            var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => TestedFrame.OpenAsync($"{string.Join(';', parts)};{account}"));
            Assert.Contains("denied", refused.Message, StringComparison.Ordinal);
        }
    }

    [NeedsTheory(Need.LocalServer)]
    [MemberData(nameof(Engines))]
    public async Task Come_of_a_frame_that_is_started_once(string engine)
    {
        var frames = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Frame.StartAsync(tested.Layout, TestedFrame.Options(engine))));
        await frames[0].DisposeAsync();

        Assert.Single(frames.Select(frame => frame.ConnectionString).Distinct());
        await using var connection = await TestedFrame.OpenAsync(frames[1].ConnectionString);
        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => connection.ExecuteAsync("INSERT INTO orders (text) VALUES ('mine')"));
        Assert.Contains("--read-only", refused.Message, StringComparison.Ordinal);
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Need_no_password_of_the_frames_reader()
    {
        await using var frame = await Frame.StartAsync(tested.Layout, new() { Engine = "embedded" });
        await using var scratch = await frame.ScratchAsync();
        await using var connection = await TestedFrame.OpenAsync(scratch.ConnectionString);

        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM orders"));
        Assert.StartsWith("SF1102: ", Assert.Throws<InvalidOperationException>(() => frame.ConnectionString).Message, StringComparison.Ordinal);
    }

    [NeedsFact(Need.LocalServer)]
    public async Task Are_none_of_what_is_not_there()
    {
        var error = await Assert.ThrowsAsync<FrameException>(() => Frame.StartAsync("shop-db:1.2", new() { Engine = "embedded" }));
        Assert.Equal(ErrorCodes.OptionInvalid, error.Code);
        Assert.Contains("'shop-db:1.2'", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<FrameException>(() => Frame.StartAsync(tested.Layout, TestedFrame.Options("embedded") with { Password = FrameWorkshop.Reader.Password + "x" }));
        Assert.Equal(ErrorCodes.VerificationFailed, error.Code);
        error = await Assert.ThrowsAsync<FrameException>(() => Frame.StartAsync());
        Assert.Contains("references no project with a DatabaseDump", error.Message, StringComparison.Ordinal);
    }
}

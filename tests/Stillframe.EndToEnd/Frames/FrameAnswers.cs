using Stillframe.Connections;
using Stillframe.Frames;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Frames;

/// <summary>Asks frames, and what they are compared with.</summary>
static class FrameAnswers
{
    public static async Task<IReadOnlyList<string>> OfAsync(FrameBuild frame, IEnumerable<string> queries)
    {
        await using var stage = await FrameWorkshop.StageAsync(frame);
        await using var running = await stage.StartAsync(FrameStart.Production, CancellationToken.None);
        await using var connection = await ServerConnection.ConnectAsync(running.Endpoint, "reader", "secret", CancellationToken.None);
        return await OfAsync(connection, queries);
    }

    public static async Task<IReadOnlyList<string>> OfAsync(ServerConnection connection, IEnumerable<string> queries)
    {
        var answers = new List<string>();
        foreach (var sql in queries)
            answers.Add(string.Join('\n', (await connection.QueryAsync(sql, CancellationToken.None)).Select(row => string.Join('\t', row.Select(value => value ?? "NULL")))));
        return answers;
    }
}

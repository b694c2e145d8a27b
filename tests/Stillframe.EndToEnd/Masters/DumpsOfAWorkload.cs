using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Masters;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Masters;

/// <summary>After each few random statements, a dump by the log has to have the very files of one that reads everything.</summary>
/// <param name="dialect">Makes statements of <see cref="Workload"/> into those of the server.</param>
sealed class DumpsOfAWorkload(string socket, string directory, Func<string, IEnumerable<string>> dialect, ITestOutputHelper output)
{
    public async Task CompareAsync(int rounds)
    {
        var random = Seed.Random();
        var work = new Workload(random, "work");
        await using var connection = await ServerConnection.ConnectAsync(new ServerEndpoint.UnixSocket(socket), "root", "", default);
        foreach (var statement in work.Make().SelectMany(dialect))
            await connection.ExecuteAsync(statement, default);
        await DumpAsync(work, "log", ChangeSource.Auto, SilentReporter.Instance);
        await connection.ExecuteAsync("USE work", default);
        var (asked, read, tables) = (0, 0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var done = new List<string>();
            for (var step = random.Next(4); step >= 0; step--)
                foreach (var statement in work.Next().SelectMany(dialect))
                    done.Add($"{statement}{await TryAsync(connection, statement)}");
            var reporter = new Listener();
            var ours = await DumpAsync(work, "log", ChangeSource.Auto, reporter);
            var theirs = await DumpAsync(work, "all", ChangeSource.None, SilentReporter.Instance);

            var about = $"seed {Seed.Value}, round {round}: {string.Join("; ", done)}\n{string.Join("\n", reporter.Messages)}";
            Assert.True(theirs.DataVersion == ours.DataVersion, about);
            Assert.True(MasterBench.ContentsOf(Path.Combine(directory, "all")).SequenceEqual(MasterBench.ContentsOf(Path.Combine(directory, "log"))), about);
            asked += reporter.Messages.Any(message => message.Contains(DumpsByTheBinaryLog.NoWord, StringComparison.Ordinal)) ? 0 : 1;
            read += reporter.Messages.Count(message => message.StartsWith("Dumped work", StringComparison.Ordinal));
            tables += ours.Files.Count - 2;
        }

        output.WriteLine($"seed {Seed.Value}: the log was taken at its word {asked} of {rounds} times, {read} of {tables} tables were read");
        Assert.True(asked > 0 && read < tables);
    }

    Task<DumpManifest> DumpAsync(Workload work, string name, ChangeSource changes, IReporter reporter) => MasterDump.WriteAsync(
        $"Server={socket};User ID=root;Database={work.Database}", Path.Combine(directory, name), new() { Changes = changes, VerifyEvery = 0 }, reporter, default);

    static async Task<string> TryAsync(ServerConnection connection, string statement)
    {
        try
        {
            await connection.ExecuteAsync(statement, default);
            return "";
        }
        catch (ServerException e)
        {
            return $" ({e.Number})";
        }
    }
}

using Dapper;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Testing;

namespace Stillframe.EndToEnd.Testing;

/// <summary>A test host: it starts a frame and scratch copies, and ends or waits to be killed.</summary>
static class TestHostChild
{
    /// <summary>First argument; followed by the frame and the engine, as an ordinary user has no more of the tests than that, and <c>hold</c> to wait.</summary>
    public const string Name = "test-host";

    /// <summary>Begins its line when all is running; the rows of two copies follow, of which one was written to.</summary>
    public const string Started = "started";

    public static async Task<int> RunAsync(string[] arguments)
    {
        await using var frame = await Frame.StartAsync(arguments[0], new() { Engine = arguments[1], Log = Console.WriteLine });
        await using ScratchFrame mine = await frame.ScratchAsync(), other = await frame.ScratchAsync();
        await using var connection = await TestedFrame.OpenAsync(mine.ConnectionString);
        await using var untouched = await TestedFrame.OpenAsync(other.ConnectionString);
        await connection.ExecuteAsync("INSERT INTO orders (text) VALUES ('mine'); CREATE TABLE more (id INT PRIMARY KEY); INSERT INTO old VALUES (2)");
        Console.WriteLine($"{Started} {await CountAsync(connection)} {await CountAsync(untouched)}");
        if (arguments.Contains("hold"))
            await Console.In.ReadToEndAsync(); // for ever, as long as its test runs
        return 0;

        static Task<int> CountAsync(System.Data.Common.DbConnection connection) => connection.ExecuteScalarAsync<int>("SELECT (SELECT COUNT(*) FROM orders) + (SELECT COUNT(*) FROM old)");
    }
}

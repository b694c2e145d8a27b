using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.TestRuns;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Samples;

/// <summary>The sample of asynchronous processing.</summary>
[Collection(SampleTests.Name)]
[Trait(Soaking.Category, Soaking.Soak)]
public sealed class WorkersThatAreKilled(LabelsFixture museum, ITestOutputHelper output)
{
    /// <summary>What the workers compute, as a query: words are made by the server's regular expressions, and counted by its joins.</summary>
    const string Similar = """
        WITH word AS (
          SELECT DISTINCT o.id, w.word
          FROM labels.object o, JSON_TABLE(CONCAT('["', REGEXP_REPLACE(LOWER(CONCAT(o.name, ' ', o.material, ' ', o.label)), '[^a-z0-9]+', '","'), '"]'), '$[*]' COLUMNS (word VARCHAR(100) PATH '$')) w
          WHERE CHAR_LENGTH(w.word) >= 4
        ), pair AS (
          SELECT a.id, b.id AS other, COUNT(*) AS common, ROW_NUMBER() OVER (PARTITION BY a.id ORDER BY COUNT(*) DESC, b.id) AS place
          FROM word a JOIN word b ON b.word = a.word AND b.id <> a.id
          GROUP BY a.id, b.id
        )
        SELECT id, GROUP_CONCAT(other ORDER BY common DESC, other) FROM pair WHERE place <= 5 GROUP BY id
        """;

    /// <summary>SIGTERM of a program that had not come to listening for it: on a busy machine the other workers may have done all jobs till then.</summary>
    const int EndedBeforeItBegan = 128 + 15;

    [NeedsFact(Need.LocalServer)]
    public async Task Lose_no_job_and_do_none_twice()
    {
        var random = Seed.Random(0x7707);
        output.WriteLine($"{Seed.Variable}={Seed.Value}");
        var older = await museum.FrameAsync();
        await museum.Master.ExecuteAsync("UPDATE labels.object SET label = REPLACE(label, 'harbour', 'bridge'), version = version + 1");
        FrameOnAPort[] frames = [older, await museum.FrameAsync()];
        await using var queue = new AQueue(museum, random);

        await KillInTheMiddleAsync(queue, frames);
        for (var times = Soaking.Times(5, 100); times > 0; times--)
        {
            while (queue.Workers.Count < 3)
                queue.Start(frames[random.Next(2)]);
            await queue.AskAsync(30);
            await queue.WaitAsync(random.Next(1, 30));
            await queue.KillAsync(random.Next(queue.Workers.Count));
        }

        await queue.AskAsync(30);
        await queue.WaitAsync(random.Next(1, 30));
        var codes = await queue.EndAsync();
        Assert.All(codes, code => Assert.True(code is 0 or EndedBeforeItBegan, $"exit code {code}"));
        Assert.Contains(0, codes); // who did the jobs
        foreach (var frame in frames)
            queue.Start(frame);
        await queue.WaitForAllAsync();

        await AssertDoneAsync(frames);
    }

    /// <summary>Where the workers are is no chance here: a lock holds them between the result and its commit.</summary>
    async Task KillInTheMiddleAsync(AQueue queue, FrameOnAPort[] frames)
    {
        await using var holder = await museum.Master.ConnectAsync();
        await holder.ExecuteAsync("START TRANSACTION", default);
        await holder.QueryAsync("SELECT * FROM work.result WHERE job > 0 FOR UPDATE", default); // the gap where new results go
        await queue.AskAsync(1);
        queue.Start(frames[0]);
        // not innodb_trx, which stays as it is while it is asked ten times a second
        await queue.UntilAsync("SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'labels' AND info LIKE 'INSERT INTO work.result%'", "1");

        await queue.KillAsync(0);

        await holder.ExecuteAsync("ROLLBACK", default);
        await queue.UntilAsync("SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'labels'", "0"); // the server has noticed
        Assert.Equal("1", await museum.ScalarAsync("SELECT COUNT(*) FROM work.job WHERE done IS NULL"));
        Assert.Equal("0", await museum.ScalarAsync("SELECT COUNT(*) FROM work.result JOIN work.job ON job.id = result.job WHERE done IS NULL"));
    }

    async Task AssertDoneAsync(FrameOnAPort[] frames)
    {
        await using var master = await museum.Master.ConnectAsync();
        Assert.Equal("0", await master.ScalarAsync("SELECT COUNT(*) FROM work.job WHERE done IS NULL", default));
        Assert.Equal("0", await master.ScalarAsync("SELECT COUNT(*) FROM work.job LEFT JOIN work.result ON result.job = job.id WHERE result.job IS NULL", default));
        var results = await master.QueryAsync("SELECT result.data_version, job.object, result.similar FROM work.result JOIN work.job ON job.id = result.job", default);
        output.WriteLine($"{results.Count} results");
        var expected = new Dictionary<(string, string), string>();
        foreach (var frame in frames)
        {
            await using var connection = await frame.ConnectAsync();
            foreach (var row in await connection.QueryAsync(Similar, default))
                expected[(frame.Build.DataVersion, row[0]!)] = row[1]!;
        }

        var mine = results.Where(row => frames.Any(frame => frame.Build.DataVersion == row[0])).ToList();
        Assert.Equal(2, mine.Select(row => row[0]).Distinct().Count());
        Assert.All(mine, row => Assert.Equal(expected[(row[0]!, row[1]!)], row[2]));
    }
}

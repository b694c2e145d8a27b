using Stillframe.EndToEnd.Infrastructure;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Tablespaces;

/// <summary>Compares with the files that the server's own bulk load leaves.</summary>
[Trait(Soaking.Category, Soaking.Soak)]
public sealed class WrittenTables(ITestOutputHelper output) : IDisposable
{
    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    public void Dispose() => work.Dispose();

    [NeedsTheory(Need.LocalServer)]
    [MemberData(nameof(ComparedRelease.OfThisRun), MemberType = typeof(ComparedRelease))]
    public async Task Have_the_bytes_of_the_servers(string release)
    {
        await using var bench = await TableBench.StartAsync(work.Path, ComparedRelease.Of(release));
        List<LoadedByServer> tables =
        [
            await bench.LoadAsync("empty", "id INT PRIMARY KEY, v VARCHAR(20)", "SELECT seq, 'x' FROM seq_1_to_1 WHERE seq > 1"),
            await bench.LoadAsync("one", "id INT PRIMARY KEY, v VARCHAR(20)", "SELECT seq, 'x' FROM seq_1_to_3"),
            await bench.LoadAsync("page", "id INT UNSIGNED PRIMARY KEY, v VARCHAR(200), KEY (n), n INT", "SELECT seq, REPEAT('x', seq % 100), seq % 7 FROM seq_1_to_300"),
            await bench.LoadAsync("levels", "id BIGINT PRIMARY KEY, v VARCHAR(300) NOT NULL, n INT, KEY (n), UNIQUE (n, id)", "SELECT seq, REPEAT('y', 100 + seq % 100), NULLIF(seq * 7919 % 10007, 3) FROM seq_1_to_20000"),
            await bench.LoadAsync("wide", "a VARBINARY(700), id INT, v VARBINARY(900), PRIMARY KEY (a, id), KEY (v)", "SELECT CONCAT(LPAD(seq, 10, '0'), REPEAT('k', 600)), seq, REPEAT(CHAR(seq % 26 + 97), 800) FROM seq_1_to_3000"),
            await bench.LoadAsync("counted", "id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY, v VARCHAR(20), KEY (v)", "SELECT seq * 3, CONCAT('x', seq % 97) FROM seq_1_to_5000"),
            await bench.LoadAsync("below", "id BIGINT PRIMARY KEY, n SMALLINT AUTO_INCREMENT, KEY (n)", "SELECT seq, seq * 17 % 1000 - 500 FROM seq_1_to_2000"),
            await bench.LoadAsync("floats", "id INT PRIMARY KEY, f FLOAT, d DOUBLE NOT NULL, KEY (f), UNIQUE (d DESC, id)", "SELECT seq, NULLIF((seq * 7919 % 1000 - 500) / 8, 0), (seq * 31 % 1000 - 500) / 7 FROM seq_1_to_3000"),
            await bench.LoadAsync("identifiers", "id UUID PRIMARY KEY, a INET6 NOT NULL, b INET4, KEY (a), KEY (b DESC, id), KEY (u), u UUID", "SELECT CONCAT(LPAD(HEX(seq * 7919), 8, '0'), ELT(seq % 3 + 1, '-1abc-4a1b-8d0e-', '-1abc-7a1b-bd0e-', '-0000-1a1b-9d0e-'), LPAD(HEX(seq), 12, '0')), CONCAT('2001:db8::', HEX(seq * 31 % 4000)), NULLIF(CONCAT('10.', seq % 256, '.0.', seq * 7 % 256), '10.9.0.63'), ELT(seq % 3, '00000000-0000-0000-0000-000000000000', '123e4567-e89b-42d3-a456-426614174000') FROM seq_1_to_3000"),
            await bench.LoadAsync("extents", "id INT PRIMARY KEY, v CHAR(250) CHARACTER SET latin1, n INT, KEY (n)", "SELECT seq, seq, seq * 31 % 1000 FROM seq_1_to_400000"),
            await bench.LoadAsync("outside", "id INT PRIMARY KEY, a LONGTEXT, b VARCHAR(4000), c LONGBLOB, n INT, KEY (n), KEY (b(20))", "SELECT seq, REPEAT('a', ELT(seq % 9 + 1, 8000, 8080, 8126, 8127, 16329, 16330, 16331, 32661, 60000)), REPEAT('b', seq * 97 % 4001), IF(seq % 4 = 0, REPEAT('c', seq * 41 % 40000), NULL), seq % 3 FROM seq_1_to_2000"),
        ];
        if (Soaking.IsOn)
            tables.Add(await bench.LoadAsync("described", "id INT PRIMARY KEY, v CHAR(250) CHARACTER SET latin1, n INT, KEY (n)", "SELECT seq, seq, seq * 31 % 1000 FROM seq_1_to_1200000")); // more extents than one page describes
        await bench.StopAsync();
        foreach (var table in tables)
            Assert.True(bench.Compare(table, isSorted: true) is var difference && difference is null, $"{table.Name} ({table.Definition}): {difference}");
    }

    /// <summary>Of thousands more, <c>./build.sh Soak</c>.</summary>
    [NeedsTheory(Need.LocalServer)]
    [MemberData(nameof(ComparedRelease.OfThisRun), MemberType = typeof(ComparedRelease))]
    public async Task Of_any_columns_keys_and_order_have_the_bytes_of_the_servers(string release)
    {
        var random = new RandomTables(Seed.Value, Soaking.Times(500, 2_000), 1, output.WriteLine, ComparedRelease.Of(release));
        await random.RunAsync();
        Assert.True(random.Failures.Count == 0, string.Join("\n", random.Failures.Take(12)));
        Assert.True(random.IsMostlyWritten, random.Summary);
    }
}

using System.Text;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.EndToEnd.Oracle.Generator;
using Stillframe.Loading;

namespace Stillframe.EndToEnd.Oracle;

/// <summary>InnoDB does not write what the first row of a bulk load counts to, and forgets everything when that is rolled back.</summary>
public class CountersOfTables
{
    static readonly string[] Tables =
    [
        "id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, v VARCHAR(10)) AUTO_INCREMENT=56|(685,'x')",
        "id INT NOT NULL AUTO_INCREMENT, v VARCHAR(10) PRIMARY KEY, KEY (id))|(900,'x'),(1,'y'),(2,'z')",
        "id FLOAT NOT NULL AUTO_INCREMENT PRIMARY KEY, v VARCHAR(10))|(900,'x'),(-5,'y')",
        "id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, v VARCHAR(10))|(18446744073709551615,'x')",
        "id TINYINT NOT NULL AUTO_INCREMENT PRIMARY KEY, v VARCHAR(10)) AUTO_INCREMENT=100|(127,'x'),(4,'y')",
        "id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, v VARCHAR(10)) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (5), PARTITION p1 VALUES LESS THAN (10))|(1,'x'),(2,'z'),(9,'y')",
        "id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, v VARCHAR(10)) ENGINE=Aria|(7,'x')",
        "id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, v VARCHAR(10)) AUTO_INCREMENT=1000|(1,'x'),(2,'longer than the column is'),(3,'z')",
    ];

    [NeedsTheory(Need.LocalServer)]
    [InlineData(CompilerKind.Auto)]
    [InlineData(CompilerKind.Server)]
    public async Task Are_those_of_a_server_that_the_client_loaded(CompilerKind compiler)
    {
        using var work = TemporaryDirectory.Create(WorkDirectory.Path);
        await using var client = await ClientLoads.StartAsync(work.Path);
        using var frames = new FrameLoads(work.Path) { Compiler = compiler };
        var outcomes = await new Trial(client, frames, Path.Combine(work.Path, "dumps")) { ShrinkingSteps = 0 }.RunAsync([.. Tables.Select(Dump)]);
        Assert.Equal(Tables.Length, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.True(outcome.Kind == OutcomeKind.Same, $"{outcome.Dump.Text}\n{outcome.Kind}: {outcome.Detail}"));
    }

    static GeneratedDump Dump(string table, int index)
    {
        var parts = table.Split('|');
        var text = $"SET sql_mode = '';\nCREATE DATABASE counter{index};\nUSE counter{index};\nCREATE TABLE t ({parts[0]};\nINSERT INTO t VALUES {parts[1]};\n";
        return new(index, "counter", $"counter{index}", [new($"counter{index}.sql", null, [Encoding.UTF8.GetBytes(text)])]);
    }
}

using System.Globalization;
using Stillframe.Dumps;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Loading;
using Stillframe.Masking;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Masking;

public class MaskedEveryType(ITestOutputHelper output)
{
    const string Key = "a key that only this test knows, 2";

    static readonly string[] schemas = ["plain", "bulk"];

    static readonly string[][] options = [[], ["--hex-blob", "--complete-insert"], ["--default-character-set=binary"]];

    /// <summary>Random masks of every column that can have them.</summary>
    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.LocalServer)]
    public async Task Is_the_same_by_statements_and_in_bulk()
    {
        output.WriteLine($"seed {Seed.Value}");
        var random = Seed.Random(7);
        await using var bench = await BulkBench.StartAsync();
        await bench.RunAsync("source", EveryType.Statements());
        foreach (var arguments in options)
        {
            var file = await bench.DumpAsync("source", arguments);
            var summaries = schemas.ToDictionary(schema => schema, schema => DumpInspector.Inspect([file], new() { DefaultSchema = schema }, SilentReporter.Instance, default));
            var rules = Rules(summaries["plain"], random, arguments.Contains("--default-character-set=binary"));
            Assert.True(rules.Count > 40, string.Join('\n', rules));
            await bench.LoadPlainAsync("plain", file, Masks("plain"));
            await bench.LoadBulkAsync(file, "bulk", Masks("bulk"));
            await bench.AssertSameAsync("plain", "bulk", $"seed {Seed.Value}, {string.Join(' ', arguments)}: {string.Join('\n', rules)}");
            await AssertMaskedAsync(bench, summaries["plain"], rules, arguments);

            DumpMasks Masks(string schema) => DumpMasks.Of(new([.. rules.Select(rule => rule with { Columns = $"{schema}.{rule.Columns.Split('.', 2)[1]}" })], [], Key), summaries[schema]);
        }
    }

    /// <summary>Asks the server: as many values, as many different ones where the mask is a permutation, and none where there was to be none.</summary>
    static async Task AssertMaskedAsync(BulkBench bench, DumpSummary summary, IReadOnlyList<MaskRule> rules, string[] arguments)
    {
        await using var connection = await bench.ConnectAsync();
        foreach (var rule in rules)
        {
            var (table, column) = (summary.Tables.Single(table => rule.Columns.StartsWith($"plain.{Pattern(table.Name)}.", StringComparison.Ordinal)), rule.Columns.Split('.')[2]);
            var name = table.Definition!.Columns.Single(one => Pattern(one.Name) == column).Name;
            var isPermutation = rule.Kind is MaskKind.Digits or MaskKind.Date || rule.Kind is MaskKind.Hash;
            var counted = $"COUNT(*), {(rule.Kind == MaskKind.Null ? "0" : $"COUNT({Sql(name)})")}, {(isPermutation ? $"COUNT(DISTINCT CAST({Sql(name)} AS BINARY))" : "0")}";
            var before = await connection.QueryAsync($"SELECT {counted} FROM source.{Sql(table.Name)}", default);
            var after = await connection.QueryAsync($"SELECT {counted} FROM plain.{Sql(table.Name)}", default);
            Assert.True(before[0].SequenceEqual(after[0]), $"{string.Join(' ', arguments)}: {rule}: {string.Join(' ', before[0])} and {string.Join(' ', after[0])}");
        }
    }

    /// <summary>Names have signs of patterns in them.</summary>
    static string Pattern(string name) => name.Replace('.', '?').Replace('`', '?');

    static string Sql(string name) => Connections.Sql.Identifier(name);

    static List<MaskRule> Rules(DumpSummary summary, Random random, bool isBinary)
    {
        var rules = new List<MaskRule>();
        foreach (var table in summary.Tables)
        {
            foreach (var column in table.Definition!.Columns)
            {
                var kinds = Enum.GetValues<MaskKind>().Where(kind => kind != MaskKind.Keep).OrderBy(_ => random.Next()).ToList();
                foreach (var kind in kinds)
                {
                    if (isBinary && column.Name.Contains("utf32", StringComparison.Ordinal) && kind is (MaskKind.Hash or MaskKind.Email or MaskKind.Name or MaskKind.Constant))
                        continue; // refused when their values come
                    var rule = new MaskRule($"plain.{Pattern(table.Name)}.{Pattern(column.Name)}", kind.ToString(), random.Next(3).ToString(CultureInfo.InvariantCulture), "7");
                    if (!Fits([.. rules, rule], summary))
                        continue;
                    rules.Add(rule);
                    break;
                }
            }
        }

        return rules;
    }

    static bool Fits(IReadOnlyList<MaskRule> rules, DumpSummary summary)
    {
        try
        {
            new MaskRequest(rules, [], Key).Check(summary);
            return true;
        }
        catch (StillframeException)
        {
            return false;
        }
    }
}

using System.Text;
using Stillframe.Dumps;
using Stillframe.Masking;

namespace Stillframe.Tests.Masking;

/// <summary>What becomes of a dump's rows by one set of masks.</summary>
static class AMask
{
    public const string Key = "0123456789abcdef0123456789abcdef";

    public static MaskRequest Request(params IEnumerable<MaskRule> rules) => new([.. rules], [], Key);

    public static MaskRule Of(string column, string mask, string domain = "", string? value = null) => new(column.Contains('.', StringComparison.Ordinal) ? column : $"shop.t.{column}", mask, domain, value);

    /// <summary>The statements with rows of a dump, masked as they are where a dump is run in its order.</summary>
    public static IReadOnlyList<string> Rows(string dump, MaskRequest request, DumpOptions? options = null)
    {
        using var file = new Tests.Dumps.Dump(dump);
        var summary = DumpInspector.Inspect([file.File], options ?? new(), SilentReporter.Instance, default);
        using var masker = new StatementMasker(DumpMasks.Of(request, summary));
        var rows = new List<string>();
        foreach (var statement in DumpReader.Read([file.File], options ?? new(), SilentReporter.Instance, default))
        {
            var text = masker.Apply(statement);
            if (statement.Kind == StatementKind.Rows)
                rows.Add(Encoding.UTF8.GetString(text.Span));
        }

        return rows;
    }

    /// <summary>Masked values of one column, as literals.</summary>
    public static IReadOnlyList<string> Values(string type, MaskRule rule, params IEnumerable<string> literals) =>
        [.. Rows($"CREATE TABLE t (v {type});" + string.Concat(literals.Select(literal => $"INSERT INTO t VALUES ({literal});")), Request(rule with { Columns = "shop.t.v" }))
            .Select(row => row["INSERT INTO t VALUES (".Length..^1])];

    public static StillframeException Error(string dump, MaskRequest request) => Assert.Throws<StillframeException>(() => Rows(dump, request));
}

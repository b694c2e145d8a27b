using Stillframe.Dumps;
using Stillframe.Frames;
using Stillframe.Masking;

namespace Stillframe.Tests;

/// <summary>Two frames that a reader can tell apart have two data versions.</summary>
public class DataVersions
{
    static readonly DumpSummary summary = Summary("shop", "1");
    static readonly Dictionary<string, string> none = [];
    static readonly string[] script = [new('a', 64)];

    static readonly string plain = Of();

    static readonly string[] others =
    [
        Of(summary: Summary("shop", "2")),
        Of(summary: Summary("other", "1")),
        Of(summary: Summary(null, "1")),
        Of(scripts: script),
        Of(scripts: [new('b', 64)]),
        Of(scripts: [.. script, .. script]),
        Of(scripts: script, summary: Summary("shop", "1") with { Source = new() { DumpTime = new(2026, 1, 2) } }),
        Of(dumpOptions: new() { RefusedStatements = RefusedStatements.Skip }),
        Of(dumpOptions: new() { AllowedStatements = ["HANDLER"] }),
        Of(reader: "other"),
        Of(password: "other"),
        Of(password: ""),
        Of(serverOptions: new() { ["sql_mode"] = "ANSI" }),
        Of(serverOptions: new() { ["sql_mode"] = "" }),
    ];

    [Fact]
    public void Differ_in_whatever_a_reader_sees() => Assert.Equal(others.Length + 1, others.Append(plain).Distinct().Count());

    [Fact]
    public void Are_hex_digits_and_the_same_each_time()
    {
        Assert.Matches("^[0-9a-f]{64}$", plain);
        Assert.Equal(plain, Of());
        Assert.Equal(
            Of(serverOptions: new() { ["a"] = "1", ["b"] = "2" }, dumpOptions: new() { AllowedStatements = ["A", "B"] }),
            Of(serverOptions: new() { ["b"] = "2", ["a"] = "1" }, dumpOptions: new() { AllowedStatements = ["B", "A", "B"] }));
    }

    [Fact]
    public void Do_not_depend_on_when_a_dump_was_made_that_no_script_follows() =>
        Assert.Equal(plain, Of(summary: Summary("shop", "1") with { Source = new() { DumpTime = new(2026, 1, 2) } }));

    [Fact]
    public void Do_not_show_the_password()
    {
        var parts = DataVersionParts.Of(summary, new(), [], "reader", none);
        Assert.DoesNotContain("secret", parts.ToString(), StringComparison.Ordinal);
        Assert.Empty(parts.DifferencesFrom(DataVersionParts.Of(summary, new(), [], "reader", none)));
    }

    [Fact]
    public void Of_masked_rows_need_the_key()
    {
        MaskRule[] rules = [new("shop.t.v", "hash")];
        var masked = DataVersionParts.Of(summary, new(), [], "reader", none, new(rules, [], new('k', 32)));
        Assert.Equal(["the masks (DatabaseMask), or their key"], masked.DifferencesFrom(DataVersionParts.Of(summary, new(), [], "reader", none)));
        Assert.Equal(["the masks (DatabaseMask), or their key"], masked.DifferencesFrom(DataVersionParts.Of(summary, new(), [], "reader", none, new(rules, [], new('l', 32)))));
        Assert.Equal(["the dump"], masked.DifferencesFrom(DataVersionParts.Of(Summary("shop", "2"), new(), [], "reader", none, new(rules, [], new('k', 32)))));
        Assert.NotEqual(summary.DataVersion, masked.Dump);
        Assert.Equal(plain, DataVersionParts.Of(summary, new(), [], "reader", none, new([new("shop.t.v", "keep")], [], null)).With("secret"));
    }

    [Fact]
    public void Say_what_is_different()
    {
        var parts = DataVersionParts.Of(summary, new(), [], "reader", none);
        Assert.Equal(["the dump"], parts.DifferencesFrom(DataVersionParts.Of(Summary("shop", "2"), new(), [], "reader", none)));
        Assert.Equal(["DatabaseReaderUser"], parts.DifferencesFrom(DataVersionParts.Of(summary, new(), [], "other", none)));
    }

    static string Of(
        DumpSummary? summary = null, DumpOptions? dumpOptions = null, string[]? scripts = null, string reader = "reader", string password = "secret",
        Dictionary<string, string>? serverOptions = null) =>
        DataVersionParts.Of(summary ?? DataVersions.summary, dumpOptions ?? new(), scripts ?? [], reader, serverOptions ?? none).With(password);

    static DumpSummary Summary(string? schema, string fingerprint) =>
        new() { DataVersion = fingerprint, Tables = [], Schemas = [], Files = [new("shop.sql", 1, new('c', 64), schema)], Source = new() };
}

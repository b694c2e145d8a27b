using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Stillframe.Dumps;

/// <summary>Gathers what a dump defines, without its rows: tables, views, triggers, routines, events, schemas and sequences. What tables count to belongs to their rows.</summary>
internal sealed partial class DumpStructure : IDisposable
{
    readonly SortedDictionary<(string Kind, string Schema, string Name), FieldHash> parts = [];

    /// <param name="hashedSchema">Empty where the statement's schema has its name from the dump file's alone.</param>
    /// <param name="state">What of the session counts.</param>
    public void Add(DumpStatement statement, string hashedSchema, string state)
    {
        if (Kind(statement) is not { } kind)
            return;
        var key = (kind, hashedSchema, statement.Table ?? "");
        if (!parts.TryGetValue(key, out var hash))
            parts.Add(key, hash = new());
        hash.Append(state);
        hash.Append(WithoutCounter(Encoding.Latin1.GetString(CanonicalText.OfDefinition(statement.Text.Span, statement.Modes))));
    }

    public void DropTable(TableName name)
    {
        foreach (var key in parts.Keys.Where(key => key.Kind == "table" && key.Name == name.Name && (key.Schema.Length == 0 || key.Schema == name.Schema)).ToList())
            Remove(key);
    }

    public void DropSchema(string? schema)
    {
        foreach (var key in parts.Keys.Where(key => key.Schema == schema).ToList())
            Remove(key);
    }

    /// <summary>Fingerprints by names such as <c>table shop.orders</c>; 64 hex digits each.</summary>
    public IReadOnlyDictionary<string, string> Fingerprints() =>
        parts.ToDictionary(part => $"{part.Key.Kind} {string.Join('.', new[] { part.Key.Schema, part.Key.Name }.Where(name => name.Length > 0))}", part => part.Value.Hex());

    /// <summary>64 hex digits over all of them.</summary>
    public static string VersionOf(IReadOnlyDictionary<string, string> fingerprints) =>
        FieldHash.Of(["stillframe schema version 1", .. fingerprints.OrderBy(part => part.Key, StringComparer.Ordinal).SelectMany(part => new[] { part.Key, part.Value })]);

    /// <summary>A table's definition, whatever number its next row has.</summary>
    public static string WithoutCounter(string definition) => AutoIncrement().Replace(definition, "");

    public void Dispose()
    {
        foreach (var hash in parts.Values)
            hash.Dispose();
    }

    static string? Kind(DumpStatement statement) => statement.Kind switch
    {
        StatementKind.CreateTable or StatementKind.AlterTable => "table",
        StatementKind.CreateSchema => "schema",
        StatementKind.View or StatementKind.Trigger or StatementKind.Routine or StatementKind.Event => statement.Kind.ToString().ToLower(CultureInfo.InvariantCulture),
        StatementKind.Other when new StatementHead(statement.Text.Span, statement.Modes) is { Verb: "CREATE" or "ALTER", Object: var made } => (made ?? "object").ToLower(CultureInfo.InvariantCulture),
        _ => null,
    };

    void Remove((string, string, string) key)
    {
        parts[key].Dispose();
        parts.Remove(key);
    }

    [GeneratedRegex(@" ?\bAUTO_INCREMENT ?=? ?\d+\b", RegexOptions.IgnoreCase)]
    private static partial Regex AutoIncrement();
}

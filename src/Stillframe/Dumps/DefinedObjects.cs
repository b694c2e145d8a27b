namespace Stillframe.Dumps;

/// <summary>
/// Gathers the fingerprints of schemas, views, triggers, routines and events. Which of two of them a dump makes first means nothing, unless both are of one name or triggers
/// of one table: tools differ in it.
/// </summary>
internal sealed class DefinedObjects : IDisposable
{
    readonly SortedDictionary<string, FieldHash> hashes = new(StringComparer.Ordinal);

    /// <param name="hashedSchema">Empty where the statement's schema has its name from the dump file's alone.</param>
    /// <param name="state">What of the session counts.</param>
    public void Add(DumpStatement statement, string hashedSchema, string state)
    {
        var name = statement.Kind == StatementKind.Trigger ? TriggerStatement.Table(statement).Name : statement.Table;
        var key = $"{statement.Kind}\0{hashedSchema}\0{name}";
        if (!hashes.TryGetValue(key, out var hash))
            hashes.Add(key, hash = new());
        Append(hash, statement, hashedSchema, state);
    }

    /// <summary>Adds all since the last time to another hash.</summary>
    public void EndInto(FieldHash hash)
    {
        foreach (var (key, one) in hashes)
        {
            hash.Append(key);
            hash.Append(one.Hex());
            one.Dispose();
        }

        hashes.Clear();
    }

    public static void Append(FieldHash hash, DumpStatement statement, string hashedSchema, string state)
    {
        hash.Append(statement.Kind.ToString());
        hash.Append(hashedSchema);
        hash.Append(state);
        hash.Append(CanonicalText.OfDefinition(statement.Text.Span, statement.Modes));
    }

    public void Dispose()
    {
        foreach (var hash in hashes.Values)
            hash.Dispose();
    }
}

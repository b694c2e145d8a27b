using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Stillframe.Dumps;

/// <summary>Gathers the fingerprint of one table.</summary>
/// <param name="hashedSchema">Empty where the schema has its name from the dump file's alone, which means nothing.</param>
internal sealed class TableDigest(TableName name, string hashedSchema) : IDisposable
{
    readonly FieldHash definition = new();
    readonly IncrementalHash rows = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly ArrayBufferWriter<byte> canonical = new();
    byte[] lastHead = [];
    string lastKey = "";
    string lastState = "";
    TableColumns columns = TableColumns.None;
    ValueTraits headTraits;
    bool isAltered;
    string? known;
    long count;
    long bytes;

    public TableName Name => name;

    /// <summary>Its columns and keys; null while there is no CREATE TABLE.</summary>
    public TableDefinition? Definition { get; private set; }

    /// <summary>CREATE TABLE was seen.</summary>
    public bool IsCreated { get; private set; }

    public bool HasTrigger { get; set; }

    /// <summary>A trigger may have had a hand in them: with the same trigger after them, they may be others.</summary>
    public bool HasRowsAfterTrigger { get; set; }

    /// <summary>Why its rows depend on more than themselves; the middle of a sentence, null where they don't. To be asked when the thread has been drained.</summary>
    public string? OrderedBecause { get; private set; }

    /// <summary>Rows take the time of day, as the dump itself has not set it. To be asked when the thread has been drained.</summary>
    public bool TakesClock { get; private set; }

    /// <summary>A column has the time of day by default, or when its row changes.</summary>
    public bool HasClockDefault => columns.OfClock.Count > 0;

    /// <summary>Rows may replace others, and with them rows of other tables. To be asked when the thread has been drained.</summary>
    public bool Replaces { get; private set; }

    public void Define(DumpStatement statement, byte[] canonical, string state, TableColumns columns)
    {
        IsCreated |= statement.Kind == StatementKind.CreateTable;
        isAltered |= statement.Kind != StatementKind.CreateTable;
        Definition = TableDefinitionReader.Read(Definition, statement);
        this.columns = this.columns.And(columns);
        lastHead = [];
        definition.Append(state);
        definition.Append(canonical);
        // an ALTER TABLE after some rows is not the same as one before them
        definition.Append(count.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Rows so far.</summary>
    public long Count => count;

    /// <summary>Adds the rows of a statement.</summary>
    /// <exception cref="StillframeException">SF1006 for what may stand in no row.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> statement, RowContext context, HashBlock hashing)
    {
        var modes = context.Modes;
        var rows = RowsStatement.Parse(statement, modes);
        Announce(rows, modes, context.State, hashing);
        var tuples = rows.Tuples;
        while (tuples.MoveNext())
        {
            count++;
            Append(tuples.HasSpace ? Canonical(tuples.Current, modes) : tuples.Current, hashing);
        }

        var traits = tuples.Traits | headTraits;
        if (!tuples.Tail.IsEmpty)
        {
            Append(Canonical(tuples.Tail, modes), hashing);
            traits |= ValueWords.OfTail(tuples.Tail, modes);
        }

        if (traits != ValueTraits.None || rows.Replace)
            Note(traits, rows.Replace, context);
    }

    /// <summary>Takes over what is known of all its rows.</summary>
    public void Take(RowFile file) => (known, count, bytes) = (file.Fingerprint, file.Rows, file.RowBytes);

    /// <exception cref="StillframeException">SF1006.</exception>
    void Note(ValueTraits traits, bool replaces, RowContext context)
    {
        if ((traits & ValueTraits.Default) != 0)
            traits |= columns.Omitted(new HashSet<string>());
        RowRules.Refuse(traits, context.Location);
        if ((traits & ValueTraits.Unlisted) != 0)
            OrderedBecause ??= $"values of {name} are not literals ({context.Location})";
        TakesClock |= (traits & ValueTraits.Clock) != 0 && !context.HasOwnClock;
        if (replaces || (traits & ValueTraits.Tail) != 0)
        {
            Replaces |= context.ChecksForeignKeys;
            TakesClock |= !context.HasOwnClock && columns.OfClock.Count > 0; // ON UPDATE CURRENT_TIMESTAMP
        }
    }

    /// <summary>To be asked when the thread has been drained.</summary>
    public DumpTable Finish()
    {
        var definition = this.definition.Hex();
        var rows = known ?? Convert.ToHexStringLower(this.rows.GetCurrentHash());
        return new()
        {
            Schema = name.Schema,
            Name = name.Name,
            Fingerprint = FieldHash.Of(definition, rows),
            SchemaFingerprint = definition,
            RowsFingerprint = rows,
            Rows = count,
            RowBytes = bytes,
            Definition = Definition,
        };
    }

    /// <summary>What the table counts for in the data version.</summary>
    public string[] Key() => [hashedSchema, name.Name, Finish().Fingerprint + (HasRowsAfterTrigger ? " after a trigger" : "")];

    public void Dispose()
    {
        definition.Dispose();
        rows.Dispose();
    }

    /// <summary>Verb, columns and session are part of what rows mean, once for all rows that share them.</summary>
    void Announce(RowsStatement rows, LexicalModes modes, string state, HashBlock hashing)
    {
        if (rows.Head.SequenceEqual(lastHead) && state == lastState)
            return;
        (lastHead, lastState) = (rows.Head.ToArray(), state);
        headTraits = RowRules.TraitsOfHead(rows, modes, this.columns, isAltered);
        var key = RowsKey.Of(rows, Canonical(rows.Columns, modes), state);
        if (key == lastKey)
            return;
        lastKey = key;
        hashing.Append(this.rows, Encoding.Latin1.GetBytes(key));
    }

    void Append(ReadOnlySpan<byte> bytes, HashBlock hashing)
    {
        this.bytes += bytes.Length;
        hashing.Append(rows, bytes);
    }

    ReadOnlySpan<byte> Canonical(ReadOnlySpan<byte> text, LexicalModes modes)
    {
        canonical.ResetWrittenCount();
        CanonicalText.Write(text, modes, canonical);
        return canonical.WrittenSpan;
    }
}

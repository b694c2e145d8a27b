using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Stillframe.Dumps;

/// <summary>Gathers the fingerprint of one table.</summary>
/// <param name="hashedSchema">Empty where the schema has its name from the dump file's alone, which means nothing.</param>
internal sealed class TableDigest(string schema, string hashedSchema, string name) : IDisposable
{
    readonly FieldHash _definition = new();
    readonly IncrementalHash _rows = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly ArrayBufferWriter<byte> _canonical = new();
    byte[] _lastHead = [];
    string _lastKey = "";
    string _lastState = "";
    long _count;
    long _bytes;

    public string Schema => schema;

    public string Name => name;

    /// <summary>CREATE TABLE was seen.</summary>
    public bool IsCreated { get; private set; }

    public bool HasTrigger { get; set; }

    public void Define(StatementKind kind, byte[] canonical, string state)
    {
        IsCreated |= kind == StatementKind.CreateTable;
        _definition.Append(state);
        _definition.Append(canonical);
        // an ALTER TABLE after some rows is not the same as one before them
        _definition.Append(_count.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Rows so far.</summary>
    public long Count => _count;

    /// <summary>Adds the rows of a statement.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> statement, LexicalModes modes, string state, HashBlock hashing)
    {
        var rows = RowsStatement.Parse(statement, modes);
        Announce(rows, modes, state, hashing);
        var tuples = rows.Tuples;
        while (tuples.MoveNext())
        {
            _count++;
            Append(tuples.HasSpace ? Canonical(tuples.Current, modes) : tuples.Current, hashing);
        }

        if (!tuples.Tail.IsEmpty)
            Append(Canonical(tuples.Tail, modes), hashing);
    }

    /// <summary>To be asked when the thread has been drained.</summary>
    public DumpTable Finish()
    {
        var definition = _definition.Hex();
        var rows = Convert.ToHexStringLower(_rows.GetCurrentHash());
        return new(schema, name, FieldHash.Of(definition, rows), definition, rows, _count, _bytes);
    }

    /// <summary>What the table counts for in the data version.</summary>
    public string[] Key() => [hashedSchema, name, Finish().Fingerprint];

    public void Dispose()
    {
        _definition.Dispose();
        _rows.Dispose();
    }

    /// <summary>Verb, columns and session are part of what rows mean, once for all rows that share them.</summary>
    void Announce(RowsStatement rows, LexicalModes modes, string state, HashBlock hashing)
    {
        if (rows.Head.SequenceEqual(_lastHead) && state == _lastState)
            return;
        (_lastHead, _lastState) = (rows.Head.ToArray(), state);
        var columns = Encoding.Latin1.GetString(Canonical(rows.Columns, modes));
        var key = $"\u0001{(rows.Replace ? "R" : "I")}{(rows.Ignore ? "I" : "")}|{state}|{columns}\u0001";
        if (key == _lastKey)
            return;
        _lastKey = key;
        hashing.Append(_rows, Encoding.Latin1.GetBytes(key));
    }

    void Append(ReadOnlySpan<byte> bytes, HashBlock hashing)
    {
        _bytes += bytes.Length;
        hashing.Append(_rows, bytes);
    }

    ReadOnlySpan<byte> Canonical(ReadOnlySpan<byte> text, LexicalModes modes)
    {
        _canonical.ResetWrittenCount();
        CanonicalText.Write(text, modes, _canonical);
        return _canonical.WrittenSpan;
    }
}

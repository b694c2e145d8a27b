using System.Security.Cryptography;
using System.Text;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>The fingerprint that a reader of a table's file will find, made of the rows as they are written.</summary>
/// <param name="insert">Of each statement, up to the first row.</param>
sealed class WrittenRows(string insert) : IDisposable
{
    static readonly string State = StateOfRows();

    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly HashThread thread = new();

    /// <summary>As <see cref="DumpTable.RowBytes"/>.</summary>
    public long Bytes { get; private set; }

    /// <param name="row">With its parentheses, and without white space outside of strings.</param>
    public void Add(ReadOnlySpan<byte> row)
    {
        if (Bytes == 0)
            Begin();
        Bytes += row.Length;
        thread.Append(hash, row);
    }

    /// <summary>64 hex digits, as <see cref="DumpTable.RowsFingerprint"/>.</summary>
    public string Finish(CancellationToken cancellationToken)
    {
        thread.Drain(cancellationToken);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    public void Dispose()
    {
        thread.Dispose();
        hash.Dispose();
    }

    void Begin()
    {
        var text = Encoding.UTF8.GetBytes(insert + "()");
        var statement = RowsStatement.Parse(text, default);
        thread.Append(hash, Encoding.Latin1.GetBytes(RowsKey.Of(statement, CanonicalText.Of(statement.Columns, default), State)));
    }

    /// <summary>What the head of a file makes of the session, by the reader's own rules.</summary>
    static string StateOfRows()
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(DumpFileWriter.Head + DumpFileWriter.Tail));
        var reader = new DumpFileReader("head", null, new(), SilentReporter.Instance, CancellationToken.None);
        foreach (var _ in reader.Read(text))
        {
        }

        return reader.Session.ForRows;
    }
}

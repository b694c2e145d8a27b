namespace Stillframe.Dumps;

/// <summary>How dump files are read.</summary>
public sealed record DumpOptions
{
    /// <summary>
    /// Schema for a file that names none. Null takes the one in its header (<c>-- Host: … Database: …</c>), then the last that an
    /// earlier file named by <c>USE</c>, then the file's name without its extensions.
    /// </summary>
    public string? DefaultSchema { get; init; }

    /// <summary>Which server the dump is for: each runs other version comments.</summary>
    public ServerKind Server { get; init; }

    /// <summary>What to do with statements that do not belong in a frame.</summary>
    public RefusedStatements RefusedStatements { get; init; }

    /// <summary>
    /// Kinds of statements that are run with a warning although no list has them, as messages name them (<c>CALL</c>); never what reads or writes
    /// files, makes accounts or loads code.
    /// </summary>
    public IReadOnlyList<string> AllowedStatements { get; init; } = [];

    /// <summary>Patterns of tables, such as <c>shop.log*</c>, whose rows are left out; see <see cref="NamePattern"/>.</summary>
    public IReadOnlyList<string> WithoutRows { get; init; } = [];

    /// <summary>Tables of which only some rows stay. The reader does not look at rows: these are taken later, by a server.</summary>
    public IReadOnlyList<RowSubset> Subsets { get; init; } = [];

    /// <summary>The files as they were when they were inspected: one that is not the same any more is an error (SF1011).</summary>
    internal IReadOnlyList<DumpFile> ReadBefore { get; init; } = [];

    /// <summary>Also those files whose rows a manifest tells the fingerprints of.</summary>
    internal bool ReadsAll { get; init; }

    /// <summary>Whoever asks has just written or hashed the files of the manifest.</summary>
    internal bool TrustsManifest { get; init; }

    /// <summary>Its rows are in <see cref="WithoutRows"/>.</summary>
    internal bool LeavesOut(TableName table) => WithoutRows.Any(pattern => NamePattern.IsOf(pattern, table));

    /// <summary>First size of the buffer, in bytes; it grows to the largest single statement.</summary>
    public int BufferSize { get; init; } = 1 << 20;

    /// <summary>Bytes that a single statement may have at most (SF1009); a server takes 1 GiB.</summary>
    public int MaximumStatementSize { get; init; } = 1 << 30;
}

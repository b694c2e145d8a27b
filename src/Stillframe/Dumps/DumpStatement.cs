
namespace Stillframe.Dumps;

/// <summary>One statement of a dump.</summary>
sealed record DumpStatement
{
    public required StatementKind Kind { get; init; }

    /// <summary>
    /// The statement's bytes from its first to its last, without delimiter and without comments before it. Lies in the
    /// reader's buffer: valid until the next statement is asked for.
    /// </summary>
    public required ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>Where <see cref="Text"/> starts.</summary>
    public required SourceLocation Location { get; init; }

    /// <summary>
    /// The schema it works on: named in the statement itself, or by the last <c>USE</c>, or the file's default schema.
    /// Null where a statement has to do with no schema.
    /// </summary>
    public string? Schema { get; init; }

    /// <summary>Neither the statement nor a <c>USE</c> before it names a schema: <see cref="Schema"/> is the file's default schema.</summary>
    public bool InDefaultSchema { get; init; }

    /// <summary>The table, view, trigger, routine or event it works on, without quotes.</summary>
    public string? Table { get; init; }

    /// <summary>What it works on; empty where it names nothing.</summary>
    internal TableName On => new(Schema ?? "", Table ?? "");

    public LexicalModes Modes { get; init; }

    /// <summary>More tables of the same statement, as <c>DROP TABLE a, b</c> has them; <see cref="Schema"/> goes for those that name none.</summary>
    internal IReadOnlyList<QualifiedName> More { get; init; } = [];

    /// <summary><see cref="On"/> and <see cref="More"/>.</summary>
    internal IEnumerable<TableName> All => More.Select(Named).Append(On);

    /// <summary>A name in the statement's own words.</summary>
    internal TableName Named(QualifiedName name) => new(name.Schema ?? Schema ?? "", name.Name ?? "");

    /// <summary>The file with rows that this statement stands for, and that was not read; null for a statement of a dump's own.</summary>
    public RowFile? Unread { get; init; }

    /// <summary>Why it is not run (of the kind <see cref="StatementKind.Ignored"/>); the middle of a sentence.</summary>
    public string? NotNeeded { get; init; }

    /// <summary>False where version comments were taken out of <see cref="Text"/>, so that the file has other bytes there.</summary>
    internal bool IsAsInFile { get; init; } = true;

    /// <summary>False for what must not reach a server (<see cref="StatementKind.Ignored"/>, <see cref="StatementKind.Refused"/>).</summary>
    public bool IsToBeRun => Kind is not (StatementKind.Ignored or StatementKind.Refused);
}

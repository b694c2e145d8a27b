namespace Stillframe.Dumps;

/// <summary>What a frame is loaded from, after it was read once.</summary>
/// <param name="Paths">Dump files, loaded in this order.</param>
/// <param name="Options">How they are read again; they must be the same files.</param>
/// <param name="Scripts">SQL files run after them.</param>
sealed record DumpInput(IReadOnlyList<string> Paths, DumpOptions Options, DumpSummary Summary, IReadOnlyList<string> Scripts)
{
    /// <summary>Files with rows that take the place of those that the dumps have of these tables, masked already.</summary>
    public IReadOnlyDictionary<TableName, RowFile> Replaced { get; init; } = new Dictionary<TableName, RowFile>();

    /// <summary>How scripts are read: statements that name no schema are of the dumps' first.</summary>
    public DumpOptions ScriptOptions => Options with { DefaultSchema = Summary.Schemas[0] };

    /// <summary>Whatever the dumps make something in, or drop.</summary>
    public IEnumerable<string> Schemas => Summary.Schemas.Concat(Summary.DroppedSchemas).Concat(Summary.Files.Select(file => file.DefaultSchema).OfType<string>()).Distinct(StringComparer.Ordinal);

    /// <summary>To be called with those of <see cref="Paths"/> that are to be read now: some may still be elsewhere.</summary>
    public Func<IReadOnlyList<string>, CancellationToken, Task> FetchAsync { get; init; } = (_, _) => Task.CompletedTask;
}

using Stillframe.Normalizing;

namespace Stillframe.Compiling;

/// <summary>A frame's schema without rows.</summary>
/// <param name="Directory">The data directory after a clean shutdown; belongs to the sandbox that made it.</param>
/// <param name="IdRanges">How its tables are numbered; empty where the dump prescribes an order.</param>
/// <param name="Tables">Of the dump, in byte order of their names.</param>
/// <param name="Schemas">Of the dump.</param>
sealed record CompiledSchema(
    string Directory,
    IReadOnlyList<IdRange> IdRanges,
    IReadOnlyList<SchemaTable> Tables,
    IReadOnlyList<string> Schemas)
{
    /// <summary>Version text of the server that made it.</summary>
    public required string Server { get; init; }

    /// <summary>Null where tables are to be loaded by a server.</summary>
    public SchemaForms? Forms { get; init; }

    /// <summary>Of the directory as it was when the schema was made.</summary>
    public required FileNormalizer Normalizer { get; init; }
}

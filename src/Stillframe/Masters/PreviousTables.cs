using Stillframe.Binlog;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>Which files of the previous dump may be taken, and by whose word.</summary>
/// <param name="dump">Null where there is none.</param>
/// <param name="changes">What the master's log says; null where it says nothing that can be used.</param>
/// <param name="isVerifying">Everything is read, and compared where it should be as it was.</param>
sealed class PreviousTables(PreviousDump? dump, LoggedChanges? changes, ChangeSource source, bool isVerifying)
{
    /// <summary>By the master's clock.</summary>
    public DateTimeOffset Time => dump?.Manifest.Time ?? default;

    /// <summary>Other engines' rows are not those of a moment in the log.</summary>
    public bool IsUnchangedByLog(MasterTable table) => changes is not null && table.HasSnapshot && !changes.Touch(table);

    /// <summary>A sum of rows can't tell a change that the log tells.</summary>
    public bool IsToldByChecksum(MasterTable table) => dump is not null && source != ChangeSource.None && (changes is null || !table.HasSnapshot);

    /// <summary>Rows of other engines may change between two looks.</summary>
    public bool IsVerified(MasterTable table) => isVerifying && table.HasSnapshot;

    /// <inheritdoc cref="PreviousDump.TakeAsync"/>
    public async Task<DumpedFile?> TakeAsync(MasterTable table, string? checksum, string target, string name, CancellationToken cancellationToken) =>
        dump is null ? null : await dump.TakeAsync(table, checksum, target, name, cancellationToken);
}

using Stillframe.Dumps;
using Stillframe.Masters;

namespace Stillframe.Deriving;

/// <summary>Rows that a throw-away server has, as files of a dump directory.</summary>
static class DerivedFiles
{
    /// <param name="directory">Made where it is not there.</param>
    /// <exception cref="StillframeException">SF3001, SF5001, SF5002.</exception>
    public static async Task<IReadOnlyDictionary<TableName, RowFile>> WriteAsync(
        MasterAddress server, IEnumerable<TableName> tables, string directory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        await using var session = await MasterSession.OpenAsync(server, cancellationToken);
        var writer = new TableFile(directory, new(null, null, ChangeSource.None, false), new(0));
        var names = new FileNames();
        var files = new Dictionary<TableName, RowFile>();
        foreach (var name in tables.Order())
        {
            var table = await MasterTable.ReadAsync(session, name, cancellationToken);
            var written = await writer.WriteAsync(session, table, names.Of(name), cancellationToken);
            files.Add(name, new(Path.Combine(directory, written.File.Name), written.File, written.File.Table!.RowsFingerprint!));
        }

        return files;
    }
}

namespace Stillframe.Loading.Bulk;

/// <summary>
/// Keeps the row statements of compressed dumps, which can't be read from the middle, in a file of their own while tables are loaded.
/// </summary>
sealed class RowSpool(string directory) : IDisposable
{
    readonly string path = System.IO.Path.Combine(directory, "rows.sql");
    FileStream? file;

    public string Path => path;

    /// <returns>Where the statement starts in the file.</returns>
    public long Append(ReadOnlySpan<byte> statement)
    {
        file ??= new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        var start = file.Position;
        file.Write(statement);
        file.Write(";\n"u8);
        return start;
    }

    /// <summary>From here on it is read.</summary>
    public void Finish() => file?.Dispose();

    public void Dispose() => Finish();
}

using System.Globalization;
using System.Text;

namespace Stillframe.Benchmarks.Frames;

/// <summary>A generated dump on disk, of which one row can be changed.</summary>
sealed class BenchDump(string path, int tables)
{
    const int Marked = 3; // letters of the first row's name, which has seven at least

    long? row;

    public string Path { get; } = path;

    public double Megabytes => new FileInfo(Path).Length / 1e6;

    /// <summary>The table whose row <see cref="ChangeAsync"/> changes: one in the middle.</summary>
    string ChangedTable => GeneratedDump.Table(tables / 2);

    public static async Task<BenchDump> WriteAsync(string path, int megabytes, int tables, CancellationToken cancellationToken)
    {
        await GeneratedDump.WriteAsync(path, megabytes * 1_000_000L, tables, cancellationToken: cancellationToken);
        return new(path, tables);
    }

    /// <summary>Gives one row of one table another value, a different one for every revision.</summary>
    public async Task ChangeAsync(int revision, CancellationToken cancellationToken)
    {
        row ??= await FindRowAsync(cancellationToken);
        await using var file = new FileStream(Path, FileMode.Open, FileAccess.Write);
        file.Position = row.Value;
        var mark = revision.ToString($"D{Marked}", CultureInfo.InvariantCulture).Select(digit => (byte)('a' + (digit - '0')));
        await file.WriteAsync(mark.ToArray(), cancellationToken);
    }

    /// <summary>Where the name in the table's first row begins.</summary>
    async Task<long> FindRowAsync(CancellationToken cancellationToken)
    {
        var start = Encoding.ASCII.GetBytes($"INSERT INTO `{ChangedTable}` VALUES\n(1,");
        var block = new byte[1 << 20];
        await using var file = File.OpenRead(Path);
        for (long position = 0; position < file.Length; position += block.Length - 1024)
        {
            file.Position = position;
            var read = await file.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken);
            var found = block.AsSpan(0, read).IndexOf(start);
            if (found >= 0 && block.AsSpan(found, read - found).IndexOf((byte)'\'') is var quote and > 0)
                return position + found + quote + 1;
        }

        throw new InvalidOperationException($"'{Path}' has no row of '{ChangedTable}'.");
    }
}

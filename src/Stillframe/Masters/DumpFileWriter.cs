using System.Buffers;
using System.IO.Compression;
using System.Text;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>
/// One compressed file of a dump directory: a session of its own for whoever loads it, with the settings at its start and the line at its end that
/// <c>mariadb-dump</c> writes. The same statements give the same bytes.
/// </summary>
sealed class DumpFileWriter : IAsyncDisposable
{
    const int Block = 256 << 10;

    public const string Head = """
        /*!40101 SET NAMES utf8mb4 */;
        /*!40103 SET TIME_ZONE='+00:00' */;
        /*!40014 SET UNIQUE_CHECKS=0 */;
        /*!40014 SET FOREIGN_KEY_CHECKS=0 */;
        /*!40101 SET SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
        /*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;

        """;

    public const string Tail = """

        /*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;

        -- Dump completed

        """;

    readonly string name;
    readonly NewFile file;
    readonly GZipStream packed;

    DumpFileWriter(string directory, string name)
    {
        this.name = name;
        file = new(Path.Combine(directory, name));
        packed = new(file, CompressionLevel.Fastest, leaveOpen: true);
    }

    /// <summary>Text that is to be written; what is left of it at the end is written then.</summary>
    public ArrayBufferWriter<byte> Buffer { get; } = new(Block + (64 << 10));

    /// <param name="what">For whoever looks into the file, such as <c>rows of shop.customer</c>.</param>
    /// <param name="server">Its version.</param>
    public static DumpFileWriter Begin(string directory, string name, string what, string server)
    {
        var writer = new DumpFileWriter(directory, name);
        writer.Write($"-- Stillframe dump 1, for {what}\n-- Server version\t{server}\n\n");
        writer.Write(Head);
        return writer;
    }

    public void Write(string text) => Encoding.UTF8.GetBytes(text, Buffer);

    /// <summary>Passes the text on when there is much of it.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => Buffer.WrittenCount < Block ? default : WriteAsync(cancellationToken);

    /// <summary>Gives the file its name.</summary>
    public async Task<DumpedFile> FinishAsync(DumpedTable? table, CancellationToken cancellationToken)
    {
        Write(Tail);
        await WriteAsync(cancellationToken);
        await packed.DisposeAsync();
        var (bytes, sha256) = (file.Length, Convert.ToHexStringLower(file.Hash()));
        await file.CommitAsync();
        return new() { Name = name, Bytes = bytes, Sha256 = sha256, Table = table };
    }

    public async ValueTask DisposeAsync()
    {
        await packed.DisposeAsync();
        await file.DisposeAsync();
    }

    async ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        await packed.WriteAsync(Buffer.WrittenMemory, cancellationToken);
        Buffer.ResetWrittenCount();
    }
}

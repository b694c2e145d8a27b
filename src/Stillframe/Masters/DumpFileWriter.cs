using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Threading.Channels;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>
/// One compressed file of a dump directory: a session of its own for whoever loads it, with the settings at its start and the line at its end that
/// <c>mariadb-dump</c> writes. The same statements give the same bytes.
/// </summary>
sealed class DumpFileWriter : IAsyncDisposable
{
    const int Block = 256 << 10;

    /// <summary>Between who reads and who compresses.</summary>
    const int Blocks = 4;

    /// <summary>Of gzip: as small as its usual level, in a fraction of the time; level 1 is no faster and half as large again.</summary>
    const int Level = 2;

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
    readonly Channel<ArrayBufferWriter<byte>> full = Channel.CreateBounded<ArrayBufferWriter<byte>>(Blocks), empty = Channel.CreateUnbounded<ArrayBufferWriter<byte>>();
    readonly Task packing;

    DumpFileWriter(string directory, string name)
    {
        this.name = name;
        file = new(Path.Combine(directory, name));
        packed = new(file, new ZLibCompressionOptions { CompressionLevel = Level }, leaveOpen: true);
        packing = Task.Factory.StartNew(Pack, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Text that is to be written; what is left of it at the end is written then.</summary>
    public ArrayBufferWriter<byte> Buffer { get; private set; } = new(Block + (64 << 10));

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
        full.Writer.TryComplete(); // packing that failed has done so
        await packing;
        await packed.DisposeAsync();
        var (bytes, sha256) = (file.Length, Convert.ToHexStringLower(file.Hash()));
        await file.CommitAsync();
        return new() { Name = name, Bytes = bytes, Sha256 = sha256, Table = table };
    }

    public async ValueTask DisposeAsync()
    {
        full.Writer.TryComplete();
        await packing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await file.DisposeAsync(); // first: what was not finished needs no end
        try
        {
            await packed.DisposeAsync();
        }
        catch (ObjectDisposedException)
        {
            // it had an end to write
        }
    }

    async ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await full.Writer.WriteAsync(Buffer, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            await packing; // says why
            throw;
        }

        Buffer = empty.Reader.TryRead(out var free) ? free : new(Block + (64 << 10));
    }

    /// <summary>Beside the reading of rows, on a thread of its own that everybody else goes before, such as a master on the same machine.</summary>
    void Pack()
    {
        LowPriority.OfThisThread();
        try
        {
            while (full.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (full.Reader.TryRead(out var block))
                {
                    packed.Write(block.WrittenSpan);
                    block.ResetWrittenCount();
                    empty.Writer.TryWrite(block);
                }
            }
        }
        finally
        {
            full.Writer.TryComplete();
        }
    }
}

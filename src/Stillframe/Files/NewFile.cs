using System.Security.Cryptography;

namespace Stillframe.Files;

/// <summary>
/// A file that is there as a whole or not at all: written under a temporary name, hashed on the way, renamed by
/// <see cref="CommitAsync"/>, and removed when disposed of before that.
/// </summary>
/// <exception cref="StillframeException">SF3001 from every write that the disk refuses.</exception>
sealed class NewFile : WriteOnlyStream
{
    readonly string path;
    readonly string temporary;
    readonly FileStream file;
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    long size;
    bool committed;

    public NewFile(string path)
    {
        this.path = Path.GetFullPath(path);
        temporary = $"{this.path}.{Path.GetRandomFileName()[..8]}.partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(this.path)!);
            file = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 128 * 1024);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(e);
        }
    }

    /// <summary>Bytes written so far.</summary>
    public override long Length => size;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await file.WriteAsync(buffer, cancellationToken);
        }
        catch (IOException e)
        {
            throw Refused(e);
        }

        hash.AppendData(buffer.Span);
        size += buffer.Length;
    }

    /// <summary>For a thread that does nothing else.</summary>
    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            file.Write(buffer, offset, count);
        }
        catch (IOException e)
        {
            throw Refused(e);
        }

        hash.AppendData(buffer, offset, count);
        size += count;
    }

    /// <summary>SHA-256 of everything written; asked for once, at the end.</summary>
    public byte[] Hash() => hash.GetHashAndReset();

    /// <summary>Gives the file its name, in place of one that was there.</summary>
    /// <param name="name">Another name than the one it was begun for.</param>
    public async Task CommitAsync(string? name = null)
    {
        try
        {
            await file.DisposeAsync();
            File.Move(temporary, name ?? path, overwrite: true);
            committed = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
            try
            {
                file.Dispose();
            }
            catch (IOException) when (!committed)
            {
                // the disk is full, and this file goes anyway
            }

            if (!committed)
                File.Delete(temporary);
        }

        base.Dispose(disposing);
    }

    StillframeException Refused(Exception e) => Refused(path, e);

    /// <summary>SF3001, with what to do.</summary>
    public static StillframeException Refused(string path, Exception e) =>
        new(ErrorCodes.WriteFailed, $"Can't write '{path}': {e.Message.TrimEnd('.')}. Make room there, or let the build write elsewhere.", innerException: e);
}

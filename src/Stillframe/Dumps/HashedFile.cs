using System.Security.Cryptography;

namespace Stillframe.Dumps;

/// <summary>Passes a file's bytes on and hashes them on the way.</summary>
internal sealed class HashedFile(Stream file, HashThread thread) : ReadOnlyStream
{
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Bytes { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        var count = file.Read(buffer);
        Bytes += count;
        thread.Append(hash, buffer[..count]);
        return count;
    }

    /// <summary>64 hex digits over what has been read.</summary>
    public string Sha256(CancellationToken cancellationToken)
    {
        thread.Drain(cancellationToken);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
            thread.Drain(CancellationToken.None); // it must not hash into what is gone
            hash.Dispose();
        }

        base.Dispose(disposing);
    }
}

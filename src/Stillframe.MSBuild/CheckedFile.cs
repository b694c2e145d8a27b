using System.Security.Cryptography;

namespace Stillframe.MSBuild;

/// <summary>A file as it was when it was read.</summary>
/// <param name="Sha256">64 hex digits over its bytes.</param>
/// <param name="Stamp">Null where the next check has to read it again.</param>
sealed record CheckedFile(string Path, long Length, string Sha256, FileStamp? Stamp)
{
    /// <param name="stamp">Of before it was read.</param>
    /// <param name="time">When that was.</param>
    public static CheckedFile Of(string path, long length, string sha256, FileStamp? stamp, DateTimeOffset time) =>
        new(path, length, sha256, stamp is { } told && told.IsOld(time) ? told : null);

    /// <summary>The file of now, read where it may have changed.</summary>
    /// <param name="known">What it was at the last check; null reads it.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    public static async Task<CheckedFile> NowAsync(string path, CheckedFile? known, CancellationToken cancellationToken)
    {
        var (time, stamp) = (DateTimeOffset.UtcNow, FileStamp.Of(path));
        if (known is { Stamp: { } before } && before == stamp)
            return known;
        await using var stream = File.OpenRead(path);
        var hash = await SHA256.HashDataAsync(stream, cancellationToken);
        return Of(path, stream.Position, Convert.ToHexStringLower(hash), stamp, time);
    }

    public bool HasBytesOf(CheckedFile other) => Sha256 == other.Sha256;
}

using System.Runtime.Versioning;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Verification;

namespace Stillframe.Serving;

/// <summary>Frames that are served without a container engine: unpacked once, for everybody who serves them as this user.</summary>
[UnsupportedOSPlatform("windows")]
static class FrameCache
{
    /// <summary>For how long a frame is kept that nobody starts.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Where scratch copies are, too: on one disk, some file systems copy by reference.</summary>
    public static string Scratch => Path.Combine(UserCache.Directory, "scratch");

    static string Frames => Path.Combine(UserCache.Directory, "frames");

    /// <returns>A directory that stands for the frame's <c>/</c>; none of its files can be written.</returns>
    /// <exception cref="StillframeException">SF3001; whatever opening a layer throws. A frame is there as a whole or not at all.</exception>
    public static async Task<string> GetAsync(OciImage image, IReporter reporter, CancellationToken cancellationToken)
    {
        var kept = Path.Combine(Frames, image.Digest.Hex);
        if (!Directory.Exists(kept))
        {
            reporter.Message(Importance.High, $"Unpacking the frame {image.Digest.Hex[..12]} into '{kept}', once ({ByteCount.Text(image.Size)} compressed).");
            try
            {
                await UnpackAsync(image, kept, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StillframeException(ErrorCodes.WriteFailed, $"The frame can't be unpacked into '{Frames}': {e.Message.TrimEnd('.')}. Make room there, or set another cache directory (XDG_CACHE_HOME).", innerException: e);
            }

            RemoveOld();
        }

        Directory.SetLastWriteTimeUtc(kept, DateTime.UtcNow);
        return Path.Combine(kept, "root");
    }

    static async Task UnpackAsync(OciImage image, string kept, CancellationToken cancellationToken)
    {
        await using var work = TemporaryDirectory.Create(Frames);
        var frame = Directory.CreateDirectory(Path.Combine(work.Path, "frame"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        try
        {
            var root = Directory.CreateDirectory(Path.Combine(frame, "root")).FullName;
            await UnpackedFrame.UnpackAsync(image, root, cancellationToken);
            UnpackedFrame.Seal(root);
            Directory.Move(frame, kept);
        }
        catch (IOException) when (Directory.Exists(kept))
        {
            // another process was first
        }
        finally
        {
            if (Directory.Exists(frame))
                UnpackedFrame.Unseal(frame);
        }
    }

    static void RemoveOld()
    {
        foreach (var frame in new DirectoryInfo(Frames).EnumerateDirectories().Where(found => Digest.TryParse($"sha256:{found.Name}", out _) && found.LastWriteTimeUtc < DateTime.UtcNow - Kept))
        {
            UnpackedFrame.Unseal(frame.FullName);
            DirectoryTree.TryDelete(frame.FullName);
        }
    }
}

using System.Text.Json;
using Stillframe.Images;

namespace Stillframe.Frames;

/// <summary>
/// The file beside an image layout that says what the frame in it was made from: the same inputs again need no build.
/// </summary>
/// <param name="Inputs">SHA-256 over everything that decides about the frame's bytes.</param>
sealed record FrameRecord(string Inputs, FrameBuild Frame)
{
    const string FileName = "stillframe.json";

    static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>
    /// Null where there is no frame, or one made from something else, or one of which something is gone: index, manifest and configuration are read, of the
    /// other blobs the sizes are looked at.
    /// </summary>
    public static async Task<FrameBuild?> FindAsync(string layoutDirectory, string inputs, IReporter reporter, CancellationToken cancellationToken)
    {
        try
        {
            var record = JsonSerializer.Deserialize<FrameRecord>(await File.ReadAllBytesAsync(Path.Combine(layoutDirectory, FileName), cancellationToken), Json);
            if (record?.Inputs != inputs)
                return null;
            var image = await ImageLayout.ReadAsync(layoutDirectory, cancellationToken: cancellationToken);
            if (image.Digest.ToString() == record.Frame.Digest)
                return record.Frame with { LayoutDirectory = layoutDirectory, Reused = true };
            reporter.Message(Importance.Normal, $"'{layoutDirectory}' has another frame than its '{FileName}' says: it is made anew.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // as good as none
        }
        catch (StillframeException e) when (e.Code is ErrorCodes.LayoutInvalid or ErrorCodes.DigestMismatch)
        {
            reporter.Message(Importance.Normal, $"The frame has to be made anew. {e.Message}");
        }

        return null;
    }

    public void Write()
    {
        var path = Path.Combine(Frame.LayoutDirectory, FileName);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(this, Json));
        File.Move(path + ".new", path, overwrite: true);
    }
}

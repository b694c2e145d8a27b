using System.Text.Json;

namespace Stillframe;

/// <summary>
/// The file beside an image layout that says what the frame in it was made from: the same inputs again need no build.
/// </summary>
/// <param name="Inputs">SHA-256 over everything that shapes the frame.</param>
sealed record FrameRecord(string Inputs, FrameBuild Frame)
{
    const string FileName = "stillframe.json";

    static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Null where there is no frame, or one made from something else.</summary>
    public static FrameBuild? Find(string layoutDirectory, string inputs)
    {
        try
        {
            var record = JsonSerializer.Deserialize<FrameRecord>(File.ReadAllBytes(Path.Combine(layoutDirectory, FileName)), Json);
            return record?.Inputs == inputs ? record.Frame with { LayoutDirectory = layoutDirectory, Reused = true } : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Write()
    {
        var path = Path.Combine(Frame.LayoutDirectory, FileName);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(this, Json));
        File.Move(path + ".new", path, overwrite: true);
    }
}

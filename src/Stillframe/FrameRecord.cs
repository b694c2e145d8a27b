using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stillframe.Dumps;
using Stillframe.Engines;

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

    public static async Task<string> InputsAsync(FrameRequest request, DumpSummary summary, IWorkbench workbench, CancellationToken cancellationToken)
    {
        var scripts = new List<string>();
        foreach (var script in request.Scripts)
        {
            await using var stream = File.OpenRead(script);
            scripts.Add(Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)));
        }

        var inputs = JsonSerializer.Serialize(new
        {
            FrameDescription.PackageVersion,
            Module = typeof(FrameRecord).Module.ModuleVersionId,
            summary.DataVersion,
            Schemas = summary.Files.Select(file => file.DefaultSchema),
            summary.Source,
            Scripts = scripts,
            request.Reader,
            request.RefusedStatements,
            Options = request.ServerOptions.OrderBy(option => option.Key, StringComparer.Ordinal),
            Labels = request.Labels.OrderBy(label => label.Key, StringComparer.Ordinal),
            request.Description,
            workbench.Release,
            workbench.BaseImage,
            Epoch = FrameDescription.Created(summary.Source),
        });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(inputs)));
    }
}

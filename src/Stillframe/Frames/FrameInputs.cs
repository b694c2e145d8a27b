using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stillframe.Dumps;
using Stillframe.Engines;

namespace Stillframe.Frames;

/// <summary>Hashes of what a frame is made from, by which a build sees that there is nothing to do; 64 hex digits each.</summary>
/// <param name="DataVersion">Over everything that a reader sees, as far as it was asked for; <see cref="DataVersionParts"/>.</param>
/// <param name="Content">Over that, the server, and how it is packed: a frame with the same one need not be made again.</param>
/// <param name="All">Over that and what describes it: version, revision, the dump's time and position.</param>
sealed record FrameInputs(string DataVersion, string Content, string All)
{
    public static FrameInputs Of(FrameRequest request, DumpSummary summary, string dataVersion, ISandbox sandbox)
    {
        var content = Hash(new
        {
            FrameDescription.PackageVersion,
            Module = typeof(FrameInputs).Module.ModuleVersionId,
            dataVersion,
            Compiler = request.Compiler.ToString(),
            Compression = request.Compression.Identity,
            Labels = request.Labels.OrderBy(label => label.Key, StringComparer.Ordinal),
            sandbox.Release,
            sandbox.BaseImage,
            sandbox.Server,
        });
        if (request.OtherPlatforms.Any())
            content = Hash(new { content, Others = request.OtherPlatforms.Select(platform => platform.ToString()).Order(StringComparer.Ordinal) });
        return new(dataVersion, content, Hash(new { content, summary.Source, request.Description, Epoch = FrameDescription.Created(summary.Source) }));
    }

    static string Hash<T>(T inputs) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(inputs))));
}

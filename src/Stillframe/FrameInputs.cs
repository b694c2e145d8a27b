using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stillframe.Dumps;
using Stillframe.Engines;

namespace Stillframe;

/// <summary>Hashes of what a frame is made from, by which a build sees that there is nothing to do; 64 hex digits each.</summary>
/// <param name="Content">Over everything that shapes the data and how it is served: of two such frames one will do.</param>
/// <param name="All">Over that and what is said about it: version, revision, the dump's time and position.</param>
sealed record FrameInputs(string Content, string All)
{
    public static async Task<FrameInputs> OfAsync(FrameRequest request, DumpSummary summary, IWorkbench workbench, CancellationToken cancellationToken)
    {
        var scripts = new List<string>();
        foreach (var script in request.Scripts)
        {
            await using var stream = File.OpenRead(script);
            scripts.Add(Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)));
        }

        var content = Hash(new
        {
            FrameDescription.PackageVersion,
            Module = typeof(FrameInputs).Module.ModuleVersionId,
            summary.DataVersion,
            Schemas = summary.Files.Select(file => file.DefaultSchema),
            Scripts = scripts,
            request.Reader,
            request.RefusedStatements,
            request.Compression,
            Options = request.ServerOptions.OrderBy(option => option.Key, StringComparer.Ordinal),
            Labels = request.Labels.OrderBy(label => label.Key, StringComparer.Ordinal),
            workbench.Release,
            workbench.BaseImage,
            workbench.Server,
        });
        return new(content, Hash(new { content, summary.Source, request.Description, Epoch = FrameDescription.Created(summary.Source) }));
    }

    static string Hash<T>(T inputs) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(inputs))));
}

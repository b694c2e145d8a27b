using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Frames;
using Stillframe.Images;

namespace Stillframe.EndToEnd.Linking;

/// <summary>Which layer of a frame a table's file is in.</summary>
static class TableLayers
{
    /// <summary>Digests by file, such as <c>shop/orders.ibd</c>, but for tables without rows, which are beside the server's own files.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(FrameBuild frame, params string[] schemas)
    {
        var found = new Dictionary<string, string>();
        foreach (var layer in (await ImageLayout.ReadAsync(frame.LayoutDirectory)).Layers)
        {
            var blob = Path.Combine(frame.LayoutDirectory, "blobs/sha256", layer.Descriptor.Digest.Hex);
            if (!File.Exists(blob))
                continue; // the base image's, which stays with its engine
            var listed = await Command.SucceedAsync("tar", ["-tf", blob]);
            if (listed.Contains("/ibdata1", StringComparison.Ordinal))
                continue;
            foreach (var path in listed.Split('\n').Where(path => path.EndsWith(".ibd", StringComparison.Ordinal)))
                if (path.Split('/') is [.., var schema, var file] && schemas.Contains(schema))
                    found.Add($"{schema}/{file}", layer.Descriptor.Digest.Hex);
        }

        return found;
    }
}

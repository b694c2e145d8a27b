using System.Security.Cryptography;
using System.Text;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Oci;

namespace Stillframe.EndToEnd.Linking;

/// <summary>
/// Digests of frames as they were made before, by release of the server: a change that is not meant to change frames leaves them as they are.
/// Counted are the names and contents of the layers with data; not the link map, which names the format of what is stored, nor the server's own files.
/// </summary>
static class ReferenceFrames
{
    const string File = "tests/Data/reference-frames.txt";

    static readonly string[] NotCounted = ["base image self", "stillframe: link map"];

    /// <summary>Compares, if this release of the server is among those noted.</summary>
    public static async Task AssertAsync(string name, FrameBuild frame)
    {
        var known = System.IO.File.ReadLines(Repository.PathOf(File)).Select(line => line.Split(' ')).Where(words => words[0] == frame.Server).ToDictionary(words => words[1], words => words[2]);
        var digest = await DigestAsync(frame);
        if (known.Count > 0)
            Assert.True(known.GetValueOrDefault(name) == digest, $"The frame differs from the one that {File} knows. If that was meant, say so in CHANGELOG.md and write there:\n{frame.Server} {name} {digest}");
    }

    static async Task<string> DigestAsync(FrameBuild frame)
    {
        var config = await (await ImageLayout.ReadAsync(frame.LayoutDirectory)).ReadConfigAsync(default);
        var names = config.ToJson()["history"]!.AsArray().Select(entry => entry!["created_by"]!.GetValue<string>());
        var layers = names.Zip(config.DiffIds).Where(layer => !NotCounted.Contains(layer.First)).Select(layer => $"{layer.First} {layer.Second}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(layers))));
    }
}

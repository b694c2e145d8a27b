using Stillframe.Destinations;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.EndToEnd.Package;

/// <summary>
/// The tests' base image in a registry, for several platforms: this machine's as docker has it, and others that say that they are, with a server of which there is
/// nothing but the beginning. No test starts those.
/// </summary>
static class BaseOfPlatforms
{
    const int HeaderBytes = 64;

    /// <param name="machine">What the servers of the others say of their processor (elf(5), <c>e_machine</c>).</param>
    /// <returns>Its reference.</returns>
    public static async Task<string> PushAsync(string host, string repository, string directory, ushort machine, params IEnumerable<string> others)
    {
        var cache = new BlobCache(Path.Combine(directory, "blobs"));
        var here = await new EngineBaseImages("docker", cache, SilentReporter.Instance).ResolveAsync(Needs.BaseImage, default);
        var images = new List<OciImage> { Assemble(here) };
        foreach (var architecture in others)
        {
            var json = here.Config.ToJson();
            json["architecture"] = architecture;
            var other = here with { Config = ImageConfig.Of(json) };
            images.Add(Assemble(other, await ServerAsync(directory, machine)));
        }

        await new RegistryDestination(Reference.Of(host, repository), new()).DeliverAsync(await ImageIndex.JoinAsync(images, default), ["1"], SilentReporter.Instance, default);
        return $"{host}/{repository}:1";
    }

    static OciImage Assemble(BaseImage image, params IReadOnlyList<ImageLayer> more) => ImageAssembler.Assemble(image, more, new() { Entrypoint = ["mariadbd"] });

    static async Task<ImageLayer> ServerAsync(string directory, ushort machine)
    {
        var program = new byte[HeaderBytes];
        "\u007fELF\u0002\u0001"u8.CopyTo(program);
        BitConverter.TryWriteBytes(program.AsSpan(18), machine);
        var plan = new LayerPlan("server", [new LayerEntry.Content("/usr/sbin/mariadbd", program, Modes.Executable)]);
        return ImageLayer.Of(await LayerWriter.WriteAsync(plan, Path.Combine(directory, Path.GetRandomFileName()), new(), default));
    }
}

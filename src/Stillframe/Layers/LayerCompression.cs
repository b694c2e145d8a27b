using System.Globalization;
using Stillframe.Oci;

namespace Stillframe.Layers;

/// <summary>How the bytes of a layer are packed.</summary>
public enum LayerFormat
{
    /// <summary>A plain tar.</summary>
    None,
    /// <summary>RFC 1952; every engine and registry takes it.</summary>
    Gzip,
    /// <summary>Zstandard (RFC 8878), by the system's libzstd. Engines read it since Docker 23, containerd 1.5 and Podman 3.</summary>
    Zstd,
}

/// <summary>How a layer is stored.</summary>
/// <param name="Level">gzip's level, 1 to 9; zstd's, 1 to 19.</param>
public sealed record LayerCompression(LayerFormat Format, int Level)
{
    /// <summary>Layers are plain tars.</summary>
    public static LayerCompression None { get; } = new(LayerFormat.None, 0);

    /// <summary>Half the processor time of <see cref="Fast"/>, but a third more bytes (60 % of a table's file instead of 46 %).</summary>
    public static LayerCompression Fastest { get; } = new(LayerFormat.Gzip, 1);

    /// <summary>As small as database pages get by gzip, within a percent: higher levels only take longer.</summary>
    public static LayerCompression Fast { get; } = new(LayerFormat.Gzip, 2);

    /// <summary>For layers of programs, which are made once.</summary>
    public static LayerCompression Small { get; } = new(LayerFormat.Gzip, 6);

    /// <summary>RFC 8878, at this level.</summary>
    public static LayerCompression Zstd { get; } = new(LayerFormat.Zstd, 1);

    /// <summary>Of layers that are packed so.</summary>
    public string MediaType => Format switch
    {
        LayerFormat.None => MediaTypes.OciLayer,
        LayerFormat.Zstd => MediaTypes.OciLayerZstd,
        _ => MediaTypes.OciLayerGzip,
    };

    /// <summary>
    /// What decides about the bytes that come out: how they are packed, and which library packs them. That of gzip comes with the runtime, zstd's with the system.
    /// </summary>
    /// <exception cref="StillframeException">SF1101: this system has no libzstd.</exception>
    internal string Identity => Format switch
    {
        LayerFormat.None => "tar",
        LayerFormat.Zstd => Identify($"libzstd {Layers.Zstd.Version()}"),
        _ => Identify(string.Create(CultureInfo.InvariantCulture, $".NET {Environment.Version.Major}")),
    };

    /// <summary>Packs a block of bytes by itself: blocks packed follow one another in the layer. Null where nothing is packed.</summary>
    internal Func<byte[], int, MemoryStream>? Packer => Format switch
    {
        LayerFormat.None => null,
        LayerFormat.Zstd => (block, count) => Layers.Zstd.Pack(block.AsSpan(0, count), Level),
        _ => (block, count) => GzipMember.Pack(block, count, Level),
    };

    string Identify(string library) => string.Create(CultureInfo.InvariantCulture, $"{Format} {Level} {library}");
}

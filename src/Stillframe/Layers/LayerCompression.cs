using System.Globalization;
using Stillframe.Deflate;
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
/// <param name="Level">zlib's level, 1 to 9, or 0 for gzip by our own packer; zstd's, 1 to 19.</param>
public sealed record LayerCompression(LayerFormat Format, int Level)
{
    const int OwnLevel = 0;

    /// <summary>Layers are plain tars.</summary>
    public static LayerCompression None { get; } = new(LayerFormat.None, 0);

    /// <summary>As small as database pages get by gzip, within two percent, and the same bytes on every machine; zlib takes half as long again for it.</summary>
    public static LayerCompression Fast { get; } = new(LayerFormat.Gzip, OwnLevel);

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
    /// What decides about the bytes that come out: how they are packed, and which library packs them. zlib comes with the runtime, libzstd with the system.
    /// </summary>
    /// <exception cref="StillframeException">SF1101: this system has no libzstd.</exception>
    internal string Identity => Format switch
    {
        LayerFormat.None => "tar",
        LayerFormat.Zstd => Identify($"libzstd {Layers.Zstd.Version()}"),
        _ when IsOwn => Identify(string.Create(CultureInfo.InvariantCulture, $"Stillframe {Deflater.Version}")),
        _ => Identify(string.Create(CultureInfo.InvariantCulture, $".NET {Environment.Version.Major}")),
    };

    /// <summary>Packs a block of bytes by itself: blocks packed follow one another in the layer. Null where nothing is packed.</summary>
    internal Func<byte[], int, PackedBlock>? Packer => Format switch
    {
        LayerFormat.None => null,
        LayerFormat.Zstd => (block, count) => Layers.Zstd.Pack(block.AsSpan(0, count), Level),
        _ when IsOwn => (block, count) => GzipMember.Pack(block.AsSpan(0, count)),
        _ => (block, count) => GzipMember.Pack(block.AsSpan(0, count), Level),
    };

    bool IsOwn => Level == OwnLevel;

    string Identify(string library) => string.Create(CultureInfo.InvariantCulture, $"{Format} {Level} {library}");
}

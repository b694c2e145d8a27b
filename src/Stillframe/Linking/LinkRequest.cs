using Stillframe.Compiling;
using Stillframe.Dumps;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Loading;
using Stillframe.Masking;

namespace Stillframe.Linking;

/// <summary>What compiling and linking need besides the place to do it in.</summary>
/// <param name="Work">A directory for what comes out.</param>
/// <param name="Require">Is asked for room before tables are loaded (SF3001): these, and whether their dump is read once more for it.</param>
sealed record LinkRequest(
    DumpInput Dumps, FrameContent Frame, CompileOptions Compile, string Work, Action<IReadOnlyList<DumpTable>, bool> Require, LoadProgress Progress)
{
    /// <summary>The layer with the server, made meanwhile; its result is null where the base image has the server.</summary>
    public required Task<LinkedLayer?> Server { get; init; }

    /// <summary>Of the dumps' rows.</summary>
    public DumpMasks Masks { get; init; } = DumpMasks.None;

    /// <summary>The link map of the frame to be, without tables and layers.</summary>
    /// <param name="server">The server's version text.</param>
    public LinkMap Map(string server) => new()
    {
        Format = LinkMap.CurrentFormat,
        DataVersion = Frame.Inputs.DataVersion,
        Inputs = Frame.Inputs.Content,
        Server = server,
        IdRanges = [],
        Tables = [],
        Layers = [],
        DumpFingerprint = Dumps.Summary.DataVersion,
        Structure = Dumps.Summary.Structure,
    };

    /// <summary>The layers below those of tables that the next build can take over.</summary>
    public async Task<IReadOnlyList<LinkedLayer>> LayersBeforeAsync() => await Server is { } server ? [server] : [];
}

/// <summary>A frame's layers, but for those of its base image, and what is in them.</summary>
/// <param name="OfTables">Those of <paramref name="Layers"/> that a server starts without.</param>
sealed record LinkedFrame(IReadOnlyList<FrameTable> Tables, IReadOnlyList<ImageLayer> Layers, IReadOnlyList<TableLayer> OfTables);

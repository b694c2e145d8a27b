using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Layers;
using Stillframe.Loading;
using Stillframe.Masking;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Frames;

/// <summary>Everything a frame is made from.</summary>
public sealed record FrameRequest
{
    /// <summary>Dump files, loaded in this order.</summary>
    public required IReadOnlyList<string> Dumps { get; init; }

    /// <summary>SQL files run after the load and before freezing.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>Patterns of the tables that scripts read and write, as in <see cref="DumpOptions.WithoutRows"/>; none where they may touch any.</summary>
    public IReadOnlyList<string> ScriptTables { get; init; } = [];

    /// <summary>There are scripts, and they name no tables.</summary>
    internal bool ScriptsMayTouchAny => Scripts.Count > 0 && ScriptTables.Count == 0;

    /// <summary>Schema for a dump that names none; null takes the dump's header, then its file name.</summary>
    public string? Schema { get; init; }

    /// <summary>What to do with statements that do not belong in a frame.</summary>
    public RefusedStatements RefusedStatements { get; init; }

    /// <summary>As in <see cref="Dumps.DumpOptions.AllowedStatements"/>.</summary>
    public IReadOnlyList<string> AllowedStatements { get; init; } = [];

    /// <summary>As in <see cref="Dumps.DumpOptions.WithoutRows"/>.</summary>
    public IReadOnlyList<string> WithoutRows { get; init; } = [];

    /// <summary>As in <see cref="Dumps.DumpOptions.Subsets"/>.</summary>
    public IReadOnlyList<RowSubset> Subsets { get; init; } = [];

    /// <summary>What becomes of rows on their way from the dumps.</summary>
    public MaskRequest Masks { get; init; } = MaskRequest.None;

    /// <summary>Where the throw-away server runs, and which it is.</summary>
    public required EngineOptions Engine { get; init; }

    /// <summary>Who may connect to the frame.</summary>
    public required ReaderAccount Reader { get; init; }

    /// <summary>Server variables of the finished frame, without leading dashes.</summary>
    public IReadOnlyDictionary<string, string> ServerOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>Extra labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>What its labels say of it.</summary>
    public ImageDescription Description { get; init; } = new();

    /// <summary>What the frame is to run on: this machine's platform, and others that have the same data. One or none make an image for this machine alone.</summary>
    public IReadOnlyList<Platform> Platforms { get; init; } = [];

    /// <summary>Those beside this machine's.</summary>
    internal IEnumerable<Platform> OtherPlatforms => Platforms.Where(platform => !Platform.Current.Accepts(platform));

    /// <summary>Null where there is no registry to look into; then the frame in <see cref="LayoutDirectory"/> is taken over from.</summary>
    public PreviousFrame? Previous { get; init; }

    /// <summary>How data layers are compressed.</summary>
    public LayerCompression Compression { get; init; } = LayerCompression.Fast;

    /// <summary>What compiles tables. Makes a difference to the frame's bytes, and none to what a reader sees.</summary>
    public CompilerKind Compiler { get; init; } = CompilerKind.Auto;

    /// <summary>Tables loaded at a time; null takes as many as there are processors, up to four. Makes no difference to the frame.</summary>
    public int? Workers { get; init; }

    /// <summary>False compiles every table anew, under the numbers of the previous frame: the same bytes come out.</summary>
    public bool Incremental { get; init; } = true;

    /// <summary>Bytes of compiled tables that are kept between builds.</summary>
    public long CacheLimit { get; init; } = 10L << 30;

    /// <summary>Starts the finished frame once before it is written anywhere.</summary>
    public bool StartCheck { get; init; } = true;

    /// <summary>An OCI image layout is written here (made, or replaced as a whole).</summary>
    public required string LayoutDirectory { get; init; }
}

/// <summary>What the finished image says of itself; see the OCI image specification, "Annotations".</summary>
public sealed record ImageDescription(
    string? Title = null,
    string? Version = null,
    string? Revision = null,
    string? Source = null);

/// <summary>Where the previous frame may be found, of which a build takes over what is still right.</summary>
/// <param name="Reference">Its repository, and its tag where <paramref name="Tags"/> gives none.</param>
/// <param name="Tags">Tried one after the other.</param>
public sealed record PreviousFrame(Reference Reference, RegistryOptions Options, IReadOnlyList<string>? Tags = null)
{
    /// <summary>It was named by hand (<c>DatabaseImagePrevious</c>): where it is not there, that is an error.</summary>
    public bool IsRequired { get; init; }
}

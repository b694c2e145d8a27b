using Microsoft.Build.Framework;
using Stillframe.Frames;
using Stillframe.Oci;

namespace Stillframe.MSBuild;

/// <summary>Makes the frame, in an OCI image layout.</summary>
public sealed class BuildDatabaseImage : DumpTask
{
    /// <summary>The data version that the service was compiled with; empty where it was not.</summary>
    public string ExpectedDataVersion { get; set; } = "";

    /// <summary>The scripts, with the tables that they touch in <c>Tables</c>.</summary>
    public ITaskItem[] ScriptTables { get; set; } = [];

    public string Engine { get; set; } = "";

    public string BaseImage { get; set; } = "";

    public string ServerPath { get; set; } = "";

    public bool AllowEmptyPassword { get; set; }

    /// <summary>What the frame is for; empty for what the service is.</summary>
    public string[] FrameRuntimes { get; set; } = [];

    /// <summary>What the service's image is for.</summary>
    public string[] ServiceRuntimes { get; set; } = [];

    /// <summary>Names of labels, with their values in <c>Value</c>.</summary>
    public ITaskItem[] Labels { get; set; } = [];

    public string Title { get; set; } = "";

    public string Version { get; set; } = "";

    public string Revision { get; set; } = "";

    public string Source { get; set; } = "";

    /// <summary>Where the frame goes; the previous one is looked for there.</summary>
    public string Registry { get; set; } = "";

    public string Repository { get; set; } = "";

    public string[] Tags { get; set; } = [];

    /// <summary>A file or a directory; takes precedence over a registry.</summary>
    public string ArchiveOutputPath { get; set; } = "";

    /// <summary>Reference of the previous frame, in place of the one at the frame's destination.</summary>
    public string Previous { get; set; } = "";

    /// <summary>False compiles every table anew.</summary>
    public bool Incremental { get; set; } = true;

    public string Compression { get; set; } = "";

    /// <summary>Whether files of tables are written without a server, where that is proved to be the same.</summary>
    public string Compiler { get; set; } = "";

    /// <summary>False delivers a frame that was never started.</summary>
    public bool StartCheck { get; set; } = true;

    /// <summary>Days until the embedded engine asks for a newer server; empty for 30.</summary>
    public string ServerMaximumAge { get; set; } = "";

    /// <summary>MiB of compiled tables that are kept on this machine; empty for 10240.</summary>
    public string CacheLimit { get; set; } = "";

    [Required]
    public string LayoutDirectory { get; set; } = "";

    /// <summary>Takes the <see cref="FrameBuild"/>, as JSON.</summary>
    [Required]
    public string BuildFile { get; set; } = "";

    protected override async Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        var request = Request();
        FrameBuilder.Check(request);
        var named = Setting.Optional(Previous) is { } given ? Setting.Reference("DatabaseImagePrevious", given) : null;
        // again: it may be long since the service was compiled, and a publish that builds nothing has not asked yet
        var check = await Checker.CheckAsync(reporter, cancellationToken);
        var parts = Parts(check);
        var dataVersion = parts.With(ReaderPassword);
        if (Setting.Optional(ExpectedDataVersion) is { } expected && expected != dataVersion)
            throw await ChangedAsync(parts, dataVersion, expected, cancellationToken);

        var build = await FrameBuilder.BuildAsync(request with { Previous = PreviousFrame(named, dataVersion) }, reporter, cancellationToken, await Checker.SummaryAsync(cancellationToken));
        if (build.DataVersion != dataVersion)
            throw await ChangedAsync(parts, build.DataVersion, dataVersion, cancellationToken);
        await Json.WriteAsync(BuildFile, build, cancellationToken);
    }

    async Task<StillframeException> ChangedAsync(DataVersionParts parts, string dataVersion, string expected, CancellationToken cancellationToken)
    {
        var then = File.Exists(PartsFile) ? await Json.ReadAsync<DataVersionParts>(PartsFile, cancellationToken) : parts;
        var differences = parts.DifferencesFrom(then) is { Count: > 0 } found ? string.Join(", ", found) : "the reader's password (DatabaseReaderPassword), or a file that changed just now";
        return new(
            ErrorCodes.DumpChanged,
            $"The frame would have data version {dataVersion}, but the service was built with {expected}. What differs: {differences}. Build the service again, or put back what it was built with.");
    }

    FrameRequest Request() => new()
    {
        Dumps = Dumps,
        Scripts = Scripts,
        ScriptTables = MaskItems.ScriptTables(ScriptTables),
        Schema = Options.DefaultSchema,
        RefusedStatements = Options.RefusedStatements,
        AllowedStatements = Options.AllowedStatements,
        WithoutRows = Options.WithoutRows,
        Subsets = Options.Subsets,
        Masks = MaskItems.Request(Masks, MaskRequired),
        Engine = Setting.EngineOptions(Engine, BaseImage, ServerPath) with { ServerMaximumAge = Setting.Days("DatabaseServerMaximumAge", ServerMaximumAge, 30), Server = Setting.Server(Server) },
        Reader = Setting.Reader(ReaderUser, ReaderPassword, AllowEmptyPassword),
        ServerOptions = Setting.Values("DatabaseServerOption", ServerOptions),
        Labels = Setting.Values("DatabaseImageLabel", Labels),
        Description = new(Setting.Optional(Title), Setting.Optional(Version), Setting.Optional(Revision), Setting.Optional(Source)),
        Incremental = Incremental,
        Compression = Setting.Compression(Compression),
        Compiler = Setting.Compiler(Compiler),
        CacheLimit = Setting.Mebibytes("DatabaseImageCacheLimit", CacheLimit, 10 << 10),
        StartCheck = StartCheck,
        LayoutDirectory = LayoutDirectory,
        Platforms = FrameArchitectures.Of(FrameRuntimes, ServiceRuntimes),
    };

    /// <summary>The frame of this data if the registry has it, else the one that these tags point at.</summary>
    PreviousFrame? PreviousFrame(Reference? named, string dataVersion)
    {
        if (named is not null)
            return new(named, new()) { IsRequired = true };
        if (Setting.Optional(Registry) is not { } registry || Setting.Optional(ArchiveOutputPath) is not null)
            return null;
        return new(Reference.Of(registry, Repository), new(), [.. ImageTags.Of([FrameTags.OfData(dataVersion), .. Tags, "latest"], dataVersion)]);
    }
}

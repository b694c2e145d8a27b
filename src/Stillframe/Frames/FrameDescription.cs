using System.Globalization;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Loading;
using Stillframe.Normalizing;

namespace Stillframe.Frames;

/// <summary>What a frame says of itself: in its labels to whoever has the image, in <c>stillframe.image</c> to whoever has a connection.</summary>
static class FrameDescription
{
    public const string
        DataVersionLabel = "io.stillframe.data-version",
        DumpFingerprintLabel = "io.stillframe.dump-fingerprint",
        ServerVersionLabel = "io.stillframe.server-version",
        CreatedLabel = "org.opencontainers.image.created";

    public const string
        SourceHostLabel = "io.stillframe.source.host",
        SourceVersionLabel = "io.stillframe.source.version",
        BinlogFileLabel = "io.stillframe.source.binlog-file",
        BinlogPositionLabel = "io.stillframe.source.binlog-position",
        GtidLabel = "io.stillframe.source.gtid",
        SourceTimeLabel = "io.stillframe.source.time";

    /// <summary>Says that the last layer holds the link map, and where its file is.</summary>
    public const string LinkMapLabel = "io.stillframe.link-map", LinkMapPath = "/usr/share/stillframe/link-map.json";

    /// <summary>Of the package, without the commit.</summary>
    public static string PackageVersion { get; } =
        typeof(FrameDescription).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>
    /// When the data was what it is, not when the image was made: equal dumps give equal images.
    /// <c>SOURCE_DATE_EPOCH</c> (reproducible-builds.org) wins; a dump tells no time zone, so its clock counts as UTC.
    /// </summary>
    public static DateTimeOffset Created(DumpSource source) => DumpClock.Known(source) ?? DateTimeOffset.UnixEpoch;

    /// <summary>What the server's clock shows while rows are loaded: the dump's own time where it tells one.</summary>
    public static DateTimeOffset Clock(DumpSummary summary) =>
        summary.Clock ?? (Created(summary.Source) is var created && created > DateTimeOffset.UnixEpoch ? created : FixedTime.Moment);

    public static IReadOnlyList<ImageFact> Facts(string dataVersion, DumpSummary summary, ServerRelease release) =>
    [
        new("data_version", "CHAR(64) NOT NULL", dataVersion),
        new("dump_fingerprint", "CHAR(64) NOT NULL", summary.DataVersion),
        new("dump_digests", "TEXT NOT NULL", string.Join(' ', summary.Files.Select(file => "sha256:" + file.Sha256))),
        new("dump_tool", "VARCHAR(255)", summary.Source.Tool),
        new("dump_time", "VARCHAR(32)", Time(summary.Source.DumpTime)),
        new("source_host", "VARCHAR(255)", summary.Source.Host),
        new("source_version", "VARCHAR(255)", summary.Source.ServerVersion),
        new("binlog_file", "VARCHAR(255)", summary.Source.BinlogFile),
        new("binlog_position", "BIGINT", summary.Source.BinlogPosition?.ToString(CultureInfo.InvariantCulture)),
        new("gtid", "TEXT", summary.Source.Gtid),
        new("server_version", "VARCHAR(255) NOT NULL", release.Text),
        new("stillframe_version", "VARCHAR(32) NOT NULL", PackageVersion),
    ];

    /// <summary>OCI image specification, "Annotations", and our own; the user's come last and win.</summary>
    public static IReadOnlyDictionary<string, string> Labels(FrameRequest request, string dataVersion, DumpSummary summary, ServerRelease release, (string Name, string? Digest) baseImage)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add("org.opencontainers.image.title", request.Description.Title);
        Add("org.opencontainers.image.version", request.Description.Version);
        Add("org.opencontainers.image.revision", request.Description.Revision);
        Add("org.opencontainers.image.source", request.Description.Source);
        Add(CreatedLabel, Created(summary.Source).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Add("org.opencontainers.image.base.name", baseImage.Name);
        Add("org.opencontainers.image.base.digest", baseImage.Digest);
        Add(DataVersionLabel, dataVersion);
        Add(DumpFingerprintLabel, summary.DataVersion);
        Add(ServerVersionLabel, release.Text);
        Add("io.stillframe.version", PackageVersion);
        Add(LinkMapLabel, LinkMapPath);
        Add(SourceHostLabel, summary.Source.Host);
        Add(SourceVersionLabel, summary.Source.ServerVersion);
        Add(BinlogFileLabel, summary.Source.BinlogFile);
        Add(BinlogPositionLabel, summary.Source.BinlogPosition?.ToString(CultureInfo.InvariantCulture));
        Add(GtidLabel, summary.Source.Gtid);
        Add(SourceTimeLabel, Time(summary.Source.DumpTime));
        foreach (var (name, value) in request.Labels)
            labels[name] = value;
        return labels;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                labels[name] = value;
        }
    }

    static string? Time(DateTime? time) => time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}

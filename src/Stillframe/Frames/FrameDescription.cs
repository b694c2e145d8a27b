using System.Globalization;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Loading;
using Stillframe.Normalizing;
using Stillframe.Oci;

namespace Stillframe.Frames;

/// <summary>What a frame says of itself: in its labels to whoever has the image, in <c>stillframe.image</c> to whoever has a connection.</summary>
static class FrameDescription
{
    /// <summary>Of the file in the image that holds the link map.</summary>
    public const string LinkMapPath = "/usr/share/stillframe/link-map.json";

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
        new("schema_version", "CHAR(64) NOT NULL", summary.SchemaVersion),
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
        Add(LabelNames.Title, request.Description.Title);
        Add(LabelNames.Version, request.Description.Version);
        Add(LabelNames.Revision, request.Description.Revision);
        Add(LabelNames.Source, request.Description.Source);
        Add(LabelNames.Created, Created(summary.Source).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Add(LabelNames.BaseName, baseImage.Name);
        Add(LabelNames.BaseDigest, baseImage.Digest);
        Add(LabelNames.DataVersion, dataVersion);
        Add(LabelNames.SchemaVersion, summary.SchemaVersion);
        Add(LabelNames.DumpFingerprint, summary.DataVersion);
        Add(LabelNames.ServerVersion, release.Text);
        Add(LabelNames.PackageVersion, PackageVersion);
        Add(LabelNames.LinkMap, LinkMapPath);
        Add(LabelNames.SourceHost, summary.Source.Host);
        Add(LabelNames.SourceVersion, summary.Source.ServerVersion);
        Add(LabelNames.BinlogFile, summary.Source.BinlogFile);
        Add(LabelNames.BinlogPosition, summary.Source.BinlogPosition?.ToString(CultureInfo.InvariantCulture));
        Add(LabelNames.Gtid, summary.Source.Gtid);
        Add(LabelNames.SourceTime, Time(summary.Source.DumpTime));
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

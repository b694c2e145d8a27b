using System.Globalization;
using Stillframe.Dumps;
using Stillframe.Oci;

namespace Stillframe.Inspection;

/// <summary>What a frame's labels say of it, as far as they can be read: whoever builds a frame may set others.</summary>
/// <param name="Created">When the data was what it is. OCI image specification, "Annotations".</param>
/// <param name="Source">Where the data comes from.</param>
public sealed record FrameLabels(string DataVersion, string? ServerVersion, DateTimeOffset? Created, DumpSource Source)
{
    /// <summary>Of the dump alone; null where it is not there.</summary>
    public string? DumpFingerprint { get; init; }

    /// <returns>Null where they are not a frame's.</returns>
    internal static FrameLabels? Read(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.GetValueOrDefault(LabelNames.DataVersion) is not { Length: > 0 } dataVersion)
            return null;
        var source = new DumpSource
        {
            ServerVersion = labels.GetValueOrDefault(LabelNames.SourceVersion),
            Host = labels.GetValueOrDefault(LabelNames.SourceHost),
            BinlogFile = labels.GetValueOrDefault(LabelNames.BinlogFile),
            BinlogPosition = long.TryParse(labels.GetValueOrDefault(LabelNames.BinlogPosition), NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null,
            Gtid = labels.GetValueOrDefault(LabelNames.Gtid),
            DumpTime = Time(LabelNames.SourceTime)?.UtcDateTime,
        };
        return new(dataVersion, labels.GetValueOrDefault(LabelNames.ServerVersion), Time(LabelNames.Created), source)
        {
            SchemaVersion = labels.GetValueOrDefault(LabelNames.SchemaVersion),
            DumpFingerprint = labels.GetValueOrDefault(LabelNames.DumpFingerprint),
        };

        DateTimeOffset? Time(string label) =>
            DateTimeOffset.TryParse(labels.GetValueOrDefault(label), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            && time > DateTimeOffset.UnixEpoch ? time : null;
    }

    /// <summary>Of what its dumps define; null in frames older than it.</summary>
    public string? SchemaVersion { get; init; }

    /// <summary>When the data was what it is; null where the dump did not say.</summary>
    public DateTimeOffset? Time => Created ?? (Source.DumpTime is { } time ? new(time, TimeSpan.Zero) : null);

    /// <summary>Where in the master's binary log the data is from, such as <c>binlog.000042:1337</c>, or the transaction ids; null where the dump did not say.</summary>
    public string? Position => PositionOf(Source);

    internal static string? PositionOf(DumpSource source) => (source.BinlogFile, source.BinlogPosition) switch
    {
        ({ } file, { } position) => string.Create(CultureInfo.InvariantCulture, $"{file}:{position}"),
        ({ } file, null) => file,
        _ => source.Gtid,
    };
}

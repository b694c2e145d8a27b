using System.Data.Common;
using System.Reflection;
using Stillframe.Client;

namespace Gazetteer.Versions;

/// <summary>Which code runs on which data.</summary>
/// <param name="Code">Version of the service.</param>
/// <param name="ExpectedData">Data version that the service was built with.</param>
/// <param name="ActualData">Data version of the database it is connected to; null where that is no frame.</param>
/// <param name="ActualSchema">Schema version of that database, likewise.</param>
public sealed record VersionReport(string Code, string ExpectedData, string? ActualData, string? ActualSchema)
{
    // "1.2.3+commit": what follows the plus is in the image's labels
    static readonly string codeVersion =
        typeof(VersionReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>Asks the database.</summary>
    public static async Task<VersionReport> ReadAsync(DbDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var frame = await FrameImage.ReadAsync(connection, cancellationToken);
        return new(codeVersion, DatabaseImage.DataVersion, frame?.DataVersion, frame?.SchemaVersion);
    }

    /// <summary>It is the very data that the service was built with.</summary>
    public bool Match => ExpectedData == ActualData;

    /// <summary>It is data that the service can work with: of the schema it was built with, and perhaps newer.</summary>
    public bool Fits => Match || ActualSchema == DatabaseImage.SchemaVersion;

    /// <summary>What to do about it; null where all is well.</summary>
    public string? Message => Fits ? null
        : ActualData is null ? $"The database is no frame: it has no table stillframe.image. Run the image {DatabaseImage.Repository} of the same publish."
        : $"The database has another schema than this service was built with. Run the image {DatabaseImage.Repository} with the tag data-{ExpectedData[..12]}, or one that was refreshed since.";
}

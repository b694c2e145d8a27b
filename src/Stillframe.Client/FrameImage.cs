using System.Data.Common;
using System.Globalization;

namespace Stillframe.Client;

/// <summary>What a frame says of itself, in its table <c>stillframe.image</c>.</summary>
public sealed class FrameImage
{
    FrameImage(string dataVersion, string? schemaVersion, DateTimeOffset? time, FramePosition? position) =>
        (DataVersion, SchemaVersion, Time, Position) = (dataVersion, schemaVersion, time, position);

    /// <summary>64 hex digits, such as the constant <c>DatabaseImage.DataVersion</c> of the service that was published with it.</summary>
    public string DataVersion { get; }

    /// <summary>64 hex digits, such as the constant <c>DatabaseImage.SchemaVersion</c>; null where the frame is too old to tell.</summary>
    public string? SchemaVersion { get; }

    /// <summary>When the master was dumped, by the dump's own clock, which counts as UTC; null where the dump does not tell.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>Up to where the master's history is in the frame; null where the dump does not tell.</summary>
    public FramePosition? Position { get; }

    /// <summary>Asks the server of this connection.</summary>
    /// <returns>Null where it is no frame.</returns>
    /// <exception cref="DbException">As the provider throws it.</exception>
    public static async Task<FrameImage?> ReadAsync(DbConnection connection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'stillframe' AND table_name = 'image'";
        if (Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) == 0)
            return null;
        command.CommandText = "SELECT * FROM stillframe.image"; // older and newer frames have other columns
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        var row = Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i).ToString(), StringComparer.OrdinalIgnoreCase);
        return new(
            row.GetValueOrDefault("data_version") ?? "",
            row.GetValueOrDefault("schema_version"),
            DateTimeOffset.TryParse(row.GetValueOrDefault("dump_time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null,
            FramePosition.TryParse(row.GetValueOrDefault("gtid"), out var position) ? position : null);
    }

    /// <summary>Asks for the position alone: one query. Whoever can't answer, is no frame, or is an older one without the column, has none.</summary>
    internal static async Task<FramePosition?> PositionAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT gtid FROM stillframe.image";
            return FramePosition.TryParse(await command.ExecuteScalarAsync(cancellationToken) as string, out var position) ? position : null;
        }
        catch (DbException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}

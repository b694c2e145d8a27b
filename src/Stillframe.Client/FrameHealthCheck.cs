using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Stillframe.Client;

/// <summary>
/// Unhealthy: no frame answers, or it has another schema than the service was built with. Degraded: its data is older than it may be, or the master is away, so that reads go on and writes fail.
/// </summary>
/// <param name="schemaVersion">The constant <c>DatabaseImage.SchemaVersion</c> of the service; null takes every schema.</param>
/// <param name="maximumAge">Of the data; null for no limit.</param>
/// <param name="clock">What the age is measured by; the system's where null.</param>
public sealed class FrameHealthCheck(FrameDataSource source, string? schemaVersion, TimeSpan? maximumAge = null, TimeProvider? clock = null) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        HealthCheckResult Bad(string why, Exception? e = null) => new(context.Registration.FailureStatus, why, e);
        FrameImage? image;
        try
        {
            image = await source.ReadImageAsync(cancellationToken);
        }
        catch (DbException e)
        {
            return Bad($"The frame does not answer: {e.Message}", e);
        }

        if (image is null)
            return Bad("The database that reads go to is no frame: it has no table stillframe.image.");
        if (schemaVersion is not null && schemaVersion != image.SchemaVersion)
            return Bad($"The frame of data version {image.DataVersion} has another schema than this service was built with: {image.SchemaVersion ?? "an unknown one"} and not {schemaVersion}. Run the frame that was published with the service, or one that was refreshed since.");
        var data = new Dictionary<string, object> { ["dataVersion"] = image.DataVersion };
        var age = (clock ?? TimeProvider.System).GetUtcNow() - image.Time;
        if (age is { } old)
            data["ageInSeconds"] = (long)old.TotalSeconds;
        if (maximumAge is { } limit && (age is null || age > limit))
            return HealthCheckResult.Degraded(age is null ? "The frame does not tell how old its data is." : $"The frame's data is {age:d\\.hh\\:mm\\:ss} old, and may be {limit:d\\.hh\\:mm\\:ss} old.", data: data);
        try
        {
            await using var master = await source.OpenMasterToLookAsync(cancellationToken);
            await using var command = master.CreateCommand();
            command.CommandText = "SELECT 1"; // a pool may give a connection without looking whether it still works
            await command.ExecuteScalarAsync(cancellationToken);
        }
        catch (DbException e)
        {
            // without the exception, whose stack would be logged at each probe while a master is away: its message says all of it
            return HealthCheckResult.Degraded(e is MasterUnavailableException ? e.Message : $"The master does not answer: {e.Message}", data: data);
        }

        return HealthCheckResult.Healthy(data: data);
    }
}

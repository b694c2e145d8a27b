using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gazetteer.Versions;

/// <summary>
/// Healthy: the database answers and has data of this build's schema, perhaps newer. Degraded: it answers, with another schema, as happens for a while when service
/// and database are replaced one after the other. Unhealthy (HTTP 503): it doesn't answer.
/// </summary>
sealed class DatabaseHealth(DbDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var report = await VersionReport.ReadAsync(database, cancellationToken);
            return report.Fits ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(report.Message);
        }
        catch (DbException e)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", e);
        }
    }

    public static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(
            new HealthAnswer(report.Status.ToString(), report.Entries.Values.Select(entry => entry.Description).FirstOrDefault()),
            GazetteerJson.Default.HealthAnswer);
}

/// <param name="Status">Healthy, Degraded or Unhealthy.</param>
public sealed record HealthAnswer(string Status, string? Reason);

using System.Data.Common;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Gazetteer.Versions;

/// <summary>
/// Healthy: the database answers and has this build's data. Degraded: it answers, with other data, as happens for a while when service and
/// database are replaced one after the other. Unhealthy (HTTP 503): it doesn't answer.
/// </summary>
sealed class DatabaseHealth(DbDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var report = new VersionReport(await DataVersion.ReadAsync(database, cancellationToken));
            return report.Match ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(report.Message);
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

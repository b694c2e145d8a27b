using Microsoft.Extensions.Diagnostics.HealthChecks;
using Stillframe.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Health checks of frames.</summary>
public static class FrameHealthChecks
{
    /// <inheritdoc cref="FrameHealthCheck"/>
    /// <param name="schemaVersion">The constant <c>DatabaseImage.SchemaVersion</c> of the service; null takes every schema.</param>
    /// <param name="maximumAge">Of the data; null for no limit.</param>
    /// <param name="key">Of a keyed data source.</param>
    public static IHealthChecksBuilder AddFrame(this IHealthChecksBuilder builder, string? schemaVersion = null, TimeSpan? maximumAge = null, object? key = null, string name = "frame")
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new(
            name,
            services => new FrameHealthCheck(
                key is null ? services.GetRequiredService<FrameDataSource>() : services.GetRequiredKeyedService<FrameDataSource>(key), schemaVersion, maximumAge, services.GetService<TimeProvider>()),
            HealthStatus.Unhealthy,
            tags: null));
    }
}

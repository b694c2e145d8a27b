using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Stillframe.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a <see cref="FrameDataSource"/>, also as <see cref="DbDataSource"/>: once for a service, which disposes of it.</summary>
public static class FrameServices
{
    /// <param name="provider">Of both, such as <c>MySqlConnectorFactory.Instance</c>.</param>
    /// <param name="frame">Connection string of the frame, for reads.</param>
    /// <param name="master">Connection string of the master, for writes.</param>
    public static IServiceCollection AddFrameDataSource(this IServiceCollection services, DbProviderFactory provider, string? frame, string? master, Action<FrameDataSourceOptions>? configure = null) =>
        services.AddFrameDataSource(_ => Source(provider, frame), _ => Source(provider, master), configure);

    /// <param name="frame">Gives the frame's own data source, for reads.</param>
    /// <param name="master">Gives the master's, for writes.</param>
    public static IServiceCollection AddFrameDataSource(
        this IServiceCollection services, Func<IServiceProvider, DbDataSource> frame, Func<IServiceProvider, DbDataSource> master, Action<FrameDataSourceOptions>? configure = null)
    {
        services.TryAddSingleton(provider => Create(new(), frame(provider), master(provider), configure));
        services.TryAddSingleton<DbDataSource>(provider => provider.GetRequiredService<FrameDataSource>());
        return services;
    }

    /// <inheritdoc cref="AddFrameDataSource(IServiceCollection, DbProviderFactory, string?, string?, Action{FrameDataSourceOptions}?)"/>
    /// <param name="key">Also its name in metrics and in what users carry with them, unless it is given another one.</param>
    public static IServiceCollection AddKeyedFrameDataSource(
        this IServiceCollection services, object key, DbProviderFactory provider, string? frame, string? master, Action<FrameDataSourceOptions>? configure = null) =>
        services.AddKeyedFrameDataSource(key, _ => Source(provider, frame), _ => Source(provider, master), configure);

    /// <inheritdoc cref="AddFrameDataSource(IServiceCollection, Func{IServiceProvider, DbDataSource}, Func{IServiceProvider, DbDataSource}, Action{FrameDataSourceOptions}?)"/>
    /// <param name="key">Also its name in metrics and in what users carry with them, unless it is given another one.</param>
    public static IServiceCollection AddKeyedFrameDataSource(
        this IServiceCollection services, object key, Func<IServiceProvider, DbDataSource> frame, Func<IServiceProvider, DbDataSource> master, Action<FrameDataSourceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        services.TryAddKeyedSingleton(key, (provider, _) => Create(new() { Name = key.ToString() ?? "" }, frame(provider), master(provider), configure));
        services.TryAddKeyedSingleton<DbDataSource>(key, (provider, _) => provider.GetRequiredKeyedService<FrameDataSource>(key));
        return services;
    }

    static FrameDataSource Create(FrameDataSourceOptions options, DbDataSource frame, DbDataSource master, Action<FrameDataSourceOptions>? configure)
    {
        configure?.Invoke(options);
        return new(frame, master, options);
    }

    [SuppressMessage("Usage", "CA2208", Justification = "the name is the caller's")]
    static DbDataSource Source(DbProviderFactory provider, [NotNull] string? connectionString, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(connectionString))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return string.IsNullOrWhiteSpace(connectionString)
            ? throw new ArgumentException($"The connection string of the {name} is missing. Is it in the configuration under the name that is asked for?", name)
            : provider.CreateDataSource(connectionString);
    }
}

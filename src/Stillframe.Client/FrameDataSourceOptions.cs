namespace Stillframe.Client;

/// <summary>Of a <see cref="FrameDataSource"/>.</summary>
public sealed class FrameDataSourceOptions
{
    /// <summary>Tells it from others of the same service, in metrics and in what users carry with them; for a keyed one its key. The same in all replicas of a service.</summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// How long an open of the master may take, whatever the provider's own limit is; 3 seconds unless it is set. After an open that took longer, others fail at once for as long, but for one that tries again.
    /// </summary>
    public TimeSpan MasterTimeout { get; set; } = TimeSpan.FromSeconds(3);
}

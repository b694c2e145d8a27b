namespace Stillframe.Rollouts;

/// <summary>Runs replicas of a pair.</summary>
interface IOrchestrator
{
    /// <summary>What its replicas are to have; null where nothing is there.</summary>
    /// <exception cref="StillframeException">SF8003.</exception>
    Task<ImagePair?> CurrentAsync(CancellationToken cancellationToken);

    /// <summary>Replaces what there is, and waits until the new pair answers.</summary>
    /// <param name="before">What there is; null for nothing.</param>
    /// <returns>Null, or why it does not: then what was there before is there again.</returns>
    /// <exception cref="StillframeException">SF8001, SF8003.</exception>
    Task<string?> ApplyAsync(ImagePair pair, ImagePair? before, CancellationToken cancellationToken);

    /// <exception cref="StillframeException">SF8003.</exception>
    Task<IReadOnlyList<Replica>> ReplicasAsync(CancellationToken cancellationToken);
}

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>
/// Classes that run one after another when all others are done: those that measure what a whole node does, as requests that fail while replicas are replaced.
/// Beside builds on the same cores an engine's own limits would be what they measure.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

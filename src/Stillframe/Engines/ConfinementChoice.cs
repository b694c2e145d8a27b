namespace Stillframe.Engines;

/// <summary>How the servers of one build are shut in: found out, and said, once.</summary>
sealed class ConfinementChoice
{
    readonly Lock only = new();
    Task<Confinement>? choice;

    public Task<Confinement> MakeAsync(Func<Task<Confinement>> choose)
    {
        lock (only)
            return choice ??= choose();
    }
}

using System.Diagnostics;

namespace Stillframe.TestRuns;

/// <summary>Waits for what has to come, however busy the machine is. The limit is for what never comes, and no measure of anything.</summary>
static class Eventually
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(5);

    /// <exception cref="TimeoutException">With what <paramref name="otherwise"/> says.</exception>
    public static Task IsTrueAsync(Func<bool> condition, Func<string> otherwise) => IsTrueAsync(() => Task.FromResult(condition()), otherwise);

    /// <exception cref="TimeoutException">With what <paramref name="otherwise"/> says.</exception>
    /// <param name="pause">Between two looks; longer where looking takes a process.</param>
    public static async Task IsTrueAsync(Func<Task<bool>> condition, Func<string> otherwise, TimeSpan? pause = null)
    {
        for (var clock = Stopwatch.StartNew(); !await condition();)
        {
            if (clock.Elapsed > Limit)
                throw new TimeoutException(otherwise());
            await Task.Delay(pause ?? Pause);
        }
    }
}

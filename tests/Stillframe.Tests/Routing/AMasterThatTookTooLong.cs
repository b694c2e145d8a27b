using Stillframe.Client.Masters;

namespace Stillframe.Tests.Routing;

public class AMasterThatTookTooLong
{
    static readonly TimeSpan period = TimeSpan.FromSeconds(3);

    readonly HandClock clock = new();
    readonly MasterGate gate;

    public AMasterThatTookTooLong() => gate = new(period, clock);

    [Fact]
    public void Is_asked_again_by_one_in_each_period()
    {
        Assert.True(gate.TryPass());
        gate.Failed();
        Assert.False(gate.TryPass());
        clock.Advance(period - TimeSpan.FromTicks(1));
        Assert.False(gate.TryPass());

        clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal([true, false, false], Enumerable.Range(0, 3).Select(_ => gate.TryPass()));
        clock.Advance(period);
        Assert.True(gate.TryPass()); // that one may never have come to an end
    }

    [Fact]
    public void Is_open_to_all_once_it_has_answered()
    {
        gate.Failed();
        clock.Advance(period);
        Assert.True(gate.TryPass());

        gate.Answered();

        Assert.True(gate.TryPass());
        Assert.True(gate.TryPass());
    }

    sealed class HandClock : TimeProvider
    {
        long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Advance(TimeSpan time) => now += time.Ticks;
    }
}

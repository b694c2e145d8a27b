using System.Globalization;

namespace Stillframe.Masters;

/// <summary>What a dump may cost its master, and how it finds out what changed.</summary>
public sealed record MasterDumpOptions
{
    const int MostConnections = 64;

    /// <summary>Tables that are read at a time, each by a connection of its own, all in one snapshot.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>Megabytes (a million bytes) of rows that are read in a second, by all connections together; 0 for as many as come.</summary>
    public double Rate { get; init; }

    /// <summary>Reading pauses while the master runs more threads than these, without those of the dump; 0 for never.</summary>
    public int MaxThreadsRunning { get; init; } = 25;

    /// <summary>The dump ends with an error when InnoDB keeps more old versions than these (its history list); 0 for never.</summary>
    public long MaxHistory { get; init; } = 5_000_000;

    /// <summary>Each dump of this number reads every table, and compares what should be as it was; 0 for none.</summary>
    public int VerifyEvery { get; init; } = 10;

    /// <summary>How a dump finds out which tables changed since the previous one.</summary>
    public ChangeSource Changes { get; init; }

    /// <exception cref="StillframeException">SF1101.</exception>
    internal void Check()
    {
        Require(Connections is >= 1 and <= MostConnections, "connections", Connections, $"from 1 to {MostConnections}");
        Require(Rate is >= 0 and < 1e9, "rate", Rate, "in MB a second, or 0 for no limit");
        Require(MaxThreadsRunning >= 0, "running threads", MaxThreadsRunning, "0 for no limit");
        Require(MaxHistory >= 0, "history list", MaxHistory, "0 for no limit");
        Require(VerifyEvery >= 0, "dumps after which everything is read", VerifyEvery, "0 for never");
    }

    static void Require(bool isMet, string what, IFormattable value, string range)
    {
        if (!isMet)
            throw new StillframeException(ErrorCodes.OptionInvalid, $"The number for {what} of a dump is {value.ToString(null, CultureInfo.InvariantCulture)}; it can be a number {range}.");
    }
}

/// <summary>What says which tables changed since the previous dump.</summary>
public enum ChangeSource
{
    /// <summary>The master's binary log where it holds rows and this account may read it, else checksums.</summary>
    Auto,
    /// <summary><c>CHECKSUM TABLE</c> of every table.</summary>
    Checksum,
    /// <summary>Nothing: every table is read.</summary>
    None,
}

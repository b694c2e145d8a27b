using Stillframe.Dumps;
using Stillframe.Loading;

namespace Stillframe.Tests.Loading;

public class ALoadsProgress
{
    readonly AReporter reporter = new();
    readonly AClock clock = new();
    readonly LoadProgress progress;

    public ALoadsProgress()
    {
        progress = new(reporter, clock);
        progress.Begin([Table("place", 400_000), Table("country", 100_000)]);
    }

    [Fact]
    public void Begins_with_what_there_is_to_load() => Assert.Equal(["Loading 2 tables, 500.0 kB of rows"], reporter.Messages);

    [Fact]
    public void Is_said_every_few_seconds()
    {
        Take("place", 100_000);
        clock.Seconds = 4;
        Take("place", 100_000);
        Take("place", 100_000);

        Assert.Equal("Loading place: 200.0 kB of 500.0 kB (40 %), 50.0 kB/s", Assert.Single(reporter.Messages.Skip(1)));
    }

    [Fact]
    public void Is_never_more_than_the_whole()
    {
        clock.Seconds = 4;
        Take("country", 150_000); // each row in an INSERT of its own, whose words are no rows
        clock.Seconds = 8;
        Take("place", 600_000);

        Assert.Equal(["Loading country: 100.0 kB of 500.0 kB (20 %), 25.0 kB/s", "Loading place: 500.0 kB of 500.0 kB (100 %), 62.5 kB/s"], reporter.Messages.Skip(1));
    }

    [Fact]
    public void Counts_a_table_once_that_is_loaded_anew()
    {
        Take("place", 300_000);
        progress.StartOver(new("shop", "place"));
        clock.Seconds = 4;
        Take("place", 100_000);

        Assert.Contains("100.0 kB of 500.0 kB (20 %)", reporter.Messages.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_done_with_all_of_it()
    {
        Take("place", 1_000_000);
        clock.Seconds = 2;
        progress.Done(1234);

        Assert.Equal("Loaded 2 tables, 1,234 rows, 500.0 kB in 2.0 s (250.0 kB/s)", reporter.Messages.Last());
    }

    [Fact]
    public void Says_that_it_begins_again()
    {
        Take("place", 300_000);
        progress.Begin([Table("place", 400_000)]);
        clock.Seconds = 4;
        Take("place", 100_000);

        Assert.Equal(["Loading once more, as a whole, 1 table, 400.0 kB of rows", "Loading place: 100.0 kB of 400.0 kB (25 %), 25.0 kB/s"], reporter.Messages.Skip(1));
    }

    void Take(string table, int bytes) => progress.Rows(new("shop", table), bytes);

    static DumpTable Table(string name, long rowBytes) => new()
    {
        Schema = "shop",
        Name = name,
        Fingerprint = "",
        SchemaFingerprint = "",
        RowsFingerprint = "",
        Rows = 1000,
        RowBytes = rowBytes,
    };

    sealed class AClock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(Seconds * 1000);
    }
}

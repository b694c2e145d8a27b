using System.Globalization;
using Stillframe.Backups;
using Stillframe.Oci;
using Stillframe.Retention;

namespace Stillframe.Tests.Retention;

public class KeptBackups
{
    [Fact]
    public void Are_the_newest_of_each_calendar_period_in_UTC()
    {
        // 2026 begins on a Thursday: its first days are of ISO week 53 of 2025's reckoning
        var times = new[] { "2025-12-28T23:59:59Z", "2025-12-29T00:00:00Z", "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-01-04T23:59:59Z", "2026-01-05T00:00:00Z", "2026-01-05T01:30:00+02:00" };

        Assert.Equal(["2026-01-05T00:00:00Z", "2026-01-04T23:59:59Z"], Kept(new() { Last = 2 }, times).Take(2));
        Assert.Equal(["2026-01-05T00:00:00Z", "2026-01-04T23:59:59Z", "2026-01-01T00:00:00Z"], Kept(new() { Daily = 3 }, times));
        Assert.Equal(["2026-01-05T00:00:00Z", "2026-01-04T23:59:59Z", "2025-12-28T23:59:59Z"], Kept(new() { Weekly = 3 }, times));
        Assert.Equal(["2026-01-05T00:00:00Z", "2025-12-31T23:59:59Z"], Kept(new() { Monthly = 12 }, times));
        Assert.Equal(["2026-01-05T00:00:00Z", "2025-12-31T23:59:59Z"], Kept(new() { Yearly = 2 }, times));
        Assert.Equal(["2026-01-05T00:00:00Z"], Kept(new() { Yearly = 1 }, times));
    }

    [Fact]
    public void Are_those_of_the_last_hours_that_have_any()
    {
        var times = new[] { "2026-03-29T00:30:00Z", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-03-29T05:00:00Z" };
        Assert.Equal(["2026-03-29T05:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T00:59:59Z"], Kept(new() { Hourly = 3 }, times));
    }

    [Theory]
    [InlineData("1d", "2026-03-31T00:00:00Z", "2026-03-30T00:00:00Z")]
    [InlineData("1m", "2026-03-31T00:00:00Z", "2026-03-30T00:00:00Z", "2026-02-28T00:00:00Z")] // a month before 31 March is the last day of February
    [InlineData("1y1m1d1h", "2026-03-31T00:00:00Z", "2026-03-30T00:00:00Z", "2026-02-28T00:00:00Z", "2026-02-27T23:59:59Z", "2025-02-26T23:00:00Z")]
    [InlineData("99999y", "2026-03-31T00:00:00Z", "2026-03-30T00:00:00Z", "2026-02-28T00:00:00Z", "2026-02-27T23:59:59Z", "2025-02-26T23:00:00Z", "2025-02-26T22:59:59Z")]
    public void Are_all_within_a_span_before_the_newest(string span, params string[] kept)
    {
        var times = new[] { "2026-03-31T00:00:00Z", "2026-03-30T00:00:00Z", "2026-02-28T00:00:00Z", "2026-02-27T23:59:59Z", "2025-02-26T23:00:00Z", "2025-02-26T22:59:59Z" };
        Assert.Equal(kept, Kept(new() { Within = CalendarSpan.Parse(span) }, times));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("d")]
    [InlineData("7d3")]
    [InlineData("1w")]
    [InlineData("-1d")]
    [InlineData("1 d")]
    [InlineData("9999999999d")]
    public void Are_not_told_by_what_is_no_span(string text) => Assert.Null(CalendarSpan.Parse(text));

    [Fact]
    public void Are_those_with_a_tag()
    {
        IReadOnlyList<(DateTimeOffset, IReadOnlyList<string>)> items = [(DateTimeOffset.UnixEpoch, ["1.2.3", "x"]), (DateTimeOffset.UnixEpoch, ["11.2"]), (DateTimeOffset.UnixEpoch, [])];
        var reasons = Keeping.Reasons(new() { Tags = ["1.*", "nothing"] }, items);
        Assert.Equal([["tag 1.*"], [], []], reasons);
    }

    [Fact]
    public void Are_what_a_much_slower_reading_of_the_rules_keeps()
    {
        var random = Seed.Random(61);
        for (var round = 0; round < 200; round++)
        {
            var policy = new RetentionPolicy { Last = random.Next(4), Hourly = random.Next(5), Daily = random.Next(5), Weekly = random.Next(4), Monthly = random.Next(4), Yearly = random.Next(3) };
            var start = new DateTimeOffset(2024, 12, 20, 0, 0, 0, TimeSpan.Zero);
            var spread = round % 2 == 0 ? 40 * 24 * 3600 : 900 * 24 * 3600;
            IReadOnlyList<(DateTimeOffset Time, IReadOnlyList<string> Tags)> items = [.. Enumerable.Range(0, random.Next(40)).Select(_ => start.AddSeconds(random.Next(spread))).Distinct().Select(time => (time, (IReadOnlyList<string>)[]))];

            var reasons = Keeping.Reasons(policy, items);

            for (var i = 0; i < items.Count; i++)
                Assert.True(Slowly(policy, [.. items.Select(item => item.Time)], items[i].Time).Order().SequenceEqual(reasons[i].Order()), $"seed {Seed.Value}, round {round}, {items[i].Time:O}: {string.Join(' ', reasons[i])}");
        }
    }

    [Fact]
    public void Are_always_the_newest_the_last_verified_and_what_frames_are_made_from()
    {
        var backups = new[] { Backup(9, "a"), Backup(8, "b"), Backup(7, "c", verified: true), Backup(6, "d", verified: true), Backup(5, "e"), Backup(4, "e"), Backup(3, "f") };

        var reasons = RegistryPrune.BackupReasons(new() { Tags = ["none"] }, backups, new Dictionary<string, string> { ["e"] = "1.0", ["zz"] = "2.0" });

        Assert.Equal([["newest"], [], ["last verified"], [], ["frame 1.0"], [], []], reasons);
    }

    [Fact]
    public void Are_what_masked_frames_are_made_from_by_its_time()
    {
        var backups = new[] { Backup(9, "a"), Backup(8, "b"), Backup(7, "b") };

        var reasons = RegistryPrune.BackupReasons(new() { Tags = ["none"] }, backups, new Dictionary<string, string> { ["masked"] = "1.0", [RegistryPrune.TimeKey(backups[2].Time)] = "1.0" });

        Assert.Equal([["newest"], [], ["frame 1.0"]], reasons);
    }

    /// <summary>By name of rule: it is the newest of its period, and fewer younger periods have any than are kept.</summary>
    static IEnumerable<string> Slowly(RetentionPolicy policy, IReadOnlyList<DateTimeOffset> all, DateTimeOffset time)
    {
        if (all.Count(other => other > time) < policy.Last)
            yield return "last";
        foreach (var (name, count, format) in new[] { ("hourly", policy.Hourly, "yyyy-MM-dd HH"), ("daily", policy.Daily, "yyyy-MM-dd"), ("weekly", policy.Weekly, ""), ("monthly", policy.Monthly, "yyyy-MM"), ("yearly", policy.Yearly, "yyyy") })
        {
            if (!all.Any(other => other > time && Period(other) == Period(time)) && all.Where(other => other > time).Select(Period).Distinct().Count() < count)
                yield return name;

            string Period(DateTimeOffset at) => format.Length > 0
                ? at.ToString(format, CultureInfo.InvariantCulture)
                : at.Date.AddDays(-((int)at.DayOfWeek + 6) % 7).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture); // its Monday
        }
    }

    static ListedBackup Backup(int day, string dataVersion, bool verified = false) => new()
    {
        Digest = Digest.Of([(byte)day]),
        Tags = [$"{day}"],
        Time = new(2026, 11, day, 0, 0, 0, TimeSpan.Zero),
        DataVersion = dataVersion,
        Verified = verified ? DateTimeOffset.UnixEpoch : null,
    };

    static IEnumerable<string> Kept(RetentionPolicy policy, string[] times)
    {
        IReadOnlyList<(DateTimeOffset Time, IReadOnlyList<string> Tags)> items = [.. times.Select(time => (DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), (IReadOnlyList<string>)[]))];
        var reasons = Keeping.Reasons(policy, items);
        return items.Zip(reasons, times).Where(item => item.Second.Count > 0).OrderByDescending(item => item.First.Time).Select(item => item.Third);
    }
}

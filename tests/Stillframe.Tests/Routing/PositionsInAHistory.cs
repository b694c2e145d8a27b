using System.Globalization;
using Stillframe.Client;

namespace Stillframe.Tests.Routing;

/// <summary>What they contain, against sets in which every transaction is written down.</summary>
public class PositionsInAHistory
{
    const int Times = 20_000;

    [Fact]
    public void Of_MariaDB_contain_what_was_before_them_in_each_domain()
    {
        var random = Seed.Random();
        var contained = 0;
        for (var time = 0; time < Times; time++)
        {
            var (a, b) = (Domains(random), Domains(random));
            var (ours, theirs) = (FramePosition.Parse(a), FramePosition.Parse(b));
            var (everyA, everyB) = (AllBefore(a), AllBefore(b));

            Assert.True(everyB.IsSubsetOf(everyA) == ours.Contains(theirs), $"seed {Seed.Value}, '{b}' in '{a}'");
            Assert.True(everyA.Union(everyB).ToHashSet().SetEquals(AllBefore(ours.With(theirs).ToString())), $"seed {Seed.Value}, '{a}' with '{b}'");
            Assert.Equal(ours, FramePosition.Parse(ours.ToString()));
            contained += ours.Contains(theirs) ? 1 : 0;
        }

        Assert.InRange(contained, 100, Times - 100);
    }

    [Fact]
    public void Of_MySQL_contain_the_numbers_that_are_in_their_intervals()
    {
        var random = Seed.Random();
        var contained = 0;
        for (var time = 0; time < Times; time++)
        {
            var (a, b) = (Sets(random, 5), Sets(random, 2));
            var (ours, theirs) = (FramePosition.Parse(a), FramePosition.Parse(b));
            var (everyA, everyB) = (AllIn(a), AllIn(b));

            Assert.True(everyB.IsSubsetOf(everyA) == ours.Contains(theirs), $"seed {Seed.Value}, '{b}' in '{a}'");
            Assert.True(everyA.Union(everyB).ToHashSet().SetEquals(AllIn(ours.With(theirs).ToString())), $"seed {Seed.Value}, '{a}' with '{b}'");
            Assert.Equal(ours, FramePosition.Parse(ours.ToString()));
            Assert.Equal(ours.Equals(theirs), everyA.SetEquals(everyB));
            contained += ours.Contains(theirs) ? 1 : 0;
        }

        Assert.InRange(contained, 100, Times - 100);
    }

    [Theory]
    [InlineData("0-1-4711", "0-1-4711")]
    [InlineData(" 1-2-3,\n0-1-4711 ", "0-1-4711,1-2-3")]
    [InlineData("0-1-5,0-2-9", "0-2-9")] // gtid_binlog_state has one for each server
    [InlineData("4294967295-4294967295-18446744073709551615", "4294967295-4294967295-18446744073709551615")]
    [InlineData("3E11FA47-71CA-11E1-9E33-C80AA9429562:1-5:7:6", "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-7")]
    [InlineData("3e11fa47-71ca-11e1-9e33-c80aa9429562:Domain_1:1-3:11:47-49:Domain_2:8-52,\n 2174b383-5441-11e8-b90a-c80aa9429562:9", "2174b383-5441-11e8-b90a-c80aa9429562:9,3e11fa47-71ca-11e1-9e33-c80aa9429562:domain_1:1-3:11:47-49:domain_2:8-52")]
    [InlineData("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-9223372036854775806", "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-9223372036854775806")]
    [InlineData("unknown", "unknown")]
    public void Have_one_text(string text, string written) => Assert.Equal(written, FramePosition.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("0-1")]
    [InlineData("0-1-")]
    [InlineData("0-1-5,")]
    [InlineData("0-1-5;1-1-5")]
    [InlineData("0-1--5")]
    [InlineData("0-1-٥")]
    [InlineData("4294967296-1-5")]
    [InlineData("0-1-18446744073709551616")]
    [InlineData("bin.000001:4711")]
    [InlineData("3e11fa47-71ca-11e1-9e33-c80aa9429562")]
    [InlineData("3e11fa47-71ca-11e1-9e33-c80aa9429562:")]
    [InlineData("3e11fa47-71ca-11e1-9e33-c80aa9429562:0")]
    [InlineData("3e11fa47-71ca-11e1-9e33-c80aa9429562:5-3")]
    [InlineData("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-9223372036854775807")]
    [InlineData("3e11fa47-71ca-11e1-9e33-c80aa9429562:1:tag")]
    [InlineData("3e11fa47-71ca-11e1-9e33-c80aa9429562:2tag:1")]
    [InlineData("3e11fa4771ca11e19e33c80aa9429562:1")]
    [InlineData("0-1-5,3e11fa47-71ca-11e1-9e33-c80aa9429562:1")]
    public void Are_read_from_no_other_text(string text)
    {
        Assert.False(FramePosition.TryParse(text, out _));
        Assert.Throws<FormatException>(() => FramePosition.Parse(text));
    }

    [Fact]
    public void Of_different_kinds_contain_nothing_of_one_another()
    {
        FramePosition[] all = [FramePosition.Parse("0-1-5"), FramePosition.Parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5"), FramePosition.Unknown];
        foreach (var a in all)
        {
            foreach (var b in all.Where(b => b != a))
            {
                Assert.False(a.Contains(b));
                Assert.Equal(FramePosition.Unknown, a.With(b));
            }
        }

        Assert.False(FramePosition.Unknown.Contains(FramePosition.Unknown));
    }

    static string Domains(Random random) => string.Join(',', Enumerable.Range(0, 3).OrderBy(_ => random.Next()).Take(random.Next(3) + 1)
        .Select(domain => string.Create(CultureInfo.InvariantCulture, $"{domain}-{random.Next(3) + 1}-{random.Next(5) + 1}")));

    static string Sets(Random random, int parts) => string.Join(',', Enumerable.Range(0, random.Next(parts) + 1).Select(_ =>
    {
        var first = random.Next(12) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{new Guid(random.Next(2) + 1, 0, 0, new byte[8])}{(random.Next(3) == 0 ? ":tag" : "")}:{first}-{first + random.Next(8)}:{random.Next(20) + 1}");
    }));

    static HashSet<string> AllBefore(string text) =>
        [.. text.Split(',').Select(gtid => gtid.Split('-')).SelectMany(gtid => Enumerable.Range(1, int.Parse(gtid[2], CultureInfo.InvariantCulture)).Select(number => $"{gtid[0]} {number}"))];

    static HashSet<string> AllIn(string text)
    {
        var all = new HashSet<string>();
        foreach (var set in text.Split(','))
        {
            var (parts, tag) = (set.Split(':'), "");
            foreach (var part in parts[1..])
            {
                if (part == "tag")
                    tag = part;
                else if (part.Split('-') is [var first, .. var rest])
                    for (var number = int.Parse(first, CultureInfo.InvariantCulture); number <= int.Parse(rest.FirstOrDefault() ?? first, CultureInfo.InvariantCulture); number++)
                        all.Add($"{parts[0]} {tag} {number}");
            }
        }

        return all;
    }
}

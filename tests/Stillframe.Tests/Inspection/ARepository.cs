using Stillframe.Dumps;
using Stillframe.Inspection;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Tests.Inspection;

public class ARepository
{
    static readonly Digest one = Digest.Of([1]), two = Digest.Of([2]);

    [Fact]
    public void Has_each_image_once_with_all_its_tags()
    {
        var images = FrameLog.TagsOf([("latest", two), ("1.0", one), ("gone", null), ("data-1", one), ("2.0", two)]).ToDictionary(image => image.Digest, image => image.Tags);
        Assert.Equal(2, images.Count);
        Assert.Equal(["1.0", "data-1"], images[one]);
        Assert.Equal(["2.0", "latest"], images[two]);
    }

    [Fact]
    public void Has_its_newest_frame_first_and_those_without_a_time_last()
    {
        var sorted = FrameLog.Sorted([Frame("a", null), Frame("b", 1), Frame("d", 3), Frame("c", 2), Frame("e", null)]);
        Assert.Equal(["d", "c", "b", "e", "a"], sorted.Select(frame => frame.Tags[0]));
    }

    [Theory]
    [InlineData("1.10", "1.9")]
    [InlineData("v2.0", "1.10.3")]
    [InlineData("1.9.1", "1.9")]
    [InlineData("1.9", "1.9-rc.10")]
    [InlineData("1.9-rc.10", "1.9-rc.9")]
    [InlineData("20261120030000", "20261119030000")]
    [InlineData("99999999999999999999999999999999", "88888888888888888888888888888888")]
    [InlineData("0.1", "main")]
    [InlineData("pr-10", "pr-9")]
    [InlineData("anything", "latest")]
    [InlineData("1.10 data-0", "1.9 data-f latest")]
    [InlineData("main 1.10", "1.9 zzz")]
    public void Has_its_newest_version_first_where_times_are_equal_or_missing(string newer, string older)
    {
        foreach (var day in new int?[] { null, 1 })
        {
            Assert.Equal([newer, older], Sorted(Tagged(older, day), Tagged(newer, day)));
            Assert.Equal([newer, older], Sorted(Tagged(newer, day), Tagged(older, day)));
        }
    }

    [Fact]
    public void Believes_a_time_more_than_a_version() => Assert.Equal(["1.9", "1.10", "2.0"], Sorted(Tagged("2.0", null), Tagged("1.10", 1), Tagged("1.9", 2)));

    [Theory]
    [InlineData("latest", "data-f", "data-0 data-latest")]
    [InlineData("1.0", "v1.0", "1.0.0")]
    public void Has_the_same_order_each_time_where_nothing_tells(params string[] tags)
    {
        var frames = tags.Select(names => Tagged(names, null)).ToList();
        Assert.Equal(Sorted([.. frames]), Sorted([.. frames.AsEnumerable().Reverse()]));
    }

    [Fact]
    public void Says_what_each_frame_adds_to_the_one_before()
    {
        var sorted = FrameLog.Sorted([Frame("a", 1, 10, 20), Frame("b", 2, 10, 30), Frame("c", 3, 30, 10)]);
        Assert.Equal([0, 30, null], sorted.Select(frame => frame.New));
    }

    [Fact]
    public void Is_shown_as_a_table()
    {
        var log = new FrameLog("host/shop-db", FrameLog.Sorted([Frame("a", 1, 10), Frame("b", 2, 10, 30)]), 200, Complete: false);
        Assert.Equal(
            [
                "data version  time                  age  host    position    size   new  tags",
                "bbbbbbbbbbbb  2026-11-02 03:00:00   5 h  master  binlog.7:2  40 B  30 B  b",
                "aaaaaaaaaaaa  2026-11-01 03:00:00  29 h  master  binlog.7:1  10 B     -  a",
                "",
                "'new' is what the frame below has not.",
                "host/shop-db: 2 frames under 200 tags; it has more tags, which were not looked at, and may have newer frames than all but that of 'data-latest'.",
            ],
            log.Lines(new(2026, 11, 2, 8, 30, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("</v2/shop-db/tags/list?n=100&last=b>; rel=\"next\"", "/v2/shop-db/tags/list?n=100&last=b")]
    [InlineData("<https://host/v2/x/tags/list?last=b>; rel=next", "https://host/v2/x/tags/list?last=b")]
    [InlineData("</first>; rel=\"first\", </second>; title=\"a\"; rel=\"next\"", "/second")]
    [InlineData("</first>; rel=\"prev\"", null)]
    public void Says_where_the_next_tags_are(string link, string? next) => Assert.Equal(next, TagPage.NextOf([link]));

    static IEnumerable<string> Sorted(params LoggedFrame[] frames) => FrameLog.Sorted(frames).Select(frame => string.Join(' ', frame.Tags));

    static LoggedFrame Tagged(string tags, int? day) => Frame(tags, day) with { Digest = Digest.Of(System.Text.Encoding.UTF8.GetBytes(tags)), Tags = tags.Split(' ') };

    static LoggedFrame Frame(string tag, int? day, params byte[] layers) => new(
        Digest.Of([(byte)tag[0]]),
        [tag],
        new(new(tag[0], 64), null, null, new() { Host = "master", BinlogFile = "binlog.7", BinlogPosition = day, DumpTime = day is null ? null : new DateTime(2026, 11, day.Value, 3, 0, 0) }),
        [.. layers.Select(size => new Descriptor(MediaTypes.OciLayerGzip, Digest.Of([size]), size))],
        layers.Sum(size => (long)size));
}

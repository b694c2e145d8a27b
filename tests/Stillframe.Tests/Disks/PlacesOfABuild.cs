using Stillframe.Dumps;
using Stillframe.Engines;

namespace Stillframe.Tests.Disks;

public sealed class PlacesOfABuild : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly AReporter reporter = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void With_room_for_what_comes_say_nothing()
    {
        Places().Require(Summary(1000), Summary(1000).Tables, isRead: false, onThisHost: true);

        Assert.Empty(reporter.Warnings);
    }

    [Fact]
    public void Without_room_are_an_error_with_directory_need_and_what_is_free()
    {
        var dump = Summary(1L << 58);

        var e = Assert.Throws<StillframeException>(() => Places().Require(dump, dump.Tables, isRead: false, onThisHost: true));

        Assert.Equal(ErrorCodes.WriteFailed, e.Code);
        Assert.Contains($"'{PathOf("work")}'", e.Message, StringComparison.Ordinal);
        Assert.Contains("72,057,595,", e.Message, StringComparison.Ordinal);
        Assert.Contains("are free", e.Message, StringComparison.Ordinal);
        Assert.Contains("TMPDIR", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_hardly_enough_room_are_a_warning()
    {
        var dump = Summary((long)(Disk.Of(directory.Path)!.Free / 2));

        Places().Require(dump, dump.Tables, isRead: false, onThisHost: true);

        Assert.Contains(reporter.Warnings, warning => warning.Code == ErrorCodes.WriteFailed && warning.Text.Contains(PathOf("work"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("work", "TMPDIR")]
    [InlineData("cache", "XDG_CACHE_HOME")]
    [InlineData("layout", "obj")]
    public void That_are_full_are_named_with_what_to_do(string place, string advice)
    {
        var places = Places();
        places.Require(Summary(1000), Summary(1000).Tables, isRead: false, onThisHost: true);

        var e = places.Explain(new IOException($"No space left on device : '{PathOf(place)}/sf-1.a/rows.sql'"));

        Assert.Equal(ErrorCodes.WriteFailed, e?.Code);
        Assert.StartsWith($"The disk of '{PathOf(place)}' is full: ", e?.Message, StringComparison.Ordinal);
        Assert.Contains(advice, e?.Message, StringComparison.Ordinal);
        Assert.Contains("takes about", e?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void That_are_not_ours_are_named() =>
        Assert.Equal(ErrorCodes.WriteFailed, Places().Explain(new UnauthorizedAccessException($"Access to the path '{PathOf("work")}/sf-1.a' is denied."))?.Code);

    [Fact]
    public void Are_not_to_blame_for_anything_else()
    {
        Assert.Null(Places().Explain(new IOException("The file '/elsewhere' is gone.")));
        Assert.Null(Places().Explain(new InvalidOperationException()));
        Assert.Null(Places().Explain(new StillframeException(ErrorCodes.ServerDied, "It ended.")));
    }

    [Fact]
    public void Keep_what_is_fetched_in_the_cache() => Assert.Equal(PathOf("cache"), Places().Blobs(PathOf("work")));

    [Fact]
    public void Keep_it_for_the_build_alone_where_the_cache_takes_none()
    {
        File.WriteAllText(PathOf("cache"), "no directory");
        var places = Places();

        Assert.Equal(Path.Combine(PathOf("work"), "cache"), places.Blobs(PathOf("work")));
        places.Blobs(PathOf("work"));

        Assert.Contains("XDG_CACHE_HOME", Assert.Single(reporter.Warnings).Text, StringComparison.Ordinal);
    }

    string PathOf(string name) => Path.Combine(directory.Path, name);

    BuildPlaces Places() => new(
        new()
        {
            Dumps = [],
            Engine = new(EngineKind.Local, null, null, PathOf("cache"), PathOf("work")),
            Reader = new("reader", "secret", AllowEmptyPassword: false),
            LayoutDirectory = PathOf("layout"),
        },
        reporter);

    static DumpSummary Summary(long rowBytes) => new()
    {
        DataVersion = "",
        Tables = [new() { Schema = "shop", Name = "t", Fingerprint = "", SchemaFingerprint = "", RowsFingerprint = "", Rows = 1, RowBytes = rowBytes }],
        Schemas = ["shop"],
        Files = [],
        Source = new(),
    };
}

using Stillframe.MSBuild;

namespace Stillframe.Tests.MSBuild;

public sealed class FileStamps : IDisposable
{
    static readonly DateTime longAgo = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    string File => Path.Combine(directory.Path, "dump.sql");

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Are_the_same_while_nothing_happens()
    {
        Write("one");
        var stamp = FileStamp.Of(File);

        _ = System.IO.File.ReadAllText(File);

        Assert.NotNull(stamp);
        Assert.Equal(stamp, FileStamp.Of(File));
        Assert.Equal((3, (longAgo - DateTime.UnixEpoch).Ticks * 100), (stamp.Length, stamp.Modified));
    }

    [Fact]
    public async Task Tell_a_file_that_was_written_in_place_and_dated_back()
    {
        Write("one");
        var stamp = await SettledAsync();

        Write("two");

        Assert.NotEqual(stamp, FileStamp.Of(File));
    }

    [Fact]
    public async Task Tell_a_file_that_was_put_in_the_place_of_another()
    {
        Write("one");
        var stamp = await SettledAsync();
        var other = Path.Combine(directory.Path, "other");
        System.IO.File.WriteAllText(other, "two");
        System.IO.File.SetLastWriteTimeUtc(other, longAgo);

        System.IO.File.Move(other, File, overwrite: true);

        Assert.NotEqual(stamp, FileStamp.Of(File));
    }

    [Fact]
    public void Follow_links()
    {
        Write("one");
        var link = Path.Combine(directory.Path, "link");
        System.IO.File.CreateSymbolicLink(link, File);

        Assert.Equal(FileStamp.Of(File), FileStamp.Of(link));
    }

    [Fact]
    public void Of_no_file_are_none() => Assert.Null(FileStamp.Of(File));

    [Theory]
    [InlineData(123_456_789, 10, false)]
    [InlineData(123_456_789, 60, true)]
    [InlineData(0, 1000, false)] // a file system that counts whole seconds
    [InlineData(0, 3001, true)]
    public void Are_trusted_once_the_clock_has_gone_on(long nanoseconds, int milliseconds, bool expected)
    {
        var changed = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000).AddTicks(nanoseconds / 100);
        var stamp = new FileStamp(1, 0, changed.ToUnixTimeSeconds() * 1_000_000_000 + nanoseconds, 1, 1);

        Assert.Equal(expected, stamp.IsOld(changed.AddMilliseconds(milliseconds)));
    }

    void Write(string text)
    {
        System.IO.File.WriteAllText(File, text);
        System.IO.File.SetLastWriteTimeUtc(File, longAgo);
    }

    /// <summary>Of a file that a later change shows on.</summary>
    async Task<FileStamp> SettledAsync()
    {
        while (true)
        {
            if (FileStamp.Of(File) is { } stamp && stamp.IsOld(DateTimeOffset.UtcNow))
                return stamp;
            await Task.Yield();
        }
    }
}

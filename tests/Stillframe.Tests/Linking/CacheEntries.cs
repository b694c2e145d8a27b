using Stillframe.Compiling;

namespace Stillframe.Tests.Linking;

public sealed class CacheEntries : IDisposable
{
    const string Key = "0123abcd";

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly ObjectCache cache;

    public CacheEntries() => cache = Cache(1 << 20);

    string Place => Path.Combine(directory.Path, "cache");

    [Fact]
    public async Task Come_back_with_their_files()
    {
        await cache.AddAsync("thing", Key, "a description", [Write("a", "first"), Write("b", "second")], default);

        var found = await cache.FindAsync<string>("thing", Key, directory.Path, default);

        Assert.NotNull(found);
        Assert.Equal("a description", found.Description);
        Assert.Equal(["first", "second"], found.Files.Select(File.ReadAllText));
        Assert.Null(await cache.FindAsync<string>("other", Key, directory.Path, default));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Place, "new")));
    }

    [Fact]
    public async Task Stay_with_whoever_found_them_when_they_go()
    {
        await cache.AddAsync("thing", Key, 1, [Write("a", "first")], default);
        var found = await cache.FindAsync<int>("thing", Key, directory.Path, default);

        await Cache(0).TrimAsync(default);

        Assert.Null(await cache.FindAsync<int>("thing", Key, directory.Path, default));
        Assert.Equal("first", File.ReadAllText(found!.Files[0]));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("entry.json")]
    public async Task With_one_wrong_byte_are_removed(string file)
    {
        await cache.AddAsync("thing", Key, "a description", [Write("a", "first")], default);
        var path = Directory.EnumerateFiles(Place, file, SearchOption.AllDirectories).Single();
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Null(await cache.FindAsync<string>("thing", Key, directory.Path, default));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Not_used_for_longest_go_first()
    {
        foreach (var key in new[] { "aa1", "bb2", "cc3" })
            await cache.AddAsync("thing", key, 1, [Write(key, new string('x', 1000))], default);
        foreach (var (key, age) in new[] { ("aa1", 1), ("bb2", 3), ("cc3", 2) })
            File.SetLastWriteTimeUtc(Path.Combine(Place, "thing", key[..2], key, "entry.json"), DateTime.UtcNow.AddHours(-age));
        await cache.FindAsync<int>("thing", "bb2", directory.Path, default);

        await Cache(2600).TrimAsync(default);

        Assert.Null(await cache.FindAsync<int>("thing", "cc3", directory.Path, default));
        Assert.NotNull(await cache.FindAsync<int>("thing", "aa1", directory.Path, default));
        Assert.NotNull(await cache.FindAsync<int>("thing", "bb2", directory.Path, default));
    }

    [Fact]
    public async Task Can_be_read_by_nobody_else()
    {
        if (OperatingSystem.IsWindows())
            return;
        Directory.CreateDirectory(Place, (UnixFileMode)0b111_111_101); // of an older version
        await cache.AddAsync("thing", Key, "a password", [Write("a", "data")], default);

        Assert.All(
            new DirectoryInfo(Place).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(new DirectoryInfo(Place)).Where(entry => entry.Name != "new"),
            entry => Assert.Equal((entry.Name, Convert.ToString(entry is FileInfo ? 0b110_000_000 : 0b111_000_000, 2)), (entry.Name, Convert.ToString((int)entry.UnixFileMode, 2))));
    }

    [Fact]
    public async Task Of_an_older_version_are_closed_when_they_are_looked_for()
    {
        if (OperatingSystem.IsWindows())
            return;
        await cache.AddAsync("thing", Key, "a password", [Write("a", "data")], default);
        File.SetUnixFileMode(Place, (UnixFileMode)0b111_101_101);

        await cache.FindAsync<string>("thing", Key, directory.Path, default);

        Assert.Equal((UnixFileMode)0b111_000_000, File.GetUnixFileMode(Place));
    }

    [Fact]
    public async Task With_known_digests_are_not_hashed_but_checked()
    {
        var digest = Stillframe.Oci.Digest.Of("data"u8);
        await cache.AddAsync("thing", Key, 1, [Write("a", "data")], default, [digest]);
        await cache.AddAsync("thing", Key + "e", 1, [Write("b", "other")], default, [digest]);

        Assert.NotNull(await cache.FindAsync<int>("thing", Key, directory.Path, default));
        Assert.Null(await cache.FindAsync<int>("thing", Key + "e", directory.Path, default));
    }

    public void Dispose() => directory.Dispose();

    ObjectCache Cache(long limit) => new(Place, limit, SilentReporter.Instance);

    string Write(string name, string text)
    {
        var path = Path.Combine(directory.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}

using Stillframe.Linking;

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

    public void Dispose() => directory.Dispose();

    ObjectCache Cache(long limit) => new(Place, limit, SilentReporter.Instance);

    string Write(string name, string text)
    {
        var path = Path.Combine(directory.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}

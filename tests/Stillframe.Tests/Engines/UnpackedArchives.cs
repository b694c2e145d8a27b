using System.Formats.Tar;

namespace Stillframe.Tests.Engines;

public sealed class UnpackedArchives : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    public UnpackedArchives()
    {
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(Outside);
        File.WriteAllText(Secret, "secret");
    }

    public static TheoryData<string, string[]> Tricks => new()
    {
        { "a name that climbs", ["f ../x"] },
        { "a name that climbs later", ["f a/../../x"] },
        { "a name that climbs and comes back", ["f a/../x"] },
        { "the directory's own name and more", ["f ../root-outside/x"] },
        { "an absolute name", ["f /OUTSIDE/x"] },
        { "the directory itself", ["f ."] },
        { "a directory outside", ["d ../x"] },
        { "a link outside", ["l ../x secret"] },
        { "below an absolute link", ["l a OUTSIDE", "f a/x"] },
        { "below an absolute link into the directory", ["d b", "l a ROOT/b", "f a/x"] },
        { "below a relative link", ["l a ../root-outside", "f a/x"] },
        { "below a relative link, deeper", ["d b", "l b/a ../../root-outside", "f b/a/x"] },
        { "below a link to above", ["l a ..", "f a/x"] },
        { "below a link that comes back", ["l a ../root", "f a/x"] },
        { "below a link to a link", ["l b ../root-outside", "l a b", "f a/x"] },
        { "below a link that passes a link", ["d c", "l b ../root-outside", "l a c/../b", "f a/x"] },
        { "below links in a circle", ["l a b", "l b a", "f a/x"] },
        { "a directory that becomes a link", ["d a", "f a/y", "l a ../root-outside", "f a/x"] },
        { "a directory below a link", ["l a OUTSIDE", "d a/x"] },
        { "the directory that a link is", ["l a OUTSIDE", "d a"] },
        { "a link below a link", ["l a OUTSIDE", "l a/x y"] },
        { "below a file", ["f a", "f a/x"] },
        { "a hard link to an absolute name", ["h x OUTSIDE/secret"] },
        { "a hard link that climbs", ["h x ../root-outside/secret"] },
        { "a hard link to a link", ["l a OUTSIDE/secret", "h x a"] },
        { "a hard link below a link", ["l a OUTSIDE", "h x a/secret"] },
        { "a hard link to nothing", ["h x y"] },
        { "a hard link below a link to elsewhere", ["f y", "l a OUTSIDE", "h a/x y"] },
        { "a device", ["c x"] },
        { "a disk", ["b x"] },
        { "a pipe", ["p x"] },
    };

    string Root => Path.Combine(directory.Path, "root");

    string Outside => Path.Combine(directory.Path, "root-outside");

    string Secret => Path.Combine(Outside, "secret");

    [Theory]
    [MemberData(nameof(Tricks))]
    public async Task Refuse(string trick, string[] entries)
    {
        var e = await Assert.ThrowsAsync<StillframeException>(() => ExtractAsync(entries));

        Assert.True(e.Code == ErrorCodes.ArchiveUnsafe, trick);
        Assert.Equal([Secret], Directory.EnumerateFileSystemEntries(Outside));
        Assert.Equal("secret", File.ReadAllText(Secret));
        Assert.Equal([Root, Outside], Directory.EnumerateFileSystemEntries(directory.Path).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Directory.EnumerateFiles(Root, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint }), file => File.ReadAllText(file) == "secret");
    }

    [Fact]
    public async Task Replace_a_link_and_not_what_it_leads_to()
    {
        await ExtractAsync(["l a OUTSIDE/secret", "f a"]);

        Assert.Equal("secret", File.ReadAllText(Secret));
        Assert.Null(new FileInfo(Path.Combine(Root, "a")).LinkTarget);
        Assert.Equal("a", File.ReadAllText(Path.Combine(Root, "a")));
    }

    [Fact]
    public async Task Remove_a_directory_and_not_what_links_in_it_lead_to()
    {
        await ExtractAsync(["d a", "l a/b OUTSIDE", "f a"]);

        Assert.Equal("secret", File.ReadAllText(Secret));
        Assert.Equal("a", File.ReadAllText(Path.Combine(Root, "a")));
    }

    [Fact]
    public async Task Have_links_that_lead_elsewhere_as_they_are()
    {
        await ExtractAsync(["l var/run /run", "l up ../../x"]);

        Assert.Equal("/run", new FileInfo(Path.Combine(Root, "var/run")).LinkTarget);
        Assert.Equal("../../x", new FileInfo(Path.Combine(Root, "up")).LinkTarget);
    }

    [Fact]
    public async Task Get_below_links_that_stay_inside()
    {
        await ExtractAsync(["d usr/lib", "l lib usr/lib", "d lib", "f ./lib/x", "l usr/bin ../usr/lib", "f usr/bin/y"]);

        Assert.Equal(["x", "y"], Directory.EnumerateFiles(Path.Combine(Root, "usr/lib")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Have_files_under_two_names()
    {
        await ExtractAsync(["f a/x", "h b/y a/x"]);

        Assert.Equal("a/x", File.ReadAllText(Path.Combine(Root, "b/y")));
    }

    [Theory]
    [InlineData("l x y")]
    [InlineData("h x y")]
    public async Task Of_data_have_no_links(string link)
    {
        using var tar = await WriteAsync(["f y", link]);

        var e = await Assert.ThrowsAsync<StillframeException>(() => TarDirectory.ExtractAsync(tar, Root, default));

        Assert.Equal(ErrorCodes.ArchiveUnsafe, e.Code);
    }

    public void Dispose() => directory.Dispose();

    async Task ExtractAsync(string[] entries)
    {
        var root = new ExtractionRoot(Root);
        using var tar = new TarReader(await WriteAsync(entries));
        while (await tar.GetNextEntryAsync() is { } entry)
            await root.ExtractAsync(entry, default);
    }

    /// <param name="entries">Kind, name, and where it has one, the name it is a link to; what a file holds is its name.</param>
    async Task<MemoryStream> WriteAsync(string[] entries)
    {
        var stream = new MemoryStream();
        await using (var tar = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var words in entries.Select(entry => entry.Replace("OUTSIDE", Outside, StringComparison.Ordinal).Replace("ROOT", Root, StringComparison.Ordinal).Split(' ')))
            {
                var entry = new PaxTarEntry(Kind(words[0]), words[1].Replace("//", "/", StringComparison.Ordinal));
                if (words.Length > 2)
                    entry.LinkName = words[2];
                if (words[0] == "f")
                    entry.DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(words[1]));
                await tar.WriteEntryAsync(entry);
            }
        }

        stream.Position = 0;
        return stream;
    }

    static TarEntryType Kind(string letter) => letter switch
    {
        "f" => TarEntryType.RegularFile,
        "d" => TarEntryType.Directory,
        "l" => TarEntryType.SymbolicLink,
        "h" => TarEntryType.HardLink,
        "c" => TarEntryType.CharacterDevice,
        "b" => TarEntryType.BlockDevice,
        _ => TarEntryType.Fifo,
    };
}

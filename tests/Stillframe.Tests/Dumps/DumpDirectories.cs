using System.Security.Cryptography;
using System.Text;
using Stillframe.Dumps;
using Stillframe.Inspection;

namespace Stillframe.Tests.Dumps;

public sealed class DumpDirectories : IDisposable
{
    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    public void Dispose() => work.Dispose();

    [Fact]
    public void Are_the_files_of_their_manifest_in_its_order()
    {
        var directory = Write(("b.sql", "CREATE TABLE b (id INT PRIMARY KEY);\n"), ("a.sql", "INSERT INTO b VALUES (1);\n"));

        Assert.Equal(["first.sql", Path.Combine(directory, "b.sql"), Path.Combine(directory, "a.sql")], DumpFiles.Of(["first.sql", directory]));
    }

    [Fact]
    public void Without_a_manifest_are_no_dump() => AssertBroken("has no dump.json");

    [Fact]
    public void Of_another_format_are_no_dump()
    {
        var directory = Write(("a.sql", "x"));
        File.WriteAllText(Path.Combine(directory, "dump.json"), File.ReadAllText(Path.Combine(directory, "dump.json")).Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal));
        AssertBroken("that this version can't read");
    }

    [Fact]
    public void That_lack_a_file_are_not_whole()
    {
        File.Delete(Path.Combine(Write(("a.sql", "x")), "a.sql"));
        AssertBroken("lacks the file 'a.sql'");
    }

    [Fact]
    public void With_a_file_of_another_size_are_not_whole()
    {
        File.AppendAllText(Path.Combine(Write(("a.sql", "x")), "a.sql"), "y");
        AssertBroken("a file 'a.sql' of 2 bytes, which has 1");
    }

    [Fact]
    public void Name_no_file_of_another_directory()
    {
        Write(("../a.sql", "x"));
        AssertBroken("lacks the file '../a.sql'");
    }

    [Fact]
    public void Tell_the_fingerprints_of_rows_that_are_not_read()
    {
        var directory = Write(("b.sql", "CREATE TABLE b (id INT PRIMARY KEY);\n"), ("a.sql", "no rows at all"));
        Change(manifest => manifest with { Files = [manifest.Files[0], Known(manifest.Files[1])] });

        var summary = DumpFiles.Inspect(DumpFiles.Of([directory]), new() { DefaultSchema = "s" }, SilentReporter.Instance, default);

        var table = Assert.Single(summary.Tables);
        Assert.Equal((Fingerprint, 7, 70), (table.RowsFingerprint, table.Rows, table.RowBytes));
    }

    [Fact]
    public void Are_read_as_a_whole_beside_another_file()
    {
        var directory = Write(("b.sql", "CREATE TABLE b (id INT PRIMARY KEY);\n"), ("a.sql", "INSERT INTO b VALUES (1);\n"));
        Change(manifest => manifest with { Files = [manifest.Files[0], Known(manifest.Files[1])] });
        var more = Path.Combine(work.Path, "more.sql");
        File.WriteAllText(more, "INSERT INTO b VALUES (2);\n");

        var summary = DumpFiles.Inspect(DumpFiles.Of([directory, more]), new() { DefaultSchema = "s" }, SilentReporter.Instance, default);

        Assert.Equal(2, Assert.Single(summary.Tables).Rows);
    }

    [Fact]
    public void Need_no_files_of_tables_that_come_without_rows()
    {
        var directory = Write(("0.sql", "CREATE TABLE b (id INT PRIMARY KEY);CREATE TABLE log (id INT PRIMARY KEY);\n"), ("b.sql", "no rows at all"), ("log.sql", "neither"));
        Change(manifest => manifest with { Files = [manifest.Files[0], Known(manifest.Files[1]), Known(manifest.Files[2]) with { Table = Known(manifest.Files[2]).Table! with { Name = "log" } }] });
        File.Delete(Path.Combine(directory, "log.sql"));
        var options = new DumpOptions { DefaultSchema = "s", WithoutRows = ["s.log*"] };

        var summary = DumpFiles.Inspect(DumpFiles.Of([directory], options), options, SilentReporter.Instance, default);

        Assert.Equal([7L, 0], summary.Tables.Select(table => table.Rows)); // those of the others are not read either
    }

    const string Fingerprint = "f00d";

    static DumpedFile Known(DumpedFile file) => file with { Table = new() { Schema = "s", Name = "b", Rows = 7, RowBytes = 70, Definition = "", RowsFingerprint = Fingerprint } };

    void Change(Func<DumpManifest, DumpManifest> change)
    {
        var path = Path.Combine(work.Path, DumpManifest.FileName);
        File.WriteAllBytes(path, change(DumpManifest.Parse(File.ReadAllBytes(path))!).ToJson());
    }

    void AssertBroken(string words)
    {
        var e = Assert.Throws<StillframeException>(() => DumpFiles.Of([work.Path]));
        Assert.Equal(ErrorCodes.DumpDirectoryBroken, e.Code);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    string Write(params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files.Where(file => !file.Name.Contains('/', StringComparison.Ordinal)))
            File.WriteAllText(Path.Combine(work.Path, name), text);
        var manifest = new DumpManifest
        {
            DataVersion = "",
            Server = "",
            Time = DateTimeOffset.UnixEpoch,
            Schemas = [],
            Files = [.. files.Select(file => new DumpedFile { Name = file.Name, Bytes = file.Text.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Text))) })],
        };
        File.WriteAllBytes(Path.Combine(work.Path, DumpManifest.FileName), manifest.ToJson());
        return work.Path;
    }
}

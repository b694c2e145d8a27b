using System.IO.Compression;
using System.Text;
using Stillframe.Dumps;

namespace Stillframe.Tests.Dumps;

/// <summary>A statement whose text outlives the reader's buffer.</summary>
public sealed record Read(StatementKind Kind, string Text, string? Schema, string? Table, long Line, long Offset);

/// <summary>A dump file in a temporary directory. Text is written as UTF-8, or as it is where bytes are given.</summary>
public sealed class Dump : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    public Dump(string text, string name = "shop.sql")
        : this(Encoding.UTF8.GetBytes(text), name)
    {
    }

    public Dump(byte[] bytes, string name = "shop.sql")
    {
        File = Path.Combine(directory.Path, name);
        System.IO.File.WriteAllBytes(File, bytes);
    }

    public string File { get; }

    public static byte[] Golden(string name) =>
        System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Dumps", "Data", name));

    public static byte[] Gzip(byte[] bytes)
    {
        var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return target.ToArray();
    }

    public static IReadOnlyList<Read> Statements(string text, DumpOptions? options = null) => Statements(Encoding.UTF8.GetBytes(text), options);

    public static IReadOnlyList<Read> Statements(byte[] bytes, DumpOptions? options = null, string name = "shop.sql")
    {
        using var dump = new Dump(bytes, name);
        return dump.Read(options);
    }

    public static DumpSummary Summary(string text, DumpOptions? options = null, string name = "shop.sql") =>
        Summary(Encoding.UTF8.GetBytes(text), options, name);

    public static DumpSummary Summary(byte[] bytes, DumpOptions? options = null, string name = "shop.sql")
    {
        using var dump = new Dump(bytes, name);
        return DumpInspector.Inspect([dump.File], options ?? new(), SilentReporter.Instance, default);
    }

    /// <summary>The error that reading gives.</summary>
    public static StillframeException Error(string text, DumpOptions? options = null) => Error(Encoding.UTF8.GetBytes(text), options);

    public static StillframeException Error(byte[] bytes, DumpOptions? options = null, string name = "shop.sql") =>
        Assert.Throws<StillframeException>(() => Summary(bytes, options, name));

    public IReadOnlyList<Read> Read(DumpOptions? options = null, IReporter? reporter = null) =>
    [
        .. DumpReader.Read([File], options ?? new(), reporter ?? SilentReporter.Instance, default).Select(one => new Read(
            one.Kind, Encoding.Latin1.GetString(one.Text.Span), one.Schema, one.Table, one.Location.Line, one.Location.Offset)),
    ];

    public void Dispose() => directory.Dispose();
}

/// <summary>Keeps the warnings.</summary>
public sealed class Warnings : IReporter
{
    public List<(string Code, string Text, SourceLocation? Location)> All { get; } = [];

    public void Message(Importance importance, string text) { }

    public void Warning(string code, string text, SourceLocation? location = null) => All.Add((code, text, location));
}

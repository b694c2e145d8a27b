using System.Text;
using Stillframe.Engines;

namespace Stillframe.EndToEnd.Engines;

/// <summary>What the tests of several engines do with a workbench.</summary>
static class Bench
{
    /// <summary>Kept between runs, as a user's cache is; a first run fills it from the distribution's packages.</summary>
    public static string Cache { get; } = Path.Combine(AppContext.BaseDirectory, "cache");

    public static EngineOptions Options(EngineKind kind, string? work = null) => new(kind, null, null, Cache, work);

    public static async Task BootstrapAsync(IWorkbench bench)
    {
        var sql = new MemoryStream();
        sql.Write("create database mysql;\nuse mysql;\n"u8);
        foreach (var name in new[] { "mysql_system_tables.sql", "mysql_performance_tables.sql", "mysql_system_tables_data.sql" })
            sql.Write(await bench.ReadShareFileAsync(name, CancellationToken.None));
        var result = await bench.RunAsync(
            "mariadbd",
            ["--bootstrap"],
            (stream, token) => stream.WriteAsync(sql.ToArray(), token).AsTask(),
            CancellationToken.None);
        Assert.True(result.ExitCode == 0, result.Said);
    }

    /// <summary>Whether any process has this text among its arguments.</summary>
    public static bool IsMentionedByProcess(string text) =>
        Directory.EnumerateDirectories("/proc").Any(directory =>
        {
            try
            {
                return char.IsAsciiDigit(Path.GetFileName(directory)[0])
                    && File.ReadAllText(Path.Combine(directory, "cmdline"), Encoding.UTF8).Contains(text, StringComparison.Ordinal);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false; // it has just ended
            }
        });

    public static async Task<bool> BecomesTrueAsync(Func<bool> condition, TimeSpan patience)
    {
        var end = DateTime.UtcNow + patience;
        while (!condition())
        {
            if (DateTime.UtcNow > end)
                return false;
            await Task.Delay(20);
        }

        return true;
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Layers;
using Stillframe.Loading;

namespace Stillframe.EndToEnd.Linking;

/// <summary>Builds frames with a cache of its own, and keeps what the build had to say.</summary>
sealed class LinkBench : IDisposable
{
    public static ReaderAccount Reader { get; } = new("reader", "secret", AllowEmptyPassword: false);

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    /// <param name="cold">Makes its system tables itself, too.</param>
    public LinkBench(bool cold = false)
    {
        CacheOfTheRun.LinkServers(Cache);
        if (!cold)
            CacheOfTheRun.LinkSystemTables(Cache);
    }

    public string Cache => PathOf("cache");

    public string Layout => PathOf("layout");

    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>Tables that the last build compiled.</summary>
    public IReadOnlyList<string> Compiled =>
        [.. Messages.Where(line => line.StartsWith("Compiling ", StringComparison.Ordinal)).Select(line => line["Compiling ".Length..line.IndexOf(':', StringComparison.Ordinal)]).Order(StringComparer.Ordinal)];

    public string PathOf(string name) => Path.Combine(directory.Path, name);

    public string Write(string name, string sql)
    {
        File.WriteAllText(PathOf(name), sql);
        return PathOf(name);
    }

    public FrameRequest Request(string dump) => new()
    {
        Dumps = [dump],
        Engine = new(EngineKind.Embedded, null, null, Cache, PathOf("work")),
        Reader = Reader,
        LayoutDirectory = Layout,
        Compression = LayerCompression.None, // packing the server anew for each of them would take longer than all the rest
    };

    public Task<FrameBuild> BuildAsync(string dump, Func<FrameRequest, FrameRequest>? change = null, CancellationToken cancellationToken = default)
    {
        Messages.Clear();
        var request = Request(dump);
        return FrameBuilder.BuildAsync(change?.Invoke(request) ?? request, new Listener(Messages), cancellationToken);
    }

    public void Dispose() => directory.Dispose();

    sealed class Listener(ConcurrentQueue<string> said) : IReporter
    {
        public void Message(Importance importance, string text) => said.Enqueue(text);

        public void Warning(string code, string text, SourceLocation? location = null) => said.Enqueue(text);
    }
}

/// <summary>A dump of small tables of several kinds, as a tool would write it.</summary>
static class SmallDump
{
    public static Dictionary<string, string> Tables { get; } = new()
    {
        ["basket"] = "CREATE TABLE `basket` (`id` int NOT NULL AUTO_INCREMENT PRIMARY KEY, `v` varchar(80), KEY (`v`)) ENGINE=InnoDB AUTO_INCREMENT=77;\n" + Rows("basket", 3000),
        ["customer"] = "CREATE TABLE `customer` (`id` int NOT NULL PRIMARY KEY, `v` varchar(80), FULLTEXT KEY `f` (`v`)) ENGINE=InnoDB;\n" + Rows("customer", 500),
        ["item"] = "CREATE TABLE `item` (`id` int NOT NULL, `v` varchar(80)) ENGINE=InnoDB;\n" + Rows("item", 800),
        ["log"] = "CREATE TABLE `log` (`id` int NOT NULL, `v` varchar(80), KEY (`v`)) ENGINE=InnoDB;\n" + Rows("log", 700),
        ["nothing"] = "CREATE TABLE `nothing` (`id` int NOT NULL AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB AUTO_INCREMENT=5;\n",
        ["part"] = "CREATE TABLE `part` (`id` int NOT NULL PRIMARY KEY, `v` varchar(80)) ENGINE=InnoDB PARTITION BY HASH (`id`) PARTITIONS 3;\n" + Rows("part", 900),
        ["words"] = "CREATE TABLE `words` (`id` int NOT NULL PRIMARY KEY, `v` varchar(80)) ENGINE=MyISAM;\n" + Rows("words", 300),
    };

    public static string Of(IReadOnlyDictionary<string, string> tables) =>
        "-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB\n/*!40101 SET NAMES utf8mb4 */;\n/*!40014 SET FOREIGN_KEY_CHECKS=0 */;\n"
        + "CREATE DATABASE `shop` DEFAULT CHARACTER SET utf8mb4;\nUSE `shop`;\n" + string.Concat(tables.OrderBy(table => table.Key, StringComparer.Ordinal).Select(table => table.Value))
        + "CREATE VIEW `v` AS SELECT `id` FROM `basket`;\n-- Dump completed on 2026-11-20 10:00:00\n";

    public static string Rows(string table, int count, int first = 1)
    {
        var text = new StringBuilder();
        for (var i = first; i < first + count; i++)
            text.Append(CultureInfo.InvariantCulture, $"INSERT INTO `{table}` VALUES ({i},'word{i % 97} of {table} {i * 7919L % 10007}');\n");
        return text.ToString();
    }
}

using Stillframe.Connections;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Oci;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Linking;

/// <summary>The environment of the build shows nowhere in its frame.</summary>
public class FramesBuiltElsewhere
{
    const string Dump = """
        -- MariaDB dump 10.19  Distrib 10.11.6-MariaDB
        CREATE DATABASE `shop` DEFAULT CHARACTER SET utf8mb4;
        USE `shop`;
        CREATE TABLE `sale` (`id` int NOT NULL PRIMARY KEY, `at` timestamp NOT NULL, `said` varchar(40) NOT NULL) ENGINE=InnoDB;
        INSERT INTO `sale` VALUES (1,'2026-07-01 12:00:00','x'),(2,FROM_UNIXTIME(86400),FROM_UNIXTIME(86400));
        -- Dump completed on 2026-11-20 10:00:00

        """;

    [NeedsFact(Need.Apt)]
    public async Task In_another_time_zone_have_the_same_rows_and_digest()
    {
        var here = await BuildAsync("UTC");
        var there = await BuildAsync("Asia/Tokyo");

        Assert.Equal(["1 1782907200 x", "2 86400 1970-01-02 00:00:00"], here.Rows);
        Assert.Equal(here.Rows, there.Rows);
        Assert.Equal(here.Digest, there.Digest);
    }

    static async Task<(string Digest, IReadOnlyList<string> Rows)> BuildAsync(string zone)
    {
        var before = Environment.GetEnvironmentVariable("TZ");
        Environment.SetEnvironmentVariable("TZ", zone);
        try
        {
            using var shop = new FrameWorkshop();
            // nothing kept: the one must not take the other's rows
            var frame = await FrameWorkshop.BuildAsync(shop.Request([shop.Dump("shop.sql", Dump)]) with { Incremental = false });
            await using var stage = await FrameWorkshop.StageAsync(frame);
            await using var server = await stage.StartAsync(FrameStart.Production, default);
            await using var connection = await ServerConnection.ConnectAsync(server.Endpoint, FrameWorkshop.Reader.User, FrameWorkshop.Reader.Password, default);
            var rows = await connection.QueryAsync("SELECT id, UNIX_TIMESTAMP(at), said FROM shop.sale ORDER BY id", default);
            return (frame.Digest, [.. rows.Select(row => string.Join(' ', row))]);
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", before);
        }
    }
}

using System.Security.Cryptography;
using Stillframe.Dumps;

namespace Stillframe.Tests.Dumps;

public class SourceOfADump
{
    const string MySqlGtid = "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5,a0b1c2d3-71ca-11e1-9e33-c80aa9429562:1-77";

    public static TheoryData<string, DumpSource> Goldens => new()
    {
        {
            "mariadb-10.11.sql",
            new()
            {
                Tool = "mariadb-dump 10.19 Distrib 10.11.19-MariaDB", Product = "MariaDB", ServerVersion = "10.11.19-MariaDB-0+deb12u1-log", Host = "localhost", Database = "shop",
                BinlogFile = "bin.000001", BinlogPosition = 3378978, Gtid = "0-7-67", DumpTime = new DateTime(2026, 11, 21, 4, 35, 39),
            }
        },
        {
            "mysqldump-5.7.sql",
            new()
            {
                Tool = "mysqldump 10.13 Distrib 5.7.44", Product = "MySQL", ServerVersion = "5.7.44-log", Host = "127.0.0.1", Database = "shop",
                BinlogFile = "mysql-bin.000123", BinlogPosition = 4567, DumpTime = new DateTime(2024, 3, 1, 4, 5, 6),
            }
        },
        {
            "mysqldump-8.0.sql",
            new()
            {
                Tool = "mysqldump 10.13 Distrib 8.0.36", Product = "MySQL", ServerVersion = "8.0.36", Host = "localhost", Database = "shop",
                BinlogFile = "binlog.000002", BinlogPosition = 157, Gtid = MySqlGtid, DumpTime = new DateTime(2024, 3, 1, 14, 5, 6),
            }
        },
        {
            "mysqldump-9.sql",
            new()
            {
                Tool = "mysqldump 10.13 Distrib 9.1.0", Product = "MySQL", ServerVersion = "9.1.0", Host = "db.example.com", Database = "shop",
                BinlogFile = "binlog.000002", BinlogPosition = 158, Gtid = MySqlGtid,
            }
        },
        { "mariadb-10.11-bare.sql", new() },
    };

    [Theory]
    [MemberData(nameof(Goldens))]
    public void Is_what_the_dump_says_of_it(string golden, DumpSource source) =>
        Assert.Equal(source, Dump.Summary(Dump.Golden(golden)).Source);

    /// <summary>A service relies on it for all tables: one that is right for some of them alone would show users old data.</summary>
    [Theory]
    [InlineData("0-1-5", "0-1-5", "0-1-5")]
    [InlineData("0-1-5", "0-1-4", null)]
    [InlineData("0-1-5", null, null)]
    [InlineData(null, "0-1-5", null)]
    [InlineData("0-1-5", "by hand", "0-1-5")]
    public void Has_a_position_where_all_files_of_tools_have_the_same(string? first, string? second, string? together)
    {
        using var directory = TemporaryDirectory.Create();
        string[] files = [Path.Combine(directory.Path, "a.sql"), Path.Combine(directory.Path, "b.sql")];
        foreach (var (file, gtid) in files.Zip([first, second]))
            File.WriteAllText(file, gtid is "by hand" ? "USE x; CREATE TABLE b (i int);" : $"""
                -- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)
                {(gtid is null ? "" : $"-- SET GLOBAL gtid_slave_pos='{gtid}';")}
                CREATE DATABASE IF NOT EXISTS x; USE x;
                CREATE TABLE {Path.GetFileNameWithoutExtension(file)} (i int);
                -- Dump completed

                """);

        Assert.Equal(together, DumpInspector.Inspect(files, new(), SilentReporter.Instance, default).Source.Gtid);
    }

    [Fact]
    public void Is_known_of_newer_and_older_servers()
    {
        var newer = Dump.Summary(
            "/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19-11.8.1-MariaDB, for debian-linux-gnu (x86_64)\n--\n"
            + "-- Host: localhost    Database: x\n-- Server version\t11.8.1-MariaDB\nCREATE TABLE a (i int);\n-- Dump completed on 2026-01-02 13:04:05\n");
        Assert.Equal(("mariadb-dump 10.19-11.8.1-MariaDB", "MariaDB"), (newer.Source.Tool, newer.Source.Product));
        var mixed = Dump.Summary(
            "-- MySQL dump 10.13  Distrib 5.7.44, for Linux (x86_64)\n-- Server version\t5.5.5-10.3.39-MariaDB\nCREATE TABLE a (i int);\n-- Dump completed\n");
        Assert.Equal(("MariaDB", "10.3.39-MariaDB"), (mixed.Source.Product, mixed.Source.ServerVersion));
    }

    [Fact]
    public void Is_told_with_size_and_digest_of_each_file()
    {
        var bytes = Dump.Gzip(Dump.Golden("mysqldump-8.0.sql"));
        using var dump = new Dump(bytes, "x.sql.gz");
        var file = Assert.Single(DumpInspector.Inspect([dump.File], new(), SilentReporter.Instance, default).Files);
        Assert.Equal(new DumpFile(dump.File, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), "shop"), file);
    }
}

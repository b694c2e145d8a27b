using System.Text;

namespace Stillframe.Tests.Dumps;

public class FilesOfOtherDatabases
{
    const string Postgres = "--\n-- PostgreSQL database dump\n--\n\n-- Dumped from database version 15.8\n\nSET statement_timeout = 0;\nCREATE TABLE public.a (i integer);\n";

    const string SqlServer = "USE [master]\nGO\n/****** Object:  Database [Chinook]    Script Date: 1/1/2024 ******/\nCREATE DATABASE [Chinook]\nGO\n";

    [Theory]
    [InlineData(Postgres, "PostgreSQL", "mariadb-dump")]
    [InlineData("\n\n" + Postgres, "PostgreSQL", "mariadb-dump")]
    [InlineData("--\n-- PostgreSQL database cluster dump\n--\n", "PostgreSQL", "mariadb-dump")]
    [InlineData("PGDMP\u0001\u000e\u0000", "pg_dump's own format", "mariadb-dump")]
    [InlineData(SqlServer, "Transact-SQL", "mariadb-dump")]
    [InlineData("SET ANSI_NULLS ON\r\nGO\r\nCREATE TABLE [dbo].[A]([I] [int] NOT NULL)\r\nGO\r\n", "Transact-SQL", "mariadb-dump")]
    [InlineData("CREATE TABLE A (I int)\r\ngo\r\n", "Transact-SQL", "mariadb-dump")]
    [InlineData("SQLite format 3\0\u0010\u0000", "SQLite", "dump that")]
    [InlineData("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE a (i INTEGER);\nCOMMIT;\n", "SQLite", "dump that")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "Git LFS", "git lfs pull")]
    [InlineData("<!DOCTYPE html>\n<html><body>Sign in</body></html>", "HTML", "Download the dump again")]
    [InlineData("\r\n  <HTML>\n", "HTML", "Download the dump again")]
    [InlineData("<?xml version=\"1.0\"?>\n<mysqldump>", "XML", "--xml")]
    [InlineData("{\"id\": 1}\n", "JSON", "mariadb-dump")]
    public void Are_refused_by_name_with_what_to_do(string text, string what, string toDo)
    {
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(text), [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(text)], Dump.Gzip(Encoding.UTF8.GetBytes(text)) })
        {
            if (bytes[0] == 0xef && text[0] is 'P' or 'S' or 'v')
                continue; // no such file starts with a mark of its encoding
            var error = Dump.Error(bytes);
            Assert.Equal(ErrorCodes.DumpForeign, error.Code);
            Assert.Contains(what, error.Message, StringComparison.Ordinal);
            Assert.Contains(toDo, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Are_known_in_the_utf_16_of_sql_servers_tools()
    {
        var error = Dump.Error([0xff, 0xfe, .. Encoding.Unicode.GetBytes(SqlServer)]);
        Assert.Equal(ErrorCodes.DumpForeign, error.Code);
        Assert.Contains("Transact-SQL", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Are_known_in_an_archive_that_was_compressed()
    {
        using var archive = new MemoryStream();
        using (var tar = new System.Formats.Tar.TarWriter(archive, System.Formats.Tar.TarEntryFormat.Ustar, leaveOpen: true))
            tar.WriteEntry(new System.Formats.Tar.UstarTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "shop.sql") { DataStream = new MemoryStream("CREATE TABLE a (i int);"u8.ToArray()) });
        foreach (var bytes in new[] { archive.ToArray(), Dump.Gzip(archive.ToArray()) })
        {
            var error = Dump.Error(bytes);
            Assert.Equal(ErrorCodes.DumpForeign, error.Code);
            Assert.Contains("tar archive", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("CREATE TABLE a (t text);\nINSERT INTO a VALUES ('\nGO\n-- PostgreSQL database dump\nUSE [x]\n');")]
    [InlineData("-- made after -- PostgreSQL database dump\nCREATE TABLE a (t text);")]
    [InlineData("CREATE TABLE `go` (i int);")]
    public void Are_not_seen_where_there_are_none(string text) => Assert.Single(Dump.Summary(text).Tables);
}

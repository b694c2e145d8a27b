using System.Buffers;
using System.Text;

namespace Stillframe.Dumps;

/// <summary>Files that people take for a dump of MySQL or MariaDB, and what they are in truth (SF1013).</summary>
internal static class ForeignText
{
    /// <summary>Bytes of a text's start that are looked at.</summary>
    public const int Length = 4096;

    /// <summary>So far no value can stand, whose bytes may be any.</summary>
    const int TextLength = 16;

    /// <summary>Control characters that no text has.</summary>
    static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(b => (byte)b).Where(b => b is not ((byte)'\t' or (byte)'\n' or (byte)'\v' or (byte)'\f' or (byte)'\r'))]);

    static readonly (byte[] Start, string What)[] Files =
    [
        ([.. "SQLite format 3\0"u8], "a database file of SQLite. Copy its tables into a MySQL or MariaDB server and dump that"),
        ([.. "PGDMP"u8], $"a dump of PostgreSQL in pg_dump's own format. {MoveIt}"),
        ([.. "version https://git-lfs.github.com/spec/"u8], "a pointer of Git LFS, not the file it stands for. Fetch that with 'git lfs pull' (in GitHub workflows: actions/checkout with 'lfs: true')"),
    ];

    static readonly (string Start, string What)[] Markup =
    [
        ("<!doctype html", Html),
        ("<html", Html),
        ("<?xml", "XML. Dump without --xml"),
        ("{", Json),
        ("[", Json),
    ];

    /// <summary>First statements and comments that other databases' tools write, one a line.</summary>
    static readonly (string Line, string What)[] Lines =
    [
        ("-- PostgreSQL database dump", Postgres),
        ("-- PostgreSQL database cluster dump", Postgres),
        ("PRAGMA foreign_keys=", "the '.dump' of SQLite, whose SQL differs. Copy the tables into a MySQL or MariaDB server and dump that"),
        ("SET ANSI_NULLS ", TransactSql),
        ("SET QUOTED_IDENTIFIER ", TransactSql),
        ("/****** Object:", TransactSql),
        ("CREATE TABLE [dbo].", TransactSql),
        ("USE [", TransactSql),
    ];

    const string Html = "an HTML page, such as a log-in or error page in place of a download. Download the dump again and look at what comes";
    const string Json = "JSON. Stillframe reads SQL as mariadb-dump and mysqldump write it";
    const string MoveIt = "Stillframe serves dumps of MySQL and MariaDB: move the data there and dump it with mariadb-dump";
    const string Postgres = $"a dump of PostgreSQL. {MoveIt}";
    const string TransactSql = $"a script of SQL Server (Transact-SQL). {MoveIt}";

    /// <param name="start">The first bytes of the text, decompressed; <see cref="Length"/> of them, or all.</param>
    /// <returns>The end of a sentence, with what to do; null where nothing speaks against a dump.</returns>
    public static string? Find(ReadOnlySpan<byte> start)
    {
        foreach (var (bytes, what) in Files)
        {
            if (start.StartsWith(bytes))
                return what;
        }

        if (TarHeader.IsOne(start))
            return "a tar archive. Unpack it, and name the dump files in it";
        return InText(Decode(start));
    }

    /// <summary>Whether no text looks like this; to be asked when nothing else is known of it.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> start) => start[..Math.Min(start.Length, TextLength)].ContainsAny(Controls);

    static string? InText(string text)
    {
        var trimmed = text.AsSpan().TrimStart();
        foreach (var (begin, what) in Markup)
        {
            if (trimmed.StartsWith(begin, StringComparison.OrdinalIgnoreCase))
                return what;
        }

        foreach (var line in trimmed.EnumerateLines())
        {
            foreach (var (begin, what) in Lines)
            {
                if (line.StartsWith(begin, StringComparison.OrdinalIgnoreCase))
                    return what;
            }

            if (line.ContainsAny("'\"`"))
                break; // what follows may stand in a string
            if (line.Trim().Equals("GO", StringComparison.OrdinalIgnoreCase))
                return TransactSql;
        }

        return null;
    }

    /// <summary>SQL Server's tools write UTF-16; of other encodings only ASCII counts here.</summary>
    static string Decode(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) ? Encoding.Unicode.GetString(start[2..(start.Length & ~1)])
        : start.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]) ? Encoding.Latin1.GetString(start[3..])
        : Encoding.Latin1.GetString(start);
}

using System.Text;
using Stillframe.Dumps;

namespace Stillframe.Tests.Dumps;

public class Fingerprints
{
    const string Create = "CREATE TABLE a (i int, t text);CREATE TABLE b (i int);";
    const string Text = Create + "INSERT INTO a VALUES (1,'x y'),(2,'z');INSERT INTO b VALUES (1);CREATE VIEW v AS SELECT i FROM a;";

    [Fact]
    public void Of_a_dump_made_twice_are_equal()
    {
        var first = Dump.Golden("mariadb-10.11.sql");
        var later = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(first)
            .Replace("2026-11-21  4:35:39", "2026-11-22 14:00:00", StringComparison.Ordinal)
            .Replace("MASTER_LOG_POS=3378978", "MASTER_LOG_POS=4000000", StringComparison.Ordinal)
            .Replace("10.11.19-MariaDB, for debian-linux-gnu", "11.4.2-MariaDB, for linux", StringComparison.Ordinal)
            .Replace("SQL SECURITY DEFINER", "SQL  SECURITY DEFINER", StringComparison.Ordinal)
            .Replace("DEFINER=`root`@`localhost`", "DEFINER=`app`@`%`", StringComparison.Ordinal)
            .Replace("\r\n", "\n", StringComparison.Ordinal));
        Assert.NotEqual(first, later);
        var summary = Dump.Summary(first);
        Assert.Matches("^[0-9a-f]{64}$", summary.DataVersion);
        Assert.Equal(summary.DataVersion, Dump.Summary(later).DataVersion);
        Assert.Equal(summary.DataVersion, Dump.Summary(Dump.Gzip(first), name: "other.sql.gz").DataVersion);
    }

    [Fact]
    public void Are_equal_however_rows_are_packed()
    {
        var extended = Dump.Summary(Dump.Golden("mariadb-10.11.sql"));
        var single = Dump.Summary(Dump.Golden("mariadb-10.11-single.sql"));
        Assert.Equal(extended.Tables, single.Tables);
        Assert.Equal(extended.DataVersion, single.DataVersion);
        Assert.Equal([0L, 3, 2], extended.Tables.Select(table => table.Rows));
    }

    [Theory]
    [InlineData("INSERT INTO a VALUES (1,'x y'),(2,'z');", "INSERT  INTO `a` VALUES ( 1 , 'x y' ) ,\r\n(2,'z') ;")]
    [InlineData("INSERT INTO a VALUES (1,'x y'),(2,'z');", "INSERT INTO shop.a VALUES (1,'x y') /* c */;INSERT INTO a VALUES -- c\n(2,'z');")]
    [InlineData("INSERT INTO b VALUES (1);", "INSERT INTO b VALUES (/*!80000 2, */ 1 /*!50700 +1*/);")]
    [InlineData("INSERT INTO b VALUES (1);", "/*!40000 INSERT INTO b */ VALUES /*!50000 (1) */;")]
    [InlineData("INSERT INTO a VALUES (1,'x y'),(2,'z');", "INSERT INTO a VALUES (1,'x y'),/*!50705 (3,'/*! no */'),*/\r\n(2,'z');")]
    [InlineData("INSERT INTO b VALUES (1);", "LOCK TABLES b WRITE;/*!40000 ALTER TABLE b DISABLE KEYS */;SET foreign_key_checks=0;START TRANSACTION;INSERT INTO b VALUES (1);COMMIT;UNLOCK TABLES;")]
    [InlineData("CREATE TABLE a (i int, t text);", "DROP TABLE IF EXISTS a;\n/* c */ CREATE  TABLE a (i /* c */ int,\n  t text)\n;")]
    [InlineData("CREATE VIEW v AS SELECT i FROM a;", "/*!50001 DROP VIEW IF EXISTS v*/;/*!50001 CREATE VIEW v AS SELECT 1 AS `i`*/;/*!50001 DROP VIEW IF EXISTS v*/;/*!50001 CREATE */ /*!50013 DEFINER=`a`@`b` */ /*!50001 VIEW v AS SELECT i FROM a */;")]
    [InlineData("CREATE TABLE a", "SET NAMES utf8;CREATE TABLE a")]
    public void Are_equal_for_equal_meaning(string part, string other) =>
        Assert.Equal(Dump.Summary(Text).DataVersion, Dump.Summary(Text.Replace(part, other, StringComparison.Ordinal)).DataVersion);

    const string Objects = Create + "CREATE TRIGGER one BEFORE INSERT ON a FOR EACH ROW SET NEW.i=1;CREATE TRIGGER two BEFORE INSERT ON a FOR EACH ROW SET NEW.i=2;"
        + "CREATE VIEW v AS SELECT 1;CREATE PROCEDURE p() SELECT 1;";

    [Fact]
    public void Are_equal_whichever_object_is_made_first() => Assert.Equal(
        Dump.Summary(Objects).DataVersion,
        Dump.Summary(Create + "CREATE PROCEDURE p() SELECT 1;CREATE VIEW v AS SELECT 1;" + Objects[Create.Length..Objects.IndexOf("CREATE VIEW", StringComparison.Ordinal)]).DataVersion);

    [Theory]
    [InlineData("two BEFORE INSERT ON a FOR EACH ROW SET NEW.i=2;CREATE TRIGGER one BEFORE INSERT ON a FOR EACH ROW SET NEW.i=1", "one BEFORE INSERT ON a FOR EACH ROW SET NEW.i=1;CREATE TRIGGER two BEFORE INSERT ON a FOR EACH ROW SET NEW.i=2")]
    [InlineData("CREATE VIEW w AS SELECT 2;CREATE OR REPLACE VIEW w AS SELECT 3", "CREATE VIEW w AS SELECT 3;CREATE OR REPLACE VIEW w AS SELECT 2")]
    [InlineData("CREATE TRIGGER t BEFORE INSERT ON b FOR EACH ROW SET NEW.i=2;INSERT INTO b VALUES (1)", "INSERT INTO b VALUES (1);CREATE TRIGGER t BEFORE INSERT ON b FOR EACH ROW SET NEW.i=2")]
    [InlineData("CREATE TRIGGER t BEFORE UPDATE ON b FOR EACH ROW SET NEW.i=2;UPDATE b SET i=1", "UPDATE b SET i=1;CREATE TRIGGER t BEFORE UPDATE ON b FOR EACH ROW SET NEW.i=2")]
    public void Differ_where_the_order_of_objects_counts(string text, string other)
    {
        if (!text.StartsWith("CREATE", StringComparison.Ordinal))
            (text, other) = ("CREATE TRIGGER " + text, "CREATE TRIGGER " + other);
        Assert.NotEqual(Dump.Summary($"{Create}{text};").DataVersion, Dump.Summary($"{Create}{other};").DataVersion);
    }

    [Theory]
    [InlineData("'x y'", "'x  y'", "a")]
    [InlineData("'x y'", "'x y '", "a")]
    [InlineData("'z'", "'Z'", "a")]
    [InlineData("(2,'z')", "(2,NULL)", "a")]
    [InlineData("(1,'x y'),(2,'z')", "(2,'z'),(1,'x y')", "a")]
    [InlineData(",(2,'z')", "", "a")]
    [InlineData("INTO a VALUES", "INTO a (t,i) VALUES", "a")]
    [InlineData("INSERT INTO b", "INSERT IGNORE INTO b", "b")]
    [InlineData("INSERT INTO b", "REPLACE INTO b", "b")]
    [InlineData("CREATE TABLE b (i int)", "CREATE TABLE b (i bigint)", "b")]
    [InlineData("CREATE TABLE b (i int)", "CREATE TABLE b (i int) AUTO_INCREMENT=5", "b")]
    [InlineData("INSERT INTO b VALUES (1);", "INSERT INTO b VALUES (1);ALTER TABLE b ADD KEY (i);", "b")]
    [InlineData("INSERT INTO b VALUES (1);", "SET time_zone='+02:00';INSERT INTO b VALUES (1);", "b")]
    [InlineData("INSERT INTO b VALUES (1);", "SET NAMES latin1;INSERT INTO b VALUES (1);SET NAMES utf8mb4;", "b")]
    [InlineData("INSERT INTO b VALUES (1);", "INSERT INTO b VALUES (1) ON DUPLICATE KEY UPDATE i=2;", "b")]
    [InlineData("INSERT INTO b VALUES (1);", "SET sql_mode='EMPTY_STRING_IS_NULL';INSERT INTO b VALUES (1);", "b")]
    [InlineData("INSERT INTO b VALUES (1);", "SET sql_mode='ALLOW_INVALID_DATES';INSERT INTO b VALUES (1);", "b")]
    [InlineData("INSERT INTO b VALUES (1);", "SET INSERT_ID=5;INSERT INTO b VALUES (1);", "b")]
    [InlineData("INSERT INTO b VALUES (1);", "SET TIMESTAMP=1000000000;INSERT INTO b VALUES (1);", "b")]
    [InlineData("INSERT INTO b VALUES (1);", "SET collation_connection=latin1_swedish_ci;INSERT INTO b VALUES (1);", "b")]
    [InlineData("CREATE VIEW v AS SELECT i FROM a", "CREATE VIEW v AS SELECT i+1 FROM a", "")]
    [InlineData("CREATE VIEW v AS SELECT i FROM a", "CREATE VIEW w AS SELECT i FROM a", "")]
    [InlineData("CREATE VIEW v", "UPDATE a SET i=3;CREATE VIEW v", "")]
    [InlineData("CREATE TABLE a (i int, t text);", "CREATE DATABASE x;CREATE TABLE a (i int, t text);", "")]
    public void Change_with_the_meaning_and_for_that_table_only(string part, string other, string table)
    {
        var before = Dump.Summary(Text);
        var after = Dump.Summary(Text.Replace(part, other, StringComparison.Ordinal));
        Assert.NotEqual(before.DataVersion, after.DataVersion);
        var changed = before.Tables.Where(one => after.Tables.Single(other => other.Name == one.Name).Fingerprint != one.Fingerprint);
        Assert.Equal(table.Length > 0 ? [table] : [], changed.Select(one => one.Name));
    }

    [Fact]
    public void Change_with_every_byte_of_a_value()
    {
        var text = Dump.Golden("mysqldump-8.0.sql");
        var start = text.AsSpan().IndexOf("INSERT INTO"u8);
        var end = start + text.AsSpan(start).IndexOf((byte)'\n');
        var versions = new HashSet<string> { Dump.Summary(text).DataVersion };
        for (var position = start; position < end; position++)
        {
            if (!char.IsAsciiLetterLower((char)text[position]))
                continue;
            var changed = (byte[])text.Clone();
            changed[position] = (byte)(changed[position] == 'q' ? 'k' : 'q');
            try
            {
                Assert.True(versions.Add(Dump.Summary(changed).DataVersion), $"byte {position}");
            }
            catch (StillframeException)
            {
                // an escape became something else
            }
        }

        Assert.True(versions.Count > 20);
    }

    [Fact]
    public void Do_not_depend_on_a_schema_that_only_the_file_name_gives()
    {
        Assert.Equal(Dump.Summary(Text, name: "x.sql").DataVersion, Dump.Summary(Text, name: "y.sql").DataVersion);
        Assert.NotEqual(Dump.Summary("USE x;" + Text).DataVersion, Dump.Summary("USE y;" + Text).DataVersion);
    }

    [Fact]
    public void Of_several_files_depend_on_which_has_what()
    {
        const string Table = "CREATE TABLE t (i int);", View = "CREATE VIEW v AS SELECT 1;";
        using var first = new Dump(Table + View, name: "x.sql");
        using var without = new Dump(Table, name: "x.sql");
        using var second = new Dump("CREATE TABLE u (i int);", name: "y.sql");
        using var with = new Dump(View + "CREATE TABLE u (i int);", name: "y.sql");
        Assert.NotEqual(
            DumpInspector.Inspect([first.File, second.File], new(), SilentReporter.Instance, default).DataVersion,
            DumpInspector.Inspect([without.File, with.File], new(), SilentReporter.Instance, default).DataVersion);
    }

    [Fact]
    public void Do_not_depend_on_the_order_of_files()
    {
        using var first = new Dump("USE x;CREATE TABLE a (i int);");
        using var second = new Dump("USE x;CREATE TABLE b (i int);");
        Assert.Equal(
            DumpInspector.Inspect([first.File, second.File], new(), SilentReporter.Instance, default).DataVersion,
            DumpInspector.Inspect([second.File, first.File], new(), SilentReporter.Instance, default).DataVersion);
    }

    [Theory]
    [InlineData("INSERT INTO b VALUES (NOW());", true)]
    [InlineData("INSERT INTO b VALUES (CURRENT_DATE);", true)]
    [InlineData("SET TIMESTAMP=1000000000;INSERT INTO b VALUES (NOW());", false)]
    [InlineData("INSERT INTO b VALUES ('NOW()');", false)]
    [InlineData("CREATE TABLE c (i int, d datetime DEFAULT current_timestamp());INSERT INTO c (i) VALUES (1);", true)]
    [InlineData("CREATE TABLE c (i int, d datetime DEFAULT current_timestamp());INSERT INTO c (d, i) VALUES (1,2);INSERT INTO c VALUES (1,2);", false)]
    [InlineData("CREATE TABLE c (i int, d datetime DEFAULT current_timestamp());INSERT INTO c VALUES (1,DEFAULT);", true)]
    [InlineData("CREATE TRIGGER t BEFORE INSERT ON b FOR EACH ROW SET NEW.i=UNIX_TIMESTAMP();INSERT INTO b VALUES (2);", true)]
    [InlineData("CREATE TRIGGER t BEFORE INSERT ON b FOR EACH ROW SET NEW.i=UNIX_TIMESTAMP();", false)]
    public void Tell_whether_rows_take_the_time_of_day(string more, bool takes)
    {
        var summary = Dump.Summary(Text + more);
        Assert.Equal(takes, summary.Clock is not null);
        var later = Dump.Summary("-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n" + Text + more + "\n-- Dump completed on 2030-01-02 03:04:05\n");
        Assert.Equal(takes ? new DateTimeOffset(2030, 1, 2, 3, 4, 5, default) : null, later.Clock);
        Assert.Equal(!takes, summary.DataVersion == later.DataVersion);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW DELETE FROM b;", true)]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW DELETE FROM b;INSERT INTO a VALUES (3,'');", false)]
    [InlineData("UPDATE a SET i=1;", false)]
    [InlineData("INSERT INTO a SELECT * FROM a;", false)]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW DELETE FROM b;DROP TABLE IF EXISTS x, a;CREATE TABLE a (i int);INSERT INTO a VALUES (3);", true)]
    [InlineData("INSERT INTO b VALUES (LAST_INSERT_ID());", false)]
    [InlineData("INSERT INTO b VALUES ((SELECT MAX(i) FROM a));", false)]
    [InlineData("INSERT INTO b VALUES (NEXTVAL(s));", false)]
    [InlineData("INSERT INTO b VALUES (NEXT VALUE FOR s);", false)]
    [InlineData("INSERT INTO b VALUES (f(1));", false)]
    [InlineData("INSERT INTO b VALUES (shop.now(1));", false)]
    [InlineData("INSERT INTO b VALUES (now (1));", false)]
    [InlineData("INSERT INTO b VALUES (@x);", false)]
    [InlineData("INSERT INTO b VALUES (`i`);", false)]
    [InlineData("INSERT INTO b VALUES (UUID());", false)]
    [InlineData("INSERT INTO b VALUES (SYSDATE());", false)]
    [InlineData("INSERT INTO b VALUES (1) ON DUPLICATE KEY UPDATE i=(SELECT 1);", false)]
    [InlineData("INSERT INTO b VALUES (1) ON DUPLICATE KEY UPDATE i=f (1);", false)]
    [InlineData("INSERT INTO b VALUES (1) RETURNING i;", false)]
    [InlineData("INSERT INTO b VALUES (1),(-1.5e+3),(.5),(0xAB),(0b01),(x'AB'),(b'01'),(N'x'),(_latin1 'x'),(_binary x'00'),(NULL),(TRUE),(DEFAULT),('a' 'b'),(\\N);", true)]
    [InlineData("INSERT INTO b VALUES (1+2*(3-4)),(CONCAT('a',HEX('b'))),(NOW()),(CURRENT_TIMESTAMP),(DATE '2001-01-01'),(NOW() - INTERVAL 1 DAY),(ST_GeomFromText('POINT(1 2)',0)),(CAST('1' AS SIGNED));", true)]
    [InlineData("INSERT INTO b VALUES (1) ON DUPLICATE KEY UPDATE i=VALUES(i)+1;", true)]
    [InlineData("START TRANSACTION;INSERT INTO b VALUES (1);ROLLBACK;", false)]
    [InlineData("START TRANSACTION;INSERT INTO b VALUES (1);", false)]
    [InlineData("SET autocommit=0;INSERT INTO b VALUES (1);", false)]
    [InlineData("SET autocommit=0;INSERT INTO b VALUES (1);COMMIT;", true)]
    [InlineData("SET autocommit=0;INSERT INTO b VALUES (1);SET autocommit=1;", true)]
    [InlineData("BEGIN;INSERT INTO b VALUES (1);SAVEPOINT x;INSERT INTO b VALUES (2);COMMIT;", true)]
    [InlineData("BEGIN;INSERT INTO b VALUES (1);CREATE TABLE c (i int);", true)]
    [InlineData("LOCK TABLES a WRITE;INSERT INTO b VALUES (1);UNLOCK TABLES;", false)]
    [InlineData("LOCK TABLES a READ, b WRITE;INSERT INTO b VALUES (1);UNLOCK TABLES;INSERT INTO a VALUES (1,'');", true)]
    [InlineData("LOCK TABLES x WRITE;UNLOCK TABLES;", false)]
    [InlineData("LOCK TABLES a WRITE;CREATE VIEW w AS SELECT 1;UNLOCK TABLES;", false)]
    [InlineData("/*!40000 ALTER TABLE x DISABLE KEYS */;", false)]
    [InlineData("/*!40000 ALTER TABLE a DISABLE KEYS */;", true)]
    [InlineData("SET INSERT_ID=5;", false)]
    [InlineData("SET @x=(SELECT 1);", true)]
    [InlineData("SET div_precision_increment=9;", false)]
    [InlineData("SET SESSION rocksdb_bulk_load=1;", true)]
    [InlineData("CREATE TABLE c (i int, d int DEFAULT nextval(s));INSERT INTO c VALUES (1,2);INSERT INTO c (i,d) VALUES (1,2);", true)]
    [InlineData("CREATE TABLE c (i int, d int DEFAULT nextval(s));INSERT INTO c (i) VALUES (1);", false)]
    [InlineData("CREATE TABLE c (i int, d int DEFAULT (uuid()));INSERT INTO c VALUES (1,DEFAULT);", false)]
    [InlineData("CREATE TABLE c (i int, d datetime DEFAULT current_timestamp());INSERT INTO c (i) VALUES (1);", true)]
    [InlineData("CREATE TABLE c (i int, FOREIGN KEY (i) REFERENCES b (i));REPLACE INTO b VALUES (1);", false)]
    [InlineData("SET foreign_key_checks=0;CREATE TABLE c (i int, FOREIGN KEY (i) REFERENCES b (i));REPLACE INTO b VALUES (1);", true)]
    [InlineData("SELECT f();", false)]
    [InlineData("SELECT COUNT(*) INTO @x FROM a;", true)]
    [InlineData("CREATE TABLE c LIKE a;", false)]
    [InlineData("CREATE TABLE c AS SELECT * FROM a;", false)]
    [InlineData("CREATE TABLE c (`select` int, t text CHECK (t LIKE 'x'));", true)]
    public void Tell_whether_tables_stand_alone(string more, bool independent) =>
        Assert.Equal(independent, Dump.Summary(Text + more).TablesAreIndependent);
}

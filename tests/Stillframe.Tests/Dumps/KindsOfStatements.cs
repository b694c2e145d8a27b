using Stillframe.Dumps;

namespace Stillframe.Tests.Dumps;

public class KindsOfStatements
{
    [Theory]
    [InlineData("SET NAMES utf8mb4", StatementKind.Session)]
    [InlineData("/*!40103 SET TIME_ZONE='+00:00' */", StatementKind.Session)]
    [InlineData("/*M!100616 SET @OLD_NOTE_VERBOSITY=@@NOTE_VERBOSITY, NOTE_VERBOSITY=0 */", StatementKind.Session)]
    [InlineData("SET @@SESSION.SQL_LOG_BIN= 0", StatementKind.Ignored)]
    [InlineData("SET autocommit=0", StatementKind.Session)]
    [InlineData("START TRANSACTION", StatementKind.Transaction)]
    [InlineData("COMMIT", StatementKind.Transaction)]
    [InlineData("LOCK TABLES `a` WRITE", StatementKind.LockTables, "shop", "a")]
    [InlineData("UNLOCK TABLES", StatementKind.LockTables)]
    [InlineData("CREATE DATABASE /*!32312 IF NOT EXISTS*/ `x` /*!40100 DEFAULT CHARACTER SET utf8mb4 */ /*!80016 DEFAULT ENCRYPTION='N' */", StatementKind.CreateSchema, "x")]
    [InlineData("DROP SCHEMA IF EXISTS sakila", StatementKind.DropSchema, "sakila")]
    [InlineData("USE `x`", StatementKind.UseSchema, "x")]
    [InlineData("CREATE TABLE IF NOT EXISTS `a``b` (id int)", StatementKind.CreateTable, "shop", "a`b")]
    [InlineData("create table x . 表 (id int)", StatementKind.CreateTable, "x", "表")]
    [InlineData("CREATE OR REPLACE TABLE a (id int)", StatementKind.CreateTable, "shop", "a")]
    [InlineData("CREATE TEMPORARY TABLE a (id int)", StatementKind.Other, "shop", "a")]
    [InlineData("DROP TABLE IF EXISTS `a`", StatementKind.DropTable, "shop", "a")]
    [InlineData("/*!40000 ALTER TABLE `a` DISABLE KEYS */", StatementKind.KeysToggle, "shop", "a")]
    [InlineData("ALTER TABLE `a` ENABLE KEYS, ADD b int", StatementKind.AlterTable, "shop", "a")]
    [InlineData("CREATE UNIQUE INDEX i USING BTREE ON x.a (b)", StatementKind.AlterTable, "x", "a")]
    [InlineData("INSERT INTO `a` VALUES (1)", StatementKind.Rows, "shop", "a")]
    [InlineData("INSERT  IGNORE INTO `x`.`a` (`b`, c) VALUES (1,2)", StatementKind.Rows, "x", "a")]
    [InlineData("REPLACE a VALUE (1)", StatementKind.Rows, "shop", "a")]
    [InlineData("INSERT INTO a SELECT * FROM b", StatementKind.Other, "shop", "a")]
    [InlineData("INSERT INTO a SET b=1", StatementKind.Other, "shop", "a")]
    [InlineData("/*!50001 CREATE TABLE `v` (\n  `a` tinyint NOT NULL\n) ENGINE=MyISAM */", StatementKind.ViewPlaceholder, "shop", "v")]
    [InlineData("/*!50001 CREATE VIEW `v` AS SELECT \n 1 AS `a`,\n 1 AS `b`*/", StatementKind.ViewPlaceholder, "shop", "v")]
    [InlineData("/*!50001 CREATE VIEW `v` AS SELECT\n NULL AS `a` */", StatementKind.ViewPlaceholder, "shop", "v")]
    [InlineData("CREATE VIEW `v` AS SELECT 1 AS `a`", StatementKind.View, "shop", "v")]
    [InlineData("/*!50001 CREATE ALGORITHM=UNDEFINED */\n/*!50013 DEFINER=`a`@`b` SQL SECURITY DEFINER */\n/*!50001 VIEW `v` AS select 1 AS `a` */", StatementKind.View, "shop", "v")]
    [InlineData("CREATE OR REPLACE SQL SECURITY INVOKER VIEW x.v AS SELECT 1", StatementKind.View, "x", "v")]
    [InlineData("/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`%`*/ /*!50003 TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.x=1*/", StatementKind.Trigger, "shop", "t")]
    [InlineData("CREATE DEFINER=view@localhost PROCEDURE `p`() SELECT 1", StatementKind.Routine, "shop", "p")]
    [InlineData("CREATE DEFINER=CURRENT_USER() FUNCTION f() RETURNS int RETURN 1", StatementKind.Routine, "shop", "f")]
    [InlineData("/*!50106 CREATE*/ /*!50117 DEFINER=`a`@`b`*/ /*!50106 EVENT `e` ON SCHEDULE EVERY 1 DAY DO SELECT 1*/", StatementKind.Event, "shop", "e")]
    [InlineData("/*!50003 DROP FUNCTION IF EXISTS `f` */", StatementKind.Drop, "shop", "f")]
    [InlineData("/*!50001 DROP VIEW IF EXISTS `v`*/", StatementKind.Drop, "shop", "v")]
    [InlineData("SET @@GLOBAL.GTID_PURGED=/*!80000 '+'*/ 'uuid:1-5'", StatementKind.Ignored)]
    [InlineData("/*!80002 ANALYZE TABLE `a` UPDATE HISTOGRAM ON b */", StatementKind.Ignored)]
    [InlineData("SELECT SETVAL(`s`, 1, 0)", StatementKind.Other)]
    [InlineData("CREATE SEQUENCE `s` START WITH 1", StatementKind.Other, "shop", "s")]
    [InlineData("UPDATE LOW_PRIORITY x.a SET b=1", StatementKind.Other, "x", "a")]
    [InlineData("/*!50112 PREPARE s FROM 'SET @a=1' */", StatementKind.Session)]
    [InlineData("/*!50000 INSERT INTO a VALUES (1) */", StatementKind.Rows, "shop", "a")]
    [InlineData("DROP TABLE a, b", StatementKind.DropTable, "shop", "a")]
    public void Are_told_with_what_they_work_on(string text, StatementKind kind, string? schema = null, string? table = null)
    {
        var read = Assert.Single(Dump.Statements(text + ";", new DumpOptions { DefaultSchema = "shop" }));
        Assert.Equal((kind, schema, table), (read.Kind, read.Schema, read.Table));
    }

    [Fact]
    public void Follow_USE()
    {
        var read = Dump.Statements("CREATE TABLE a (i int);USE x;CREATE TABLE a (i int);CREATE TABLE y.a (i int);CREATE TABLE b (i int);");
        Assert.Equal(["shop", "x", "x", "y", "x"], read.Select(one => one.Schema));
    }

    [Theory]
    [InlineData("", "shop.sql", null, "shop")]
    [InlineData("", "shop.2024.sql.gz", null, "shop.2024")]
    [InlineData("-- Host: localhost    Database: store\n", "shop.sql", null, "store")]
    [InlineData("-- Host: localhost    Database: \n", "shop.sql", null, "shop")]
    [InlineData("-- Host: localhost    Database: store\n", "shop.sql", "mine", "mine")]
    public void Without_USE_take_the_default_schema(string header, string name, string? option, string schema)
    {
        var read = Dump.Statements(
            System.Text.Encoding.UTF8.GetBytes(header + "CREATE TABLE a (i int);"), new DumpOptions { DefaultSchema = option }, name);
        Assert.Equal(schema, read[0].Schema);
    }

    [Fact]
    public void Of_a_second_file_take_the_schema_that_the_first_one_named()
    {
        using var first = new Dump("CREATE DATABASE x; USE x; CREATE TABLE a (i int);", "schema.sql");
        using var second = new Dump("INSERT INTO a VALUES (1);", "data.sql");
        var read = DumpReader.Read([first.File, second.File], new(), SilentReporter.Instance, default).ToList();
        Assert.Equal(("x", true), (read[^1].Schema, read[^1].InDefaultSchema));
    }

    [Fact]
    public void Of_a_second_file_start_with_modes_of_their_own()
    {
        using var first = new Dump("SET sql_mode='NO_BACKSLASH_ESCAPES';SELECT '\\';");
        using var second = new Dump("SELECT '\\';';SELECT 2;");
        Assert.Equal(4, DumpReader.Read([first.File, second.File], new(), SilentReporter.Instance, default).Count());
    }
}

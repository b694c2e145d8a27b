using Stillframe.Dumps;
using Stillframe.Layers;

namespace Stillframe.EndToEnd.Oracle.Generator;

/// <summary>What people's dumps do besides bringing rows; each scene adds statements to a script.</summary>
static partial class HandScenes
{
    /// <summary>Scenes whose tables can be loaded one by one.</summary>
    public static IReadOnlyList<Action<Script>> Independent { get; } =
    [
        Plain, Plain, Plain, KeysLater, Modes, Charset, TimeZones, AutoIncrement, Partitions, Dropped, ForeignKeys, Views, Routines, TriggersAfter, Clock, DefaultExpressions, PureFunctions,
    ];

    /// <summary>Scenes in which the order of statements counts.</summary>
    public static IReadOnlyList<Action<Script>> Ordered { get; } =
    [
        Transactions, Autocommit, TriggersBefore, TriggersElsewhere, LastInsertId, Variables, Subselects, Sequences, InsertSelect, Changes, Renamed, LikeAndSelect, Temporary,
        FunctionsInRows, OnDuplicateKey, InsertId, AlterWithRows, Cascades, Prepared, Compound, RowCount, ConstraintsOff, SessionDefaults, LockedTables, Unusual, MultiTable, SystemVersions,
    ];

    static void Plain(Script script)
    {
        var table = script.Create();
        script.Insert(table, script.Dice.Next(12));
    }

    /// <summary>As phpMyAdmin does it.</summary>
    static void KeysLater(Script script)
    {
        var table = script.Create(keyLater: true);
        script.Insert(table, script.Dice.Next(8));
        script.Run($"ALTER TABLE {script.Name(table)} ADD PRIMARY KEY ({script.Id("id")})");
        if (script.Dice.Chance(70))
            script.Run($"ALTER TABLE {script.Name(table)} MODIFY {script.Id("id")} int(11) NOT NULL AUTO_INCREMENT{(script.Dice.Chance(60) ? $", AUTO_INCREMENT={table.Last + script.Dice.Next(9)}" : "")}");
        if (script.Dice.Chance(30))
            script.Run($"ALTER TABLE {script.Name(table)} ADD COLUMN extra INT NOT NULL DEFAULT 5, COMMENT='later'");
        if (script.Dice.Chance(30))
            script.Run($"CREATE INDEX {script.Id(script.NewName("ix"))} ON {script.Name(table)} (id)");
    }

    static void Modes(Script script)
    {
        var dice = script.Dice;
        var mode = string.Join(',', dice.Shuffled(
            ["STRICT_TRANS_TABLES", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES", "PIPES_AS_CONCAT", "NO_AUTO_VALUE_ON_ZERO", "NO_ZERO_DATE", "NO_ZERO_IN_DATE", "ALLOW_INVALID_DATES", "EMPTY_STRING_IS_NULL", "IGNORE_SPACE", "NO_UNSIGNED_SUBTRACTION", "PAD_CHAR_TO_FULL_LENGTH", "HIGH_NOT_PRECEDENCE", "REAL_AS_FLOAT", "TIME_ROUND_FRACTIONAL", "SIMULTANEOUS_ASSIGNMENT", "ERROR_FOR_DIVISION_BY_ZERO", "TRADITIONAL"])
            .Take(dice.Next(4)));
        SetMode(script, mode);
        var table = new Table(script.Schema, script.NewName("m"), "id", [Columns.Integer(script, "n"), new("s", "varchar(40)", () => dice.Pick("''", "'a'", script.Text("a\\nb'\"c")), "") { Nullable = true }, new("d", "date", () => dice.Pick("'2001-01-01'", script.Session.Strict ? "'2002-02-02'" : "'2001-02-31'", script.Session.ZeroDates ? "'0000-00-00'" : "'2001-01-01'"), "") { Nullable = true }, new("e", "char(10)", () => script.Session.Has("PIPES_AS_CONCAT") || !script.Session.Strict ? "'a' || 'b'" : "'1' || '0'", "") { Nullable = true }]);
        script.Run($"CREATE TABLE {script.Name(table)} (id INT AUTO_INCREMENT PRIMARY KEY, n {table.Columns[0].Type}, s VARCHAR(40), d DATE, e CHAR(10))");
        script.Tables.Add(table);
        script.Insert(table, dice.Between(1, 5));
        if (dice.Chance(40))
            script.Run($"INSERT INTO {script.Name(table)} (id, s) VALUES (0, 'zero'), (NULL, '')");
        if (!script.Session.Strict)
            script.Run($"INSERT INTO {script.Name(table)} (id, n, s, e, d) VALUES ({table.Last += 50}, 1e30, '{new string('x', 60)}', 'much too long for it', '2001-13-45')");
        if (dice.Chance(50))
            SetMode(script, dice.Pick(Session.DefaultMode, "", "NO_AUTO_VALUE_ON_ZERO"));
    }

    public static void SetMode(Script script, string mode)
    {
        script.Run(script.Dice.Pick($"SET sql_mode='{mode}'", $"SET SESSION sql_mode = '{mode}'", $"SET @@sql_mode := '{mode}'", $"SET @@session.sql_mode='{mode}'", $"/*!40101 SET SQL_MODE='{mode}' */"));
        script.Session = script.Session with { Mode = mode };
    }

    static void Charset(Script script)
    {
        var charset = script.Dice.Pick("latin1", "cp1251", "sjis", "gbk", "utf8mb3", "utf8mb4", "utf8mb4");
        script.Run(script.Dice.Pick($"SET NAMES {charset}", $"SET NAMES '{charset}'", $"/*!40101 SET NAMES {charset} */", $"SET character_set_client = {charset}, character_set_connection = {charset}", $"SET CHARACTER SET {charset}"));
        script.Session = script.Session with { Charset = charset };
        Plain(script);
        if (script.Dice.Chance(60))
        {
            script.Run($"SET NAMES utf8mb4{(script.Dice.Chance(40) ? " COLLATE utf8mb4_unicode_ci" : "")}");
            script.Session = script.Session with { Charset = "utf8mb4" };
        }
    }

    static void TimeZones(Script script)
    {
        var dice = script.Dice;
        script.Run(dice.Pick("SET time_zone = '+05:30'", "SET TIME_ZONE='-08:00'", "/*!40103 SET TIME_ZONE='+00:00' */", "SET @@session.time_zone := '+13:00'", "SET time_zone='SYSTEM'"));
        var name = script.NewName("z");
        script.Run($"CREATE TABLE {script.Id(name)} (id INT PRIMARY KEY, ts TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, ts6 TIMESTAMP(6) NULL, dt DATETIME)");
        for (var i = 1; i < dice.Between(2, 4); i++)
        {
            script.Run($"INSERT INTO {script.Id(name)} VALUES ({i}, '200{i}-07-0{i} 12:00:00', '2020-01-01 00:00:00.123456', '2001-01-01')");
            if (dice.Chance(40))
                script.Run(dice.Pick("SET time_zone = '+02:00'", "SET time_zone = '-03:00'", "SET time_zone = default"));
        }

        if (dice.Chance(50))
            script.Run("SET time_zone = '+00:00'");
    }

    static void AutoIncrement(Script script)
    {
        var dice = script.Dice;
        var name = script.NewName("ai");
        var engine = dice.Pick("InnoDB", "InnoDB", "MyISAM", "Aria");
        script.Run($"CREATE TABLE {script.Id(name)} (id {dice.Pick("INT", "BIGINT UNSIGNED", "SMALLINT", "DOUBLE")} NOT NULL AUTO_INCREMENT, v VARCHAR(10), PRIMARY KEY (id)) ENGINE={engine}{(dice.Chance(40) ? $" AUTO_INCREMENT={dice.Between(1, 90)}" : "")}");
        if (dice.Chance(30))
            script.Run(dice.Pick("SET auto_increment_increment=5", "SET auto_increment_offset=3, auto_increment_increment=10", "SET @@auto_increment_increment = 2"));
        for (var i = 0; i < dice.Between(1, 4); i++)
            script.Run(dice.Pick(
                $"INSERT INTO {script.Id(name)} (v) VALUES ('a'), ('b')",
                $"INSERT INTO {script.Id(name)} VALUES (NULL, 'n'), (0, 'z')",
                $"INSERT INTO {script.Id(name)} VALUES ({dice.Between(500, 900) + i * 1000}, 'x')",
                $"INSERT INTO {script.Id(name)} VALUES (DEFAULT, 'd')",
                $"INSERT IGNORE INTO {script.Id(name)} VALUES (-{i + 5}, 'm'), (NULL, NULL)",
                $"INSERT INTO {script.Id(name)} () VALUES ()"));
        if (dice.Chance(30))
            script.Run($"ALTER TABLE {script.Id(name)} AUTO_INCREMENT = {dice.Between(1, 9999)}");
        script.Run("SET auto_increment_increment=1, auto_increment_offset=1");
    }

    static void Partitions(Script script)
    {
        var dice = script.Dice;
        var name = script.NewName("p");
        var by = dice.Pick(
            "PARTITION BY HASH (id) PARTITIONS 3", "PARTITION BY KEY (id) PARTITIONS 2", "PARTITION BY LINEAR HASH (id) PARTITIONS 4",
            "PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION `p 1` VALUES LESS THAN (50) COMMENT='it''s', PARTITION pm VALUES LESS THAN MAXVALUE)",
            "PARTITION BY LIST (id) (PARTITION a VALUES IN (1,2,3,4,5,6,7,8,9,10), PARTITION b DEFAULT)",
            "PARTITION BY RANGE COLUMNS (id) SUBPARTITION BY HASH (id) SUBPARTITIONS 2 (PARTITION p0 VALUES LESS THAN (5), PARTITION p1 VALUES LESS THAN (MAXVALUE))");
        script.Run($"CREATE TABLE {script.Id(name)} (id INT NOT NULL{(dice.Chance(40) ? " AUTO_INCREMENT" : "")}, v VARCHAR(20), PRIMARY KEY (id)){(dice.Chance(15) ? " ENGINE=MyISAM" : "")}{script.NewLine}{(dice.Chance(40) ? $"/*!50100 {by} */" : by)}");
        script.Run($"INSERT INTO {script.Id(name)} VALUES {string.Join(',', Enumerable.Range(1, dice.Between(1, 15)).Select(i => $"({i * dice.Pick(1, 1, 1)},{Columns.TextValue(script, "latin1", 10)})"))}");
        if (dice.Chance(20))
            script.Run($"ALTER TABLE {script.Id(name)} REMOVE PARTITIONING");
    }

    static void Dropped(Script script)
    {
        var table = script.Create();
        script.Insert(table, 3);
        script.Run($"DROP TABLE {(script.Dice.Chance(50) ? "IF EXISTS " : "")}{script.Name(table)}");
        script.Tables.Remove(table);
        if (script.Dice.Chance(70))
        {
            script.Run($"CREATE TABLE {script.Id(table.Name)} (a INT PRIMARY KEY, b VARCHAR(9) DEFAULT 'x')");
            script.Run($"INSERT INTO {script.Id(table.Name)} (a) VALUES (1),(2)");
        }
    }

    static void ForeignKeys(Script script)
    {
        var dice = script.Dice;
        var (parent, child) = (script.NewName("parent"), script.NewName("child"));
        var first = dice.Chance(50);
        if (first)
            script.Run("SET FOREIGN_KEY_CHECKS=0");
        var statements = new[]
        {
            $"CREATE TABLE {script.Id(parent)} (id INT PRIMARY KEY, v INT)",
            $"CREATE TABLE {script.Id(child)} (id INT PRIMARY KEY, p INT, CONSTRAINT {script.Id(script.NewName("fk"))} FOREIGN KEY (p) REFERENCES {script.Id(parent)} (id){dice.Pick("", " ON DELETE CASCADE", " ON DELETE SET NULL ON UPDATE CASCADE")})",
        };
        foreach (var statement in first && dice.Chance(50) ? statements.Reverse() : statements)
            script.Run(statement);
        var rows = new[] { $"INSERT INTO {script.Id(parent)} VALUES (1,1),(2,2),(3,3)", $"INSERT INTO {script.Id(child)} VALUES (1,1),(2,NULL),(3,3)" };
        foreach (var statement in first && dice.Chance(50) ? rows.Reverse() : rows)
            script.Run(statement);
        if (first)
        {
            if (dice.Chance(30))
                script.Run($"INSERT INTO {script.Id(child)} VALUES (9,99)"); // an orphan
            script.Run("SET FOREIGN_KEY_CHECKS=1");
        }
    }

    static void Views(Script script)
    {
        var dice = script.Dice;
        var table = dice.Chance(60) && script.Tables.Count > 0 ? dice.Pick(script.Tables) : script.Create();
        if (dice.Chance(50))
            script.Insert(table, 2);
        var view = script.NewName("v");
        var definer = dice.Pick("", "", "DEFINER=`app`@`%` ", "DEFINER=CURRENT_USER ", "DEFINER = root@localhost ", "DEFINER='odd`name'@'10.0.%' ");
        script.Run($"CREATE {dice.Pick("", "OR REPLACE ")}{dice.Pick("", "ALGORITHM=UNDEFINED ", "ALGORITHM=MERGE ")}{definer}{dice.Pick("", "SQL SECURITY INVOKER ", "SQL SECURITY DEFINER ")}VIEW {script.Id(view)} AS {dice.Pick($"SELECT * FROM {script.Name(table)}", $"SELECT COUNT(*) AS n, 'it''s' AS s FROM {script.Name(table)}", $"SELECT CONCAT('a', 1) x, 1.5 y, NOW() > '2000-01-01' z")}{dice.Pick("", "", "")}");
        if (dice.Chance(40))
            script.Run($"CREATE VIEW {script.Id(script.NewName("w"))} AS SELECT * FROM {script.Id(view)}");
    }

    static void Routines(Script script)
    {
        var dice = script.Dice;
        var name = script.NewName("r");
        script.Block(dice.Next(5) switch
        {
            0 => $"CREATE PROCEDURE {script.Id(name)} (IN a INT, OUT b VARCHAR(20))\nBEGIN\n  -- it's a body;\n  SET b = CONCAT('x;', a);\nEND",
            1 => $"CREATE DEFINER=`app`@`%` FUNCTION {script.Id(name)}(n INT) RETURNS INT DETERMINISTIC\nRETURN n * 2",
            2 => $"CREATE FUNCTION {script.Id(name)}(s VARCHAR(20) CHARSET utf8mb4) RETURNS VARCHAR(40) CHARSET utf8mb4 NO SQL SQL SECURITY INVOKER COMMENT 'it''s; so'\nBEGIN\n  DECLARE r VARCHAR(40);\n  IF s IS NULL THEN RETURN '-'; END IF;\n  SET r = CONCAT(s, \"!\");\n  RETURN r;\nEND".Replace("\"!\"", "'!'", StringComparison.Ordinal),
            3 => $"/*!50003 CREATE*/ /*!50020 DEFINER=`root`@`localhost`*/ /*!50003 PROCEDURE {script.Id(name)}()\nBEGIN SELECT 1; SELECT ';'; END */",
            _ => $"CREATE EVENT {script.Id(name)} ON SCHEDULE EVERY 1 DAY STARTS '2031-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE DO BEGIN SET @a = 1; END",
        });
    }

    static void TriggersAfter(Script script)
    {
        var table = script.Create();
        script.Insert(table, script.Dice.Between(1, 5));
        AddTrigger(script, table);
    }

    static void AddTrigger(Script script, Table table)
    {
        var dice = script.Dice;
        var number = table.Number;
        var body = number is null ? "BEGIN SET @seen = 1; END" : $"BEGIN\n  SET NEW.{script.Id(number.Name)} = {dice.Pick("1", $"COALESCE(NEW.{script.Id(number.Name)}, 0) DIV 2")};\nEND";
        var when = number is null ? dice.Pick("BEFORE INSERT", "AFTER INSERT", "AFTER UPDATE", "BEFORE DELETE") : dice.Pick("BEFORE INSERT", "BEFORE UPDATE", "BEFORE INSERT");
        script.Block(dice.Pick(
            $"CREATE TRIGGER {script.Id(script.NewName("tr"))} {when} ON {script.Id(table.Name)} FOR EACH ROW {body}",
            $"CREATE DEFINER=`app`@`%` TRIGGER {script.Id(script.NewName("tr"))} {when} ON {script.Id(table.Name)} FOR EACH ROW {body}",
            $"/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER {script.Id(script.NewName("tr"))} {when} ON {script.Id(table.Name)} FOR EACH ROW {body} */"));
    }

    static void Clock(Script script)
    {
        var dice = script.Dice;
        var name = script.NewName("ck");
        script.Run(dice.Pick("SET TIMESTAMP=1700000000", "SET timestamp = 1234567890.5", "SET @@session.timestamp = 1500000000"));
        script.Run($"CREATE TABLE {script.Id(name)} (id INT PRIMARY KEY, a DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6), b TIMESTAMP DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, c DATE DEFAULT (CURDATE()))");
        script.Run($"INSERT INTO {script.Id(name)} (id) VALUES (1),(2)");
        if (dice.Chance(50))
            script.Run($"INSERT INTO {script.Id(name)} VALUES (3, NOW(), CURRENT_TIMESTAMP, CURDATE()), (4, UTC_TIMESTAMP(), FROM_UNIXTIME(UNIX_TIMESTAMP()), '2001-01-01')");
        if (dice.Chance(40))
        {
            script.Run("SET TIMESTAMP=1600000000");
            script.Run($"INSERT INTO {script.Id(name)} (id) VALUES (5)");
        }
    }

    static void DefaultExpressions(Script script)
    {
        var name = script.NewName("de");
        script.Run($"CREATE TABLE {script.Id(name)} (id INT PRIMARY KEY, a INT DEFAULT (1 + 2 * 3), b VARCHAR(30) DEFAULT (CONCAT('x', 'y')), c INT DEFAULT (id * 2), d TEXT DEFAULT 'text', e INT AS (a + 1) VIRTUAL, f INT AS (a + id) STORED, CHECK (a < 1000))");
        script.Run($"INSERT INTO {script.Id(name)} (id) VALUES (1),(2)");
        script.Run($"INSERT INTO {script.Id(name)} VALUES (3, DEFAULT, 'b', DEFAULT, DEFAULT, DEFAULT, DEFAULT)");
        if (script.Dice.Chance(40))
            script.Run($"INSERT INTO {script.Id(name)} (id, a, f) VALUES (4, 5, DEFAULT)");
        if (script.Dice.Chance(30))
            script.Run($"INSERT INTO {script.Id(name)} (id, c) VALUES (5, id + 100), (6, DEFAULT(a) + 1)");
    }

    static void PureFunctions(Script script)
    {
        var dice = script.Dice;
        var name = script.NewName("fn");
        script.Run($"CREATE TABLE {script.Id(name)} (id INT PRIMARY KEY, v VARCHAR(190), n DOUBLE)");
        for (var i = 1; i < dice.Between(2, 6); i++)
            script.Run($"INSERT INTO {script.Id(name)} VALUES ({i}, {dice.Pick("CONCAT('a','b',1)", "UPPER('abc')", "MD5('x')", "CHAR(65,66)", "REPEAT('ab',10)", "CAST(12.5 AS CHAR)", "HEX('é')", "UNHEX('414243')", "DATE_ADD('2001-01-31', INTERVAL 1 MONTH)", "'a' LIKE 'A'", "IF(1>2,'x','y')", "CASE WHEN 'a'='A' THEN 'ci' ELSE 'cs' END", "FORMAT(12345.678,2)", "DATE_FORMAT('2001-02-03','%W %M')", "REVERSE('añb')", "COMPRESS('')", "TO_BASE64('abc')", "CHARSET('a')", "COLLATION('a')", "CONVERT('x' USING latin1)", "WEIGHT_STRING('a')", "STR_TO_DATE('01,5,2013','%d,%m,%Y')", "CONVERT_TZ('2004-01-01 12:00:00','+00:00','+10:00')", "FROM_UNIXTIME(86400)", "@@version_comment IS NULL", "DATABASE() IS NULL")}, {dice.Pick("1+1", "10/3", "7 DIV 2", "-7 % 3", "2 ^ 3", "~0 & 255", "POW(2,10)", "ROUND(2.5)", "SQRT(2)", "PI()", "LENGTH('é')", "CHAR_LENGTH('é')", "1 = 1.0", "!0", "NOT 1 BETWEEN -5 AND 5", "CRC32('x')", "UNIX_TIMESTAMP('2001-01-01 00:00:00')", "WEEK('2008-02-20')", "TO_DAYS('2001-01-01')", "INET_ATON('10.0.0.1')", "1 IN (1,2)", "@@auto_increment_increment")})");
    }
}

using Stillframe.Dumps;

namespace Stillframe.EndToEnd.Oracle.Generator;

static partial class HandScenes
{
    /// <summary>A small table whose columns a scene knows.</summary>
    static string Small(Script script, string stem, string columns = "id INT AUTO_INCREMENT PRIMARY KEY, v INT, s VARCHAR(60)", string options = "")
    {
        var name = script.Id(script.NewName(stem));
        script.Run($"CREATE TABLE {name} ({columns}){options}");
        return name;
    }

    static void Transactions(Script script)
    {
        var dice = script.Dice;
        var name = Small(script, "tx", options: dice.Chance(15) ? " ENGINE=MyISAM" : "");
        for (var i = 0; i < dice.Between(1, 4); i++)
        {
            script.Run(dice.Pick("START TRANSACTION", "BEGIN", "begin work", "START TRANSACTION WITH CONSISTENT SNAPSHOT", "/*!40000 START TRANSACTION */"));
            script.Run($"INSERT INTO {name} (v) VALUES ({i * 10})");
            if (dice.Chance(40))
            {
                script.Run("SAVEPOINT `s p`");
                script.Run($"INSERT INTO {name} (v) VALUES ({i * 10 + 1})");
                script.Run(dice.Pick("ROLLBACK TO `s p`", "ROLLBACK TO SAVEPOINT `s p`", "RELEASE SAVEPOINT `s p`"));
            }

            if (dice.Chance(30))
                script.Run($"UPDATE {name} SET v = v + 1");
            script.Run(dice.Pick("COMMIT", "COMMIT", "ROLLBACK", "rollback work", "COMMIT AND CHAIN", "ROLLBACK AND NO CHAIN", "COMMIT WORK"));
        }

        if (dice.Chance(20))
            script.Run($"INSERT INTO {name} (v) VALUES (1000)"); // perhaps in a transaction that nothing ends
    }

    static void Autocommit(Script script)
    {
        var dice = script.Dice;
        var name = Small(script, "ac");
        script.Run(dice.Pick("SET autocommit=0", "SET AUTOCOMMIT = OFF", "SET @@autocommit := 0", "/*!40101 SET autocommit=0 */"));
        script.Run($"INSERT INTO {name} (v) VALUES (1),(2)");
        if (dice.Chance(60))
            script.Run(dice.Pick("COMMIT", "ROLLBACK", "SET autocommit=1", $"CREATE TABLE {script.Id(script.NewName("implicit"))} (a INT)"));
        if (dice.Chance(50))
            script.Run($"INSERT INTO {name} (v) VALUES (3)");
        if (dice.Chance(50))
            script.Run("SET autocommit=1");
    }

    static void TriggersBefore(Script script)
    {
        var table = script.Create();
        AddTrigger(script, table);
        script.Insert(table, script.Dice.Between(1, 5));
        if (script.Dice.Chance(40) && table.Number is { } number)
            script.Run($"UPDATE IGNORE {script.Name(table)} SET {script.Id(number.Name)} = 3");
        if (script.Dice.Chance(20))
            script.Run($"DELETE FROM {script.Name(table)} LIMIT 1");
    }

    static void TriggersElsewhere(Script script)
    {
        var dice = script.Dice;
        var (from, log) = (Small(script, "from"), Small(script, "log"));
        var before = dice.Chance(60);
        if (!before)
            script.Run($"INSERT INTO {from} (v) VALUES (1),(2)");
        var timing = dice.Pick("AFTER INSERT", "AFTER UPDATE", "AFTER DELETE", "BEFORE INSERT");
        script.Block($"CREATE TRIGGER {script.Id(script.NewName("tr"))} {timing} ON {from} FOR EACH ROW BEGIN INSERT INTO {log} (v, s) VALUES ({(timing.Contains("DELETE", StringComparison.Ordinal) ? "OLD" : "NEW")}.v, '{timing}'); END");
        script.Run($"INSERT INTO {from} (v, s) VALUES (5, 'x'), (6, 'y')");
        if (dice.Chance(50))
            script.Run($"UPDATE {from} SET v = v + 1 WHERE v > 5");
        if (dice.Chance(50))
            script.Run($"DELETE FROM {from} WHERE v = 5");
        if (dice.Chance(30))
            script.Run($"INSERT INTO {log} (v) VALUES (99)");
        if (dice.Chance(20))
            script.Run($"REPLACE INTO {from} (id, v) VALUES (1, 77)");
    }

    static void LastInsertId(Script script)
    {
        var dice = script.Dice;
        var (parent, child) = (Small(script, "parent"), Small(script, "child"));
        script.Run($"INSERT INTO {parent} (v) VALUES (7)");
        script.Run($"INSERT INTO {child} VALUES ({dice.Pick("1", "NULL")}, LAST_INSERT_ID(), {dice.Pick("'a'", "@@last_insert_id", "@@identity")})");
        script.Run($"INSERT INTO {parent} (v) VALUES (8),(9)");
        script.Run(dice.Pick("SET @p = LAST_INSERT_ID()", "SELECT LAST_INSERT_ID() INTO @p", "SET @p := @@identity", "SELECT @p := LAST_INSERT_ID()"));
        script.Run($"INSERT INTO {child} (v, s) VALUES (@p, 'second'), (@p + 1, CONCAT('x', @p))");
        if (dice.Chance(40))
        {
            script.Run("SET LAST_INSERT_ID=42");
            script.Run($"INSERT INTO {child} (id, v) VALUES (500, LAST_INSERT_ID())");
        }
    }

    static void Variables(Script script)
    {
        var dice = script.Dice;
        var (one, two) = (Small(script, "one"), Small(script, "two"));
        script.Run("SET @n = 5, @s = 'it''s'");
        if (dice.Chance(25))
        {
            script.MayBeRefused = "a variable that gets a value in a row";
            script.Run($"INSERT INTO {one} (v, s) VALUES (@n := @n + 1, @s), (@n := @n + 1, CONCAT(@s, @n))");
            script.Run($"INSERT INTO {two} (v) VALUES (@n := @n + 1)");
        }

        script.Run($"INSERT INTO {one} (v, s) VALUES (@n + 1, @s), (@n, CONCAT(@s, @n))");
        script.Run($"INSERT INTO {two} (v) VALUES (@n)");
        script.Run(dice.Pick($"SELECT MAX(v) INTO @n FROM {one}", $"SET @n = (SELECT COUNT(*) FROM {one})", "SET @n = @n * 2", "DO @n := 3"));
        script.Run($"INSERT INTO {two} (v, s) VALUES (@n, @undefined)");
    }

    static void Subselects(Script script)
    {
        var dice = script.Dice;
        var (a, b) = (Small(script, "a"), Small(script, "b"));
        script.Run($"INSERT INTO {b} (v, s) VALUES (3,'three'),(4,'four')");
        script.Run($"INSERT INTO {a} (v, s) VALUES ((SELECT MAX(v) FROM {b}), {dice.Pick("'x'", $"(SELECT s FROM {b} WHERE v = 3)", $"(SELECT GROUP_CONCAT(s ORDER BY v) FROM {b})")})");
        if (dice.Chance(50))
            script.Run($"INSERT INTO {b} (v) VALUES (10)");
        script.Run($"INSERT INTO {a} (v) VALUES ({dice.Pick($"(SELECT COUNT(*) FROM {b})", $"EXISTS (SELECT 1 FROM {b} WHERE v = 10)", $"10 IN (SELECT v FROM {b})", $"IFNULL((SELECT v FROM {b} WHERE v > 100), -1)")})");
    }

    static void Sequences(Script script)
    {
        var dice = script.Dice;
        var sequence = script.Id(script.NewName("seq"));
        script.Run($"CREATE SEQUENCE {sequence}{dice.Pick("", " START WITH 40 INCREMENT BY 2", " START WITH 5 MINVALUE 1 MAXVALUE 900 CYCLE NOCACHE", " INCREMENT BY -1 CACHE 10")}");
        if (dice.Chance(30))
            script.Run(dice.Pick($"SELECT SETVAL({sequence}, 50, 1)", $"DO SETVAL({sequence}, 60, 0)", $"ALTER SEQUENCE {sequence} RESTART WITH 70"));
        var (one, two) = (Small(script, "one", $"id INT PRIMARY KEY{dice.Pick("", $" DEFAULT NEXTVAL({sequence})")}, v BIGINT"), Small(script, "two", "id INT PRIMARY KEY, v BIGINT"));
        script.Run($"INSERT INTO {one} VALUES (1, NEXTVAL({sequence}))");
        script.Run($"INSERT INTO {two} VALUES (1, {dice.Pick($"NEXT VALUE FOR {sequence}", $"NEXTVAL({sequence})", $"LASTVAL({sequence})")})");
        script.Run($"INSERT INTO {one} VALUES (200, NEXTVAL({sequence})), (300, NEXTVAL({sequence}))");
        if (dice.Chance(40))
            script.Run($"INSERT INTO {one} (id, v) VALUES (1000, 4)");
    }

    static void InsertSelect(Script script)
    {
        var dice = script.Dice;
        var (a, b) = (Small(script, "a"), Small(script, "b"));
        script.Run($"INSERT INTO {a} (v, s) VALUES (1,'x'),(2,'y'),(3,NULL)");
        script.Run(dice.Pick(
            $"INSERT INTO {b} (v, s) SELECT v, s FROM {a} ORDER BY id", $"INSERT INTO {b} SELECT * FROM {a}", $"REPLACE INTO {b} SELECT * FROM {a} WHERE v > 1",
            $"INSERT INTO {b} (v) WITH c AS (SELECT v FROM {a}) SELECT v + 10 FROM c ORDER BY v", $"INSERT INTO {b} (v) SELECT 1 UNION ALL SELECT 2", $"INSERT INTO {b} (v) SELECT 5 FROM DUAL", $"INSERT INTO {b} (v) (SELECT MAX(v) FROM {a})", $"INSERT INTO {b} (v, s) VALUES (1, 'a') RETURNING id"));
        if (dice.Chance(50))
            script.Run($"INSERT INTO {a} (v) VALUES (7)");
        if (dice.Chance(30))
            script.Run($"INSERT INTO {b} (v) TABLE_VALUES".Replace("TABLE_VALUES", "VALUES (11),(12)", StringComparison.Ordinal));
    }

    static void Changes(Script script)
    {
        var dice = script.Dice;
        var name = Small(script, "ch");
        script.Run($"INSERT INTO {name} (v, s) VALUES (1,'x'),(2,'y'),(3,NULL)");
        for (var i = 0; i < dice.Between(1, 4); i++)
            script.Run(dice.Pick(
                $"UPDATE {name} SET v = v * 10, s = CONCAT(s, '!') WHERE v < 3", $"DELETE FROM {name} WHERE v = 2", $"DELETE FROM {name} ORDER BY id DESC LIMIT 1", $"TRUNCATE TABLE {name}", $"TRUNCATE {name}",
                $"INSERT INTO {name} (v) VALUES (9)", $"UPDATE {name} SET id = id + 100 ORDER BY id DESC", $"DELETE FROM {name}", $"REPLACE INTO {name} VALUES (1, 5, 'r')", $"UPDATE {name} a JOIN {name} b ON a.id = b.id SET a.s = 'joined'"));
        script.Run($"INSERT INTO {name} (v) VALUES (8)");
    }

    static void Renamed(Script script)
    {
        var dice = script.Dice;
        var (a, b) = (Small(script, "a"), script.Id(script.NewName("b")));
        script.Run($"INSERT INTO {a} (v) VALUES (1)");
        script.Run(dice.Pick($"RENAME TABLE {a} TO {b}", $"ALTER TABLE {a} RENAME TO {b}", $"ALTER TABLE {a} RENAME {b}"));
        script.Run($"INSERT INTO {b} (v) VALUES (2)");
        if (dice.Chance(60))
        {
            script.Run($"CREATE TABLE {a} (id INT PRIMARY KEY, w INT)");
            script.Run($"INSERT INTO {a} VALUES (5, 6)");
        }
    }

    static void LikeAndSelect(Script script)
    {
        var dice = script.Dice;
        var source = Small(script, "src", "id INT AUTO_INCREMENT PRIMARY KEY, v INT, s VARCHAR(20) DEFAULT 'd', KEY (v)");
        script.Run($"INSERT INTO {source} (v) VALUES (1),(2)");
        var copy = script.Id(script.NewName("copy"));
        script.Run(dice.Pick(
            $"CREATE TABLE {copy} LIKE {source}", $"CREATE TABLE {copy} (LIKE {source})", $"CREATE TABLE {copy} SELECT * FROM {source}", $"CREATE TABLE {copy} (PRIMARY KEY (id)) AS SELECT id, v, s FROM {source}",
            $"CREATE TABLE {copy} AS (SELECT v AS id, id AS v, s FROM {source})", $"CREATE TABLE {copy} (id INT, v INT, s TEXT) IGNORE SELECT 1 AS v"));
        script.Run($"INSERT INTO {copy} (id, v) VALUES (50, 60)");
        script.Run($"INSERT INTO {source} (v) VALUES (3)");
    }

    static void Temporary(Script script)
    {
        var dice = script.Dice;
        var real = Small(script, "real");
        var temporary = dice.Chance(30) ? real : script.Id(script.NewName("tmp"));
        script.Run($"CREATE TEMPORARY TABLE {temporary} (id INT AUTO_INCREMENT PRIMARY KEY, v INT, s VARCHAR(9))");
        script.Run($"INSERT INTO {temporary} (v) VALUES (1),(2)");
        if (temporary != real)
            script.Run($"INSERT INTO {real} (v) SELECT v FROM {temporary}");
        if (dice.Chance(60))
            script.Run($"DROP {dice.Pick("TEMPORARY ", "TEMPORARY ", temporary == real ? "TEMPORARY " : "")}TABLE {temporary}");
        if (dice.Chance(50))
            script.Run($"INSERT INTO {real} (v) VALUES (5)");
    }

    static void FunctionsInRows(Script script)
    {
        var dice = script.Dice;
        var (rows, other) = (Small(script, "rows"), Small(script, "other"));
        var function = script.Id(script.NewName("f"));
        script.Block(dice.Pick(
            $"CREATE FUNCTION {function}(n INT) RETURNS INT DETERMINISTIC RETURN n * 2",
            $"CREATE FUNCTION {function}(n INT) RETURNS INT READS SQL DATA RETURN (SELECT COUNT(*) FROM {other}) + n",
            $"CREATE FUNCTION {function}(n INT) RETURNS INT MODIFIES SQL DATA BEGIN INSERT INTO {other} (v) VALUES (n); RETURN LAST_INSERT_ID(); END"));
        script.Run($"INSERT INTO {rows} (v) VALUES ({function}(4)), ({function}(5))");
        if (dice.Chance(40))
            script.Run(dice.Pick($"SELECT {function}(9)", $"DO {function}(9)", $"SET @x = {function}(9)"));
        script.Run($"INSERT INTO {other} (v) VALUES (100)");
        if (dice.Chance(40))
            script.Run($"DROP FUNCTION {function}");
    }

    static void OnDuplicateKey(Script script)
    {
        var dice = script.Dice;
        var name = Small(script, "dup", "id INT AUTO_INCREMENT PRIMARY KEY, v INT, s VARCHAR(20), UNIQUE KEY (v)");
        script.Run($"INSERT INTO {name} (v, s) VALUES (1,'a'),(2,'b')");
        for (var i = 0; i < dice.Between(1, 4); i++)
            script.Run(dice.Pick(
                $"INSERT INTO {name} (v, s) VALUES (1,'c') ON DUPLICATE KEY UPDATE s = CONCAT(s, VALUES(s))", $"INSERT IGNORE INTO {name} (v, s) VALUES (2,'ignored'),({i + 10},'new')", $"REPLACE INTO {name} (v, s) VALUES (1,'replaced')",
                $"INSERT INTO {name} (id, v) VALUES (1, 5) ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id), v = v + 100", $"INSERT INTO {name} (v, s) VALUES ({i + 50}, LAST_INSERT_ID())", $"INSERT INTO {name} SET v = {i + 70}, s = 'set' ON DUPLICATE KEY UPDATE v = 0"));
    }

    static void InsertId(Script script)
    {
        var dice = script.Dice;
        var name = Small(script, "ii");
        script.Run(dice.Pick("SET INSERT_ID=5", "SET @@insert_id = 50", "SET SESSION insert_id = 500"));
        script.Run($"INSERT INTO {name} (v) VALUES (1){dice.Pick("", ",(2)")}");
        script.Run($"INSERT INTO {name} (v) VALUES (3)");
    }

    static void AlterWithRows(Script script)
    {
        var dice = script.Dice;
        var name = Small(script, "al");
        script.Run($"INSERT INTO {name} (v, s) VALUES (1,'1'),(2,'22'),(3,'é')");
        for (var i = 0; i < dice.Between(1, 3); i++)
            script.Run(dice.Pick(
                $"ALTER TABLE {name} ADD COLUMN c{i} INT DEFAULT (v + 1)", $"ALTER TABLE {name} MODIFY s VARCHAR(30) CHARACTER SET latin1", $"ALTER TABLE {name} MODIFY v BIGINT UNSIGNED NOT NULL", $"ALTER TABLE {name} ADD COLUMN g{i} INT AS (v * 2) STORED AFTER id",
                $"ALTER TABLE {name} CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", $"ALTER TABLE {name} ADD UNIQUE KEY k{i} (v)", $"ALTER TABLE {name} ADD INDEX n{i} (s), ADD COLUMN z{i} TIMESTAMP NULL", $"ALTER TABLE {name} ENGINE={dice.Pick("MyISAM", "Aria", "InnoDB")}", $"ALTER TABLE {name} DROP COLUMN IF EXISTS c0",
                $"ALTER TABLE {name} ADD CONSTRAINT ch{i} CHECK (v < 100000)", $"ALTER TABLE {name} ALTER COLUMN v SET DEFAULT 9", $"ALTER TABLE {name} PARTITION BY HASH (id) PARTITIONS 2", $"ALTER TABLE {name} ORDER BY v DESC", $"ALTER TABLE {name} ADD COLUMN IF NOT EXISTS f{i} INT FIRST", $"ALTER TABLE {name} FORCE", $"ALTER TABLE {name} DISABLE KEYS"));
        script.Run($"INSERT INTO {name} (v, s) VALUES (40,'forty')");
    }

    static void Cascades(Script script)
    {
        var dice = script.Dice;
        var parent = Small(script, "par", "id INT PRIMARY KEY, v INT");
        var child = Small(script, "chi", $"id INT PRIMARY KEY, p INT, FOREIGN KEY (p) REFERENCES {parent} (id) ON DELETE {dice.Pick("CASCADE", "SET NULL")} ON UPDATE CASCADE");
        script.Run($"INSERT INTO {parent} VALUES (1,1),(2,2),(3,3)");
        script.Run($"INSERT INTO {child} VALUES (1,1),(2,2),(3,2)");
        script.Run(dice.Pick($"DELETE FROM {parent} WHERE id = 2", $"UPDATE {parent} SET id = 20 WHERE id = 2", $"REPLACE INTO {parent} VALUES (1, 100)", $"DELETE FROM {parent}"));
        if (dice.Chance(40))
            script.Run($"INSERT IGNORE INTO {child} VALUES (9, 999)");
    }

    static void Prepared(Script script)
    {
        var name = Small(script, "pr");
        script.MayBeRefused = "PREPARE";
        script.Run($"SET @q = {script.Text($"INSERT INTO {name} (v) VALUES (1)")}");
        script.Run("PREPARE stmt FROM @q");
        script.Run("EXECUTE stmt");
        script.Run("DEALLOCATE PREPARE stmt");
        if (script.Dice.Chance(30))
            script.Run($"EXECUTE IMMEDIATE {script.Text($"INSERT INTO {name} (v) VALUES (2)")}");
    }

    static void Compound(Script script)
    {
        var dice = script.Dice;
        var name = Small(script, "co");
        script.MayBeRefused = "compound statement or CALL";
        switch (dice.Next(4))
        {
            case 0:
                script.Block($"BEGIN NOT ATOMIC INSERT INTO {name} (v) VALUES (2); END");
                break;
            case 1:
                script.Block($"IF 1 > 0 THEN INSERT INTO {name} (v) VALUES (3); END IF");
                break;
            case 2:
                script.Block($"FOR i IN 1..3 DO INSERT INTO {name} (v) VALUES (i); END FOR");
                break;
            default:
                var procedure = script.Id(script.NewName("proc"));
                script.Block($"CREATE PROCEDURE {procedure}() BEGIN INSERT INTO {name} (v) VALUES (4); END");
                script.Run($"CALL {procedure}()");
                break;
        }
    }

    static void RowCount(Script script)
    {
        var dice = script.Dice;
        var name = Small(script, "rc");
        script.Run($"INSERT INTO {name} (v) VALUES (1),(2),(3)");
        var value = dice.Pick("ROW_COUNT()", "FOUND_ROWS()", "@@warning_count", "@@error_count", "LAST_INSERT_ID()");
        if (value != "LAST_INSERT_ID()")
            script.MayBeRefused = "what the connection did before";
        script.Run($"INSERT INTO {name} (v) VALUES ({value})");
    }

    static void ConstraintsOff(Script script)
    {
        var dice = script.Dice;
        var name = Small(script, "co", "id INT PRIMARY KEY, v INT, CHECK (v > 0), UNIQUE KEY (v)");
        script.Run(dice.Pick("SET check_constraint_checks=0", "SET unique_checks=0", "SET foreign_key_checks=0, unique_checks=0", "SET sql_safe_updates=0"));
        script.Run($"INSERT INTO {name} VALUES (1, {dice.Pick("5", "-5", "5")}),(2, 6)");
        script.Run("SET check_constraint_checks=1, unique_checks=1, foreign_key_checks=1");
        script.Run($"INSERT INTO {name} VALUES (3, 7)");
    }

    static void SessionDefaults(Script script)
    {
        var dice = script.Dice;
        script.Run(dice.Pick(
            "SET default_storage_engine=MyISAM", "SET collation_connection=utf8mb4_bin", "SET character_set_connection=latin1", "SET explicit_defaults_for_timestamp=0", "SET default_week_format=3", "SET lc_time_names='de_DE'", "SET div_precision_increment=10",
            "SET old_mode=''", "SET group_concat_max_len=4", "SET sql_quote_show_create=0", "SET character_set_results=NULL", "SET collation_server=utf8mb4_unicode_ci", "SET character_set_server=latin1", "SET character_set_database=latin1", "SET sql_auto_is_null=1", "SET sql_select_limit=1", "SET big_tables=0", "SET max_error_count=0", "SET innodb_strict_mode=0", "SET storage_engine=Aria", "SET sql_if_exists=1", "SET default_tmp_storage_engine=Aria", "SET system_versioning_alter_history=keep", "SET character_set_collations=''", "SET transaction_isolation='READ-COMMITTED'"));
        var name = Small(script, "sd", "id INT AUTO_INCREMENT PRIMARY KEY, ts TIMESTAMP, v VARCHAR(60), n DECIMAL(40,20)");
        script.Run("SET TIMESTAMP=1700000000");
        script.Run($"INSERT INTO {name} (ts, v, n) VALUES ('2001-01-01', CONCAT('a', WEEK('2008-02-20'), MONTHNAME('2008-02-03')), 1/7)");
        script.Run($"INSERT INTO {name} (v) SELECT GROUP_CONCAT(x) FROM (SELECT 'abc' x UNION ALL SELECT 'def') q");
        script.Run($"INSERT INTO {name} (ts, v) VALUES (NULL, IF('a' = 'A', 'same', 'other'))");
        script.Run($"CREATE DATABASE {script.Id(script.Prefix + script.NewName("more"))}");
        script.Run($"CREATE TABLE {script.Id(script.NewName("after"))} (t TEXT, ts TIMESTAMP)");
    }

    static void LockedTables(Script script)
    {
        var name = Small(script, "lk");
        script.Run($"LOCK TABLES {name} WRITE");
        script.Run($"/*!40000 ALTER TABLE {name} DISABLE KEYS */");
        script.Run($"INSERT INTO {name} VALUES (1,1,'a'),(2,2,'b')");
        script.Run($"/*!40000 ALTER TABLE {name} ENABLE KEYS */");
        if (script.Dice.Chance(80))
            script.Run("UNLOCK TABLES");
    }

    /// <summary>What is no business of a dump, or that hardly anybody writes.</summary>
    static void Unusual(Script script)
    {
        var dice = script.Dice;
        var name = Small(script, "un");
        script.Run($"INSERT INTO {name} (v) VALUES (1),(2)");
        var statement = dice.Pick(
            $"SELECT * FROM {name}", $"ANALYZE TABLE {name}", $"OPTIMIZE TABLE {name}", $"CHECK TABLE {name}", "SHOW WARNINGS", $"DESCRIBE {name}", $"EXPLAIN SELECT * FROM {name}", "DO 1", $"SELECT COUNT(*) FROM {name} INTO @c", "DO SLEEP(0)", $"HANDLER {name} OPEN", $"SHOW CREATE TABLE {name}", "SET STATEMENT max_statement_time=100 FOR " + $"INSERT INTO {name} (v) VALUES (3)", $"VALUES (1),(2)", "HELP 'x'",
            "CREATE TABLE IF NOT EXISTS " + name + " (a INT)", $"DROP TABLE IF EXISTS {script.Id("never_was")}", $"DROP VIEW IF EXISTS {script.Id("never_was")}", $"LOCK TABLES {name} READ", "FLUSH TABLES", "RESET QUERY CACHE", "SIGNAL SQLSTATE '01000'", $"CREATE OR REPLACE TABLE {name} (id INT PRIMARY KEY, v INT)", $"ALTER DATABASE {script.Id(script.Schema)} CHARACTER SET latin1", $"ALTER DATABASE CHARACTER SET = utf8mb3 COMMENT = 'x'", "BINLOG ''", "GET DIAGNOSTICS @n = NUMBER", $"INSERT DELAYED INTO {name} (v) VALUES (5)", "SET @a = 1, @@session.sql_notes = 0, NAMES utf8mb4", "KILL 999999", "SET PASSWORD = ''", "XA START 'x'");
        if (!statement.StartsWith("CREATE", StringComparison.Ordinal) && !statement.StartsWith("DROP", StringComparison.Ordinal) && !statement.StartsWith("SET", StringComparison.Ordinal) && !statement.StartsWith("ALTER", StringComparison.Ordinal))
            script.MayBeRefused = statement;
        if (statement.StartsWith("SET PASSWORD", StringComparison.Ordinal))
            script.MayBeRefused = statement;
        script.Run(statement);
        if (dice.Chance(30) && !statement.StartsWith("LOCK", StringComparison.Ordinal) && !statement.StartsWith("XA", StringComparison.Ordinal))
            script.Run($"INSERT INTO {name} (id, v) VALUES (60, 6)");
        if (statement.StartsWith("XA", StringComparison.Ordinal))
            script.Run("XA END 'x'");
        if (statement.StartsWith("LOCK", StringComparison.Ordinal))
            script.Run("UNLOCK TABLES");
    }

    static void MultiTable(Script script)
    {
        var dice = script.Dice;
        var (a, b) = (Small(script, "a"), Small(script, "b"));
        script.Run($"INSERT INTO {a} (v) VALUES (1),(2),(3)");
        script.Run($"INSERT INTO {b} (v) VALUES (2),(3),(4)");
        script.Run(dice.Pick(
            $"DELETE x FROM {a} x JOIN {b} y ON x.v = y.v", $"DELETE FROM x, y USING {a} x JOIN {b} y ON x.v = y.v", $"UPDATE {a} x, {b} y SET x.s = y.v, y.s = 'seen' WHERE x.v = y.v", $"UPDATE {a} SET s = (SELECT MAX(v) FROM {b})", $"DELETE FROM {a} WHERE v IN (SELECT v FROM {b})", $"DROP TABLE {a}, {b}", $"TRUNCATE {b}"));
    }

    static void SystemVersions(Script script)
    {
        var name = Small(script, "sv", "id INT PRIMARY KEY, v INT", " WITH SYSTEM VERSIONING");
        script.Run("SET TIMESTAMP=1700000000");
        script.Run($"INSERT INTO {name} VALUES (1,1),(2,2)");
        script.Run("SET TIMESTAMP=1700000100");
        script.Run($"UPDATE {name} SET v = 5 WHERE id = 1");
    }
}

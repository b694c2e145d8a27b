using Stillframe.Dumps;

namespace Stillframe.Tests.Dumps;

public class RefusedDumps
{
    const string Table = "CREATE TABLE a (i int);\n";

    [Theory]
    [InlineData("GRANT ALL ON *.* TO x")]
    [InlineData("revoke all on *.* from x")]
    [InlineData("CREATE USER x")]
    [InlineData("CREATE OR REPLACE USER x")]
    [InlineData("CREATE USER IF NOT EXISTS x")]
    [InlineData("ALTER USER x IDENTIFIED BY 'y'")]
    [InlineData("DROP USER x")]
    [InlineData("RENAME USER x TO y")]
    [InlineData("CREATE ROLE r")]
    [InlineData("DROP ROLE r")]
    [InlineData("SET PASSWORD = 'x'")]
    [InlineData("SET PASSWORD FOR x = PASSWORD('y')")]
    [InlineData("SET DEFAULT ROLE r")]
    [InlineData("SET GLOBAL max_connections=1")]
    [InlineData("SET a=1, GLOBAL b=2")]
    [InlineData("SET a=f(1,2), @@GLOBAL.b=2")]
    [InlineData("SET @@global . b=2")]
    [InlineData("SET PERSIST b=2")]
    [InlineData("SET PERSIST_ONLY b=2")]
    [InlineData("SET GLOBAL TRANSACTION ISOLATION LEVEL SERIALIZABLE")]
    [InlineData("SET GLOBAL gtid_slave_pos='0-1-2'")]
    [InlineData("INSTALL PLUGIN x SONAME 'x.so'")]
    [InlineData("UNINSTALL SONAME 'x'")]
    [InlineData("CREATE FUNCTION f RETURNS STRING SONAME 'f.so'")]
    [InlineData("CREATE AGGREGATE FUNCTION IF NOT EXISTS f RETURNS INTEGER SONAME 'f.so'")]
    [InlineData("SELECT * FROM a INTO OUTFILE '/tmp/x'")]
    [InlineData("SELECT 1 INTO DUMPFILE '/tmp/x'")]
    [InlineData("(SELECT 1) UNION (SELECT 2) INTO OUTFILE '/tmp/x'")]
    [InlineData("WITH c AS (SELECT 1) SELECT * FROM c INTO /* x */ OUTFILE '/tmp/x'")]
    [InlineData("SHUTDOWN")]
    [InlineData("KILL 1")]
    [InlineData("CHANGE MASTER TO MASTER_HOST='x'")]
    [InlineData("START SLAVE")]
    [InlineData("STOP ALL SLAVES")]
    [InlineData("START REPLICA")]
    [InlineData("RESET MASTER")]
    [InlineData("PURGE BINARY LOGS TO 'x'")]
    [InlineData("FLUSH PRIVILEGES")]
    [InlineData("XA START 'x'")]
    [InlineData("CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (HOST 'x')")]
    [InlineData("BACKUP STAGE START")]
    [InlineData("/* x */ GRANT ALL ON *.* TO x")]
    [InlineData("/*!50001 GRANT*/ ALL ON *.* TO x")]
    [InlineData("/*!80000 SELECT */ GRANT ALL ON *.* TO x")]
    [InlineData("/*!999999 SELECT */ /*M!100100 CREATE */ /* x */ USER x")]
    [InlineData("/*!40101 SET a=1, GLOBAL b=2 */")]
    public void Have_statements_with_no_business_in_a_frame(string statement)
    {
        var error = Dump.Error(Table + statement + ";");
        Assert.Equal((ErrorCodes.StatementRefused, 2L), (error.Code, error.Location!.Line));

        using var dump = new Dump(Table + statement + ";\nINSERT INTO a VALUES (1);");
        var warnings = new Warnings();
        var read = dump.Read(new DumpOptions { RefusedStatements = RefusedStatements.Skip }, warnings);
        Assert.Equal([StatementKind.CreateTable, StatementKind.Refused, StatementKind.Rows], read.Select(one => one.Kind));
        var warning = Assert.Single(warnings.All);
        Assert.Equal((ErrorCodes.StatementRefused, 2L), (warning.Code, warning.Location!.Line));
    }

    [Theory]
    [InlineData("LOAD DATA LOCAL INFILE 'x' INTO TABLE a")]
    [InlineData("LOAD DATA LOW_PRIORITY INFILE 'x' INTO TABLE a")]
    [InlineData("LOAD XML INFILE 'x' INTO TABLE a")]
    [InlineData("IMPORT TABLE FROM '/x.sdi'")]
    [InlineData("HANDLER a OPEN")]
    [InlineData("SET STATEMENT max_statement_time=1 FOR GRANT ALL ON *.* TO x")]
    [InlineData("SET STATEMENT max_statement_time=1 FOR CREATE TABLE b (i int)")]
    [InlineData("ALTER TABLE a DISCARD TABLESPACE")]
    [InlineData("CREATE FUNCTION f() RETURNS int BEGIN SET GLOBAL general_log=1; RETURN 1; END")]
    [InlineData("CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET GLOBAL general_log=1")]
    [InlineData("CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW FOLLOWS u SET GLOBAL general_log=1")]
    [InlineData("CREATE FUNCTION f() RETURNS int DETERMINISTIC BEGIN IF 1 THEN FLUSH TABLES; END IF; RETURN 1; END")]
    [InlineData("CREATE PROCEDURE p() FLUSH TABLES; CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW CALL p()")]
    [InlineData("CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW CALL p(); CREATE PROCEDURE p() GRANT ALL ON *.* TO x")]
    [InlineData("EXECUTE IMMEDIATE 'GRANT ALL ON *.* TO x'")]
    [InlineData("SET @s='DROP TABLE a'; PREPARE p FROM @s")]
    [InlineData("PREPARE p FROM 'SET GLOBAL x=1'")]
    [InlineData("PREPARE p FROM 'SET sql_mode=0'")]
    [InlineData("PREPARE p FROM @unknown")]
    [InlineData("EXECUTE p")]
    [InlineData("SET @a=1, @s=IF(@a,'SET @b=1','DROP TABLE a'); PREPARE p FROM @s")]
    [InlineData("CALL p()")]
    [InlineData("BEGIN NOT ATOMIC INSERT INTO a VALUES (2)")]
    [InlineData("SIGNAL SQLSTATE '45000'")]
    [InlineData("~!@ nonsense")]
    [InlineData("CREATE TABLESPACE t ADD DATAFILE 'x'")]
    [InlineData("INSERT INTO a VALUES (LOAD_FILE('/etc/passwd'))")]
    [InlineData("INSERT INTO a VALUES (1, load_file ( '/etc/passwd'))")]
    [InlineData("INSERT INTO a SELECT LOAD_FILE('/etc/passwd')")]
    [InlineData("INSERT INTO a VALUES (1) ON DUPLICATE KEY UPDATE i=LOAD_FILE('/etc/passwd')")]
    [InlineData("INSERT INTO a VALUES (1 /*!50000 , LOAD_FILE('/etc/passwd') */)")]
    [InlineData("INSERT INTO a VALUES (1 /*!100700 , LOAD_FILE('/etc/passwd') */)")]
    [InlineData("INSERT INTO a VALUES (1 /*!120000 , 2 */)")]
    [InlineData("INSERT INTO a VALUES (@x:=1)")]
    [InlineData("UPDATE a SET i=LOAD_FILE('/etc/passwd')")]
    [InlineData("INSERT INTO a VALUES (FOUND_ROWS())")]
    [InlineData("INSERT INTO a VALUES (ROW_COUNT())")]
    [InlineData("INSERT INTO a VALUES (@@warning_count)")]
    [InlineData("INSERT INTO a VALUES (@@error_count)")]
    [InlineData("INSERT INTO a VALUES (CURRENT_USER)")]
    [InlineData("INSERT INTO a VALUES (user ())")]
    [InlineData("INSERT INTO a SELECT CONNECTION_ID()")]
    [InlineData("SET @u=SESSION_USER()")]
    [InlineData("CREATE TABLE b (i int, u text DEFAULT (concat(user(),'x'))); INSERT INTO b (i) VALUES (1)")]
    [InlineData("CREATE TABLE b (i int, u text DEFAULT current_user()); INSERT INTO b VALUES (1,DEFAULT)")]
    [InlineData("CREATE VIEW v AS SELECT LOAD_FILE('/etc/passwd')")]
    [InlineData("CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET @x=LOAD_FILE('/etc/passwd')")]
    [InlineData("CREATE PROCEDURE p() SELECT 1 INTO OUTFILE '/tmp/x'")]
    [InlineData("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1 INTO DUMPFILE '/tmp/x'")]
    [InlineData("CREATE TABLE b (i int) DATA DIRECTORY='/elsewhere'")]
    [InlineData("CREATE TABLE b (i int) /*!50100 INDEX DIRECTORY='/elsewhere' */")]
    [InlineData("CREATE TABLE b (i int) PARTITION BY RANGE (i) (PARTITION p VALUES LESS THAN (1) DATA DIRECTORY = '/elsewhere')")]
    [InlineData("CREATE TABLE b (i int) ENGINE=CONNECT TABLE_TYPE=CSV FILE_NAME='/etc/passwd'")]
    [InlineData("CREATE TABLE b (i int) ENGINE='FEDERATED' CONNECTION='mysql://x'")]
    [InlineData("ALTER TABLE a IMPORT TABLESPACE")]
    [InlineData("/*!120000 SELECT 1, */ /*!100100 CREATE USER evil */")]
    [InlineData("/*!110800 INSERT INTO a VALUES (1) */")]
    [InlineData("SET sql_mode=(SELECT 'ANSI_QUOTES')")]
    [InlineData("SELECT 'ANSI_QUOTES' INTO @m; SET sql_mode=@m")]
    public void Have_statements_that_can_not_be_left_out(string statement)
    {
        var error = Dump.Error(Table + statement + ";");
        Assert.Equal((ErrorCodes.StatementRefused, 2L), (error.Code, error.Location!.Line));
        var skipped = Dump.Error(Table + statement + ";", new DumpOptions { RefusedStatements = RefusedStatements.Skip });
        Assert.Equal((ErrorCodes.StatementRefused, 2L), (skipped.Code, skipped.Location!.Line));
    }

    [Theory]
    [InlineData("CALL p()", "CALL", true)]
    [InlineData("SHUTDOWN", "shutdown", true)]
    [InlineData("BEGIN NOT ATOMIC SELECT 1", "BEGIN NOT ATOMIC", true)]
    [InlineData("GRANT ALL ON *.* TO x", "GRANT", false)]
    [InlineData("INSTALL PLUGIN x SONAME 'x.so'", "INSTALL", false)]
    [InlineData("LOAD DATA INFILE 'x' INTO TABLE a", "LOAD DATA", false)]
    [InlineData("EXECUTE IMMEDIATE 'x'", "EXECUTE IMMEDIATE", false)]
    public void Have_statements_that_may_be_let_through_by_name(string statement, string name, bool may)
    {
        var options = new DumpOptions { AllowedStatements = ["HELP ME", name] };
        using var dump = new Dump(Table + statement + ";");
        var warnings = new Warnings();
        if (may)
        {
            Assert.Equal([StatementKind.CreateTable, StatementKind.Other], dump.Read(options, warnings).Select(one => one.Kind));
            Assert.Equal((ErrorCodes.StatementRefused, 2L), warnings.All.Select(one => (one.Code, one.Location!.Line)).Single());
        }
        else
            Assert.Equal(ErrorCodes.StatementRefused, Dump.Error(Table + statement + ";", options).Code);
    }

    [Theory]
    [InlineData("source other.sql")]
    [InlineData("\\. other.sql")]
    [InlineData("connect other")]
    [InlineData("exit")]
    public void Have_client_commands_that_can_not_be_left_out(string command) => Assert.All(
        [new DumpOptions(), new DumpOptions { RefusedStatements = RefusedStatements.Skip }],
        options => Assert.Equal(ErrorCodes.ClientCommandRefused, Dump.Error(Table + command + "\nSELECT 1;", options).Code));

    [Theory]
    [InlineData("\\! rm -rf /")]
    [InlineData("SYSTEM ls;")]
    [InlineData("tee /tmp/x")]
    [InlineData("pager less")]
    [InlineData("? help")]
    public void Have_client_commands(string command)
    {
        var error = Dump.Error(Table + command + "\nSELECT 1;");
        Assert.Equal((ErrorCodes.ClientCommandRefused, 2L), (error.Code, error.Location!.Line));

        using var dump = new Dump(Table + command + "\nINSERT INTO a VALUES (1);");
        var warnings = new Warnings();
        var read = dump.Read(new DumpOptions { RefusedStatements = RefusedStatements.Skip }, warnings);
        Assert.Equal([StatementKind.CreateTable, StatementKind.Refused, StatementKind.Rows], read.Select(one => one.Kind));
        Assert.Equal(ErrorCodes.ClientCommandRefused, Assert.Single(warnings.All).Code);
    }

    [Theory]
    [InlineData("SELECT 1 \\G")]
    [InlineData("SELECT 1 \\! ls\n;")]
    [InlineData("SELECT 1 /*!50000 \\! ls */;")]
    [InlineData("DELIMITER\nSELECT 1;")]
    [InlineData("DELIMITER \\\nSELECT 1;")]
    public void Have_client_commands_in_the_middle(string text) =>
        Assert.Equal(ErrorCodes.ClientCommandRefused, Dump.Error(Table + text).Code);

    [Theory]
    [InlineData("CREATE DATABASE mysql")]
    [InlineData("CREATE TABLE mysql.user (i int)")]
    [InlineData("INSERT INTO `MySQL`.`user` VALUES (1)")]
    [InlineData("USE sys; CREATE VIEW v AS SELECT 1")]
    [InlineData("UPDATE mysql.user SET a=1")]
    [InlineData("DELETE FROM mysql.user")]
    [InlineData("CREATE TABLE stillframe.image (i int)")]
    [InlineData("DROP TABLE performance_schema.x")]
    [InlineData("CREATE TABLE stillframe_spare.t (i int)")]
    [InlineData("DROP TABLE a, mysql.user")]
    [InlineData("RENAME TABLE a TO `mysql`.b")]
    [InlineData("UPDATE a, mysql.global_priv SET Priv=''")]
    [InlineData("INSERT INTO a SELECT 1 FROM mysql.global_priv")]
    [InlineData("CREATE PROCEDURE p() DELETE FROM mysql.global_priv")]
    [InlineData("CREATE TRIGGER mysql.t BEFORE INSERT ON x FOR EACH ROW SET @a=1")]
    public void Write_into_reserved_schemas(string statement)
    {
        var error = Dump.Error(Table + statement + ";");
        Assert.Equal((ErrorCodes.SchemaReserved, 2L), (error.Code, error.Location!.Line));
    }

    [Fact]
    public void Of_all_databases_lose_the_reserved_ones_with_a_warning_each()
    {
        using var dump = new Dump(
            "CREATE DATABASE mysql; USE mysql; CREATE TABLE user (i int); INSERT INTO user VALUES (1); USE sys; CREATE TABLE s (i int);"
            + "CREATE DATABASE x; USE x; CREATE TABLE t (i int);");
        var warnings = new Warnings();
        var options = new DumpOptions { RefusedStatements = RefusedStatements.Skip };
        var summary = DumpInspector.Inspect([dump.File], options, warnings, default);
        Assert.Equal(["x"], summary.Schemas);
        Assert.Equal("t", Assert.Single(summary.Tables).Name);
        Assert.Equal([ErrorCodes.SchemaReserved, ErrorCodes.SchemaReserved], warnings.All.Select(one => one.Code));
    }

    [Theory]
    [InlineData("INSERT INTO a VALUES ('GRANT ALL'),('; SHUTDOWN;'),('\\n\\! ls\\n'),('SET GLOBAL x=1')")]
    [InlineData("INSERT INTO a VALUES ('x'),\n('\nsource x\n\\! ls\n')")]
    [InlineData("INSERT INTO `grant` (`into`, `outfile`) VALUES (1, 2)")]
    [InlineData("CREATE TABLE `user` (`global` int, `grant` int) COMMENT 'SET GLOBAL x=1; GRANT'")]
    [InlineData("SELECT 'INTO OUTFILE'")]
    [InlineData("SELECT COUNT(*) INTO @x FROM a")]
    [InlineData("CREATE TABLE b (i int, u text DEFAULT current_user()); INSERT INTO b VALUES (1,'current_user()'); INSERT INTO b (u,i) VALUES ('a',1)")]
    [InlineData("CREATE VIEW v AS SELECT CURRENT_USER()")]
    [InlineData("UPDATE a SET user=1")]
    [InlineData("SET @x='GLOBAL', NAMES utf8, SESSION sql_mode='', @@local.x=1, @global=2")]
    [InlineData("CREATE FUNCTION f(soname int) RETURNS int RETURN soname")]
    [InlineData("CREATE PROCEDURE p() FLUSH TABLES")]
    [InlineData("CREATE TABLE source (system int)")]
    [InlineData("USE mysql")]
    [InlineData("/*!80000 GRANT ALL ON *.* TO x */")]
    [InlineData("SET @s='SET @b=1'; PREPARE p FROM @s; EXECUTE p; DEALLOCATE PREPARE p")]
    [InlineData("/*!50112 SELECT COUNT(*) INTO @is_rocksdb_supported FROM INFORMATION_SCHEMA.SESSION_VARIABLES WHERE VARIABLE_NAME='rocksdb_bulk_load' */;/*!50112 SET @save_old_rocksdb_bulk_load = IF (@is_rocksdb_supported, 'SET @old_rocksdb_bulk_load = @@rocksdb_bulk_load', 'SET @dummy_old_rocksdb_bulk_load = 0') */;/*!50112 PREPARE s FROM @save_old_rocksdb_bulk_load */;/*!50112 EXECUTE s */")]
    [InlineData("BEGIN WORK")]
    [InlineData("CREATE TABLE b (`data` int, directory int, data2 int COMMENT 'DATA DIRECTORY', connection varchar(9) DEFAULT 'x')")]
    [InlineData("SHOW TABLES")]
    [InlineData("DROP DATABASE IF EXISTS x")]
    public void Are_not_those_that_only_speak_of_such_things(string statement) =>
        Assert.DoesNotContain(Dump.Statements(statement + ";"), one => one.Kind == StatementKind.Refused);

    [Fact]
    public void Are_not_those_of_a_tool_that_notes_its_server()
    {
        var text = "-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\nCHANGE MASTER TO MASTER_LOG_FILE='b.1', MASTER_LOG_POS=2;"
            + "STOP SLAVE;START SLAVE;/*! FLUSH PRIVILEGES */;SET GLOBAL gtid_slave_pos='0-1-2';/*!50606 SET GLOBAL INNODB_STATS_AUTO_RECALC=OFF */;"
            + "\n-- Dump completed\n";
        Assert.All(Dump.Statements(text), one => Assert.Equal(StatementKind.Ignored, one.Kind));
    }
}

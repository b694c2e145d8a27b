using Stillframe.Connections;

namespace Stillframe.EndToEnd.Attacks;

/// <summary>Statements that no dump has any business with. Placeholders: <c>{file}</c> does not exist, <c>{secret}</c> exists, <c>{dir}</c> is theirs.</summary>
/// <param name="Sql">One statement without its delimiter; the schema is <c>shop</c>, with tables <c>t (id, v)</c> of two rows and an empty <c>s (v)</c>.</param>
/// <param name="AnywhereWrong">Has no business even in the body of a routine that no build runs.</param>
/// <param name="OnlyKept">A definition that nothing runs, and whose author is another in a frame.</param>
public sealed record Attack(string Name, string Sql, bool AnywhereWrong = false, bool OnlyKept = false)
{
    public override string ToString() => Name;

    /// <summary>An expression that reads a file, for places where no statement can stand.</summary>
    public const string Expression = "LOAD_FILE('{secret}')";

    public static IReadOnlyList<Attack> All { get; } =
    [
        // files written
        new("outfile", "SELECT 'x' INTO OUTFILE '{file}'", true),
        new("dumpfile", "SELECT 'x' INTO DUMPFILE '{file}'", true),
        new("outfile of a table", "SELECT * FROM t INTO OUTFILE '{file}' FIELDS TERMINATED BY ','", true),
        new("outfile before FROM", "SELECT id INTO OUTFILE '{file}' FROM t", true),
        new("outfile of a union", "SELECT 1 UNION SELECT 2 INTO OUTFILE '{file}'", true),
        new("outfile of VALUES", "VALUES (1),(2) INTO OUTFILE '{file}'", true),
        new("general log", "SET GLOBAL general_log_file='{file}', GLOBAL log_output='FILE', GLOBAL general_log=1"),
        new("slow log", "SET GLOBAL slow_query_log_file='{file}', GLOBAL slow_query_log=1, GLOBAL long_query_time=0"),
        new("SET of two kinds", "SET SESSION sort_buffer_size=1048576, @@GLOBAL.general_log_file='{file}', @@global.general_log=ON"),
        new("buffer pool file", "SET GLOBAL innodb_buffer_pool_filename='{file}', GLOBAL innodb_buffer_pool_dump_now=1"),
        new("data directory", "CREATE TABLE d1 (id INT PRIMARY KEY) ENGINE=InnoDB DATA DIRECTORY='{dir}'"),
        new("data and index directory", "CREATE TABLE d2 (id INT PRIMARY KEY) ENGINE=MyISAM DATA DIRECTORY='{dir}' INDEX DIRECTORY='{dir}'"),
        new("data directory of a partition", "CREATE TABLE d3 (id INT PRIMARY KEY) PARTITION BY RANGE (id) (PARTITION a VALUES LESS THAN MAXVALUE DATA DIRECTORY='{dir}')"),
        new("data directory by ALTER", "ALTER TABLE t ADD COLUMN w INT, DATA DIRECTORY='{dir}'"),
        new("CONNECT", "CREATE TABLE c1 (v CHAR(10)) ENGINE=CONNECT TABLE_TYPE=DOS FILE_NAME='{file}'"),
        new("FEDERATED", "CREATE TABLE f1 (v CHAR(10)) ENGINE=FEDERATED CONNECTION='mysql://root@127.0.0.1/mysql/user'"),
        new("SPIDER", "CREATE TABLE s1 (id INT PRIMARY KEY) ENGINE=SPIDER COMMENT='host \"127.0.0.1\", user \"root\"'"),
        new("S3", "ALTER TABLE t ENGINE=S3"),
        new("backup stage", "BACKUP STAGE START"),
        new("import tablespace", "ALTER TABLE t IMPORT TABLESPACE"),
        new("discard tablespace", "ALTER TABLE t DISCARD TABLESPACE"),
        new("flush for export", "FLUSH TABLES t FOR EXPORT"),

        // files read
        new("load data", "LOAD DATA INFILE '{secret}' INTO TABLE s"),
        new("load data local", "LOAD DATA LOCAL INFILE '{secret}' INTO TABLE s"),
        new("load data low priority local", "LOAD DATA LOW_PRIORITY LOCAL INFILE '{secret}' REPLACE INTO TABLE s"),
        new("load xml", "LOAD XML INFILE '{secret}' INTO TABLE s"),
        new("load xml local", "LOAD XML LOCAL INFILE '{secret}' INTO TABLE s"),
        new("load_file in a row", "INSERT INTO s VALUES (LOAD_FILE('{secret}'))", true),
        new("load_file with a comment in it", "INSERT INTO s VALUES (load_file/**/('{secret}'))", true),
        new("load_file of a hidden name", "INSERT INTO s VALUES (/*!100000 LOAD_FILE */ (CONCAT('{secret}','')))", true),
        new("load_file in INSERT SELECT", "INSERT INTO s SELECT LOAD_FILE('{secret}')", true),
        new("load_file in CREATE SELECT", "CREATE TABLE cs AS SELECT LOAD_FILE('{secret}') AS v", true),
        new("load_file in UPDATE", "UPDATE t SET v=LOAD_FILE('{secret}')", true),
        new("load_file in a variable", "SET @secret=LOAD_FILE('{secret}')", true),

        // accounts
        new("create user", "CREATE USER evil IDENTIFIED BY 'x'"),
        new("create user if not exists", "CREATE USER IF NOT EXISTS evil"),
        new("create or replace user", "CREATE OR REPLACE USER stillframe IDENTIFIED BY 'x'"),
        new("grant all", "GRANT ALL ON *.* TO evil IDENTIFIED BY 'x' WITH GRANT OPTION"),
        new("grant file to oneself", "GRANT FILE ON *.* TO CURRENT_USER"),
        new("grant on the schema", "GRANT SELECT ON shop.* TO evil IDENTIFIED BY 'x'"),
        new("grant proxy", "GRANT PROXY ON ''@'' TO stillframe"),
        new("alter user", "ALTER USER root@localhost IDENTIFIED BY 'x'"),
        new("unlock user", "ALTER USER stillframe ACCOUNT UNLOCK"),
        new("set password of another", "SET PASSWORD FOR root@localhost = PASSWORD('x')"),
        new("rename user", "RENAME USER root@localhost TO evil"),
        new("drop user", "DROP USER root@localhost"),
        new("revoke", "REVOKE ALL PRIVILEGES ON *.* FROM root@localhost"),
        new("create role", "CREATE ROLE evil"),
        new("drop role", "DROP ROLE IF EXISTS evil"),
        new("insert account", "INSERT INTO mysql.global_priv VALUES ('%','evil','{\"access\":18446744073709551615}')"),
        new("replace account", "REPLACE INTO mysql.global_priv VALUES ('%','stillframe','{\"access\":18446744073709551615}')"),
        new("update account", "UPDATE mysql.global_priv SET Priv='{\"access\":18446744073709551615}'"),
        new("delete accounts", "DELETE FROM mysql.global_priv"),
        new("insert schema privilege", "INSERT INTO mysql.db (Host,Db,User,Select_priv) VALUES ('%','%','reader','Y')"),
        new("insert proxy", "INSERT INTO mysql.proxies_priv VALUES ('%','','','root',1,'',NOW())"),
        new("insert function", "INSERT INTO mysql.func VALUES ('evil',0,'evil.so','function')"),
        new("insert plugin", "INSERT INTO mysql.plugin VALUES ('evil','evil.so')"),
        new("insert server", "INSERT INTO mysql.servers VALUES ('evil','127.0.0.1','','root','',3306,'','mysql','')"),
        new("create server", "CREATE SERVER evil FOREIGN DATA WRAPPER mysql OPTIONS (HOST '127.0.0.1', USER 'root')"),
        new("flush privileges", "FLUSH PRIVILEGES"),

        // code and the server itself
        new("install plugin", "INSTALL PLUGIN connect SONAME 'ha_connect.so'"),
        new("install soname", "INSTALL SONAME 'ha_connect'"),
        new("uninstall plugin", "UNINSTALL PLUGIN unix_socket"),
        new("function of a library", "CREATE FUNCTION sys_exec RETURNS INTEGER SONAME 'lib_mysqludf_sys.so'"),
        new("aggregate of a library", "CREATE AGGREGATE FUNCTION evil RETURNS STRING SONAME 'evil.so'"),
        new("shutdown", "SHUTDOWN"),
        new("kill", "KILL 1"),
        new("reset master", "RESET MASTER"),
        new("change master", "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_USER='root'"),
        new("start slave", "START SLAVE"),
        new("binlog event", "BINLOG 'AAAA'"),
        new("purge logs", "PURGE BINARY LOGS BEFORE NOW()"),
        new("init_connect", "SET GLOBAL init_connect='CREATE USER evil'"),
        new("event scheduler", "SET GLOBAL event_scheduler=ON"),
        new("secure_file_priv", "SET GLOBAL secure_file_priv=''"),
        new("local_infile", "SET GLOBAL local_infile=1"),
        new("PERSIST-like SET", "SET @@GLOBAL.max_connections=1"),
        new("table in mysql", "CREATE TABLE mysql.evil (id INT)"),
        new("trigger in mysql", "CREATE TRIGGER mysql.evil AFTER INSERT ON mysql.global_priv FOR EACH ROW SET @x=1"),
        new("rename into mysql", "RENAME TABLE shop.t TO mysql.evil"),
        new("drop mysql", "DROP DATABASE mysql"),
        new("alter mysql", "ALTER TABLE mysql.global_priv ADD COLUMN evil INT"),
        new("event of root", "CREATE DEFINER=root@localhost EVENT shop.evil ON SCHEDULE EVERY 1 SECOND DO CREATE USER evil", OnlyKept: true),
        new("view of root", "CREATE DEFINER=`root`@`localhost` SQL SECURITY DEFINER VIEW evil AS SELECT * FROM mysql.global_priv"),
        new("routine in mysql", "CREATE PROCEDURE mysql.evil() SELECT 1"),
    ];
}

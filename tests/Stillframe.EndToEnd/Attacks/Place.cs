using Stillframe.Dumps;

namespace Stillframe.EndToEnd.Attacks;

/// <summary>Where in a dump an attack stands.</summary>
/// <param name="Runs">Whether a client would run it; otherwise it is kept in the schema.</param>
/// <param name="Statements">The attack's statement, in its place.</param>
public sealed record Place(string Name, bool Runs, Func<string, IReadOnlyList<string>> Statements)
{
    public override string ToString() => Name;

    public static IReadOnlyList<Place> All { get; } =
    [
        new("top level", true, sql => [sql]),
        new("after a comment", true, sql => [$"/* a comment */ -- another\n# and one more\n{sql}"]),
        new("version comment", true, sql => [$"/*!50000 {sql} */"]),
        new("version comment of MariaDB", true, sql => [$"/*M!100100 {sql} */"]),
        new("version comment behind one of a newer server", true, sql => [$"/*!120000 SELECT 1, */ /*!100100 {sql} */"]),
        new("version comment in two", true, sql => [$"/*!50000 {sql.Split(' ')[0]} */ /*!50001 {string.Join(' ', sql.Split(' ').Skip(1))} */"]),
        new("compound statement", true, sql => [$"BEGIN NOT ATOMIC {sql}; END"]),
        new("compound IF", true, sql => [$"IF 1=1 THEN {sql}; END IF"]),
        new("compound LOOP", true, sql => [$"FOR i IN 1..1 DO {sql}; END FOR"]),
        new("prepared from a variable", true, sql => [$"SET @sql={Literal(sql)}", "PREPARE p FROM @sql", "EXECUTE p", "DEALLOCATE PREPARE p"]),
        new("prepared from a text", true, sql => [$"PREPARE p FROM {Literal(sql)}", "EXECUTE p"]),
        new("prepared from pieces", true, sql => [$"SET @a={Literal(sql[..4])}, @b={Literal(sql[4..])}", "PREPARE p FROM CONCAT(@a,@b)", "EXECUTE p"]),
        new("execute immediate", true, sql => [$"EXECUTE IMMEDIATE {Literal(sql)}"]),
        new("execute immediate of a variable", true, sql => [$"SET @sql={Literal(sql)}", "EXECUTE IMMEDIATE @sql"]),
        new("SET STATEMENT", true, sql => [$"SET STATEMENT max_statement_time=100 FOR {sql}"]),
        new("procedure and CALL", true, sql => [$"CREATE OR REPLACE PROCEDURE p() BEGIN {sql}; END", "CALL p()"]),
        new("procedure with a prepared statement and CALL", true, sql => [$"CREATE OR REPLACE PROCEDURE p() BEGIN EXECUTE IMMEDIATE {Literal(sql)}; END", "CALL p()"]),
        new("procedure", false, sql => [$"CREATE OR REPLACE PROCEDURE p() BEGIN {sql}; END"]),
        new("function in a row", true, sql => [$"CREATE OR REPLACE FUNCTION f() RETURNS INT BEGIN {sql}; RETURN 1; END", "INSERT INTO s VALUES (f())"]),
        new("trigger and a row", false, sql => [$"CREATE OR REPLACE TRIGGER tr BEFORE INSERT ON s FOR EACH ROW BEGIN {sql}; END", "INSERT INTO s VALUES ('fires')"]),
        new("event", false, sql => [$"CREATE OR REPLACE EVENT e ON SCHEDULE EVERY 1 SECOND DO {sql}"]),
    ];

    /// <summary>Places of an expression, in which <see cref="Attack.Expression"/> stands.</summary>
    public static IReadOnlyList<Place> OfExpressions { get; } =
    [
        new("view", true, e => [$"CREATE OR REPLACE VIEW v1 AS SELECT {e} AS v", "INSERT INTO s SELECT v FROM v1"]),
        new("default", true, e => [$"CREATE OR REPLACE TABLE x1 (id INT, v TEXT DEFAULT ({e}))", "INSERT INTO x1 (id) VALUES (1)"]),
        new("stored column", true, e => [$"CREATE OR REPLACE TABLE x2 (id INT, v TEXT AS ({e}) STORED)", "INSERT INTO x2 (id) VALUES (1)"]),
        new("virtual column", true, e => [$"CREATE OR REPLACE TABLE x3 (id INT, v TEXT AS ({e}) VIRTUAL)", "INSERT INTO x3 (id) VALUES (1)"]),
        new("CHECK", true, e => [$"CREATE OR REPLACE TABLE x4 (id INT, CHECK ({e} IS NOT NULL))", "INSERT INTO x4 (id) VALUES (1)"]),
        new("partition", true, e => [$"CREATE OR REPLACE TABLE x5 (id INT) PARTITION BY RANGE (LENGTH({e})) (PARTITION a VALUES LESS THAN MAXVALUE)", "INSERT INTO x5 (id) VALUES (1)"]),
        new("partition's bound", true, e => [$"CREATE OR REPLACE TABLE x6 (id INT) PARTITION BY RANGE (id) (PARTITION a VALUES LESS THAN (LENGTH({e})))"]),
        new("comment", true, e => [$"CREATE OR REPLACE TABLE x7 (id INT /*!100000 , v TEXT DEFAULT ({e}) */)", "INSERT INTO x7 (id) VALUES (1)"]),
        new("row", true, e => [$"INSERT INTO s VALUES ('a'),({e})"]),
        new("ON DUPLICATE KEY", true, e => ["CREATE OR REPLACE TABLE x8 (id INT PRIMARY KEY, v TEXT)", $"INSERT INTO x8 VALUES (1,''),(1,'') ON DUPLICATE KEY UPDATE v={e}"]),
        new("subquery in a row", true, e => [$"INSERT INTO s VALUES ((SELECT {e}))"]),
        new("function and a row", true, e => [$"CREATE OR REPLACE FUNCTION g() RETURNS TEXT RETURN {e}", "INSERT INTO s VALUES (g())"]),
        new("trigger", true, e => [$"CREATE OR REPLACE TRIGGER tr2 BEFORE INSERT ON t FOR EACH ROW SET NEW.v={e}", "INSERT INTO t VALUES (77,'x')"]),
        new("event", true, e => [$"CREATE OR REPLACE EVENT e2 ON SCHEDULE EVERY 1 SECOND DO INSERT INTO shop.s VALUES ({e})"]),
        new("SET", true, e => [$"SET @x={e}", "INSERT INTO s VALUES (@x)"]),
        new("SELECT INTO a variable", true, e => [$"SELECT {e} INTO @y", "INSERT INTO s VALUES (@y)"]),
        new("DO", true, e => [$"DO {e}"]),
    ];

    /// <summary>Lines of a client's own language, which a server never sees.</summary>
    public static IReadOnlyList<string> ClientCommands { get; } = ["\\! touch {file}", "system touch {file}", "source {secret}", "\\. {secret}", "tee {file}", "pager cat > {file}", "\\T {file}"];

    static string Literal(string sql) => "'" + sql.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";
}

namespace Stillframe.EndToEnd.Families;

/// <summary>Tables of a MySQL of every row format and kind of key, with values in the page and outside, and rows enough for several levels of pages.</summary>
static class MySqlTablesOfEveryForm
{
    public const string Schema = "forms";

    static readonly string wide = string.Join(", ", Enumerable.Range(0, 700).Select(n => $"a_column_with_a_rather_long_name_{n * 7919 % 100003} TINYINT COMMENT 'no {n * 104729 % 1000003}'"));

    public static IReadOnlyList<string> Statements { get; } =
    [
        "CREATE DATABASE helper",
        "CREATE TABLE helper.seq (n INT PRIMARY KEY)",
        "INSERT INTO helper.seq WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 999) SELECT n FROM numbers",
        "INSERT INTO helper.seq SELECT a.n + 1000 * b.n FROM helper.seq a JOIN helper.seq b ON b.n BETWEEN 1 AND 9",
        $"CREATE DATABASE {Schema} CHARACTER SET utf8mb4",
        $"USE {Schema}",
        "CREATE TABLE plain (id INT PRIMARY KEY, v VARCHAR(200), KEY (v), KEY down (v DESC), KEY by_length ((LENGTH(v))))",
        "CREATE TABLE nokey (id INT, v VARCHAR(200), KEY (v))",
        "CREATE TABLE textkey (id VARCHAR(40), v VARCHAR(200), n INT, w CHAR(5), PRIMARY KEY (id, w), KEY (v))",
        "CREATE TABLE charkey (id CHAR(10) CHARACTER SET latin1, v VARCHAR(200), PRIMARY KEY (id))",
        "CREATE TABLE prefixed (id VARCHAR(3000) CHARACTER SET latin1, v TEXT, PRIMARY KEY (id(50)), KEY (v(20)))",
        "CREATE TABLE uniquekey (id DECIMAL(20, 5) NOT NULL, d DATETIME(6) NOT NULL, e ENUM('x', 'y') NOT NULL, v VARCHAR(50), UNIQUE (d, id, e))",
        "CREATE TABLE old (id VARCHAR(20) PRIMARY KEY, v VARCHAR(200)) ROW_FORMAT=REDUNDANT",
        "CREATE TABLE compact (id BINARY(20) PRIMARY KEY, v LONGTEXT) ROW_FORMAT=COMPACT",
        "CREATE TABLE outside (id INT PRIMARY KEY, b LONGBLOB, t LONGTEXT, j JSON)",
        "CREATE TABLE parts (id INT, v VARCHAR(50), PRIMARY KEY (id)) PARTITION BY HASH (id) PARTITIONS 3",
        "CREATE TABLE subparts (id INT, at DATE, v VARCHAR(50)) PARTITION BY RANGE (YEAR(at)) SUBPARTITION BY HASH (id) SUBPARTITIONS 2 (PARTITION p0 VALUES LESS THAN (2020), PARTITION p1 VALUES LESS THAN MAXVALUE)",
        "CREATE TABLE words (id INT PRIMARY KEY, v TEXT, FULLTEXT (v))",
        "CREATE TABLE child (id INT PRIMARY KEY AUTO_INCREMENT, parent INT, FOREIGN KEY (parent) REFERENCES plain (id))",
        "CREATE TABLE packed (id INT PRIMARY KEY, n INT, v VARCHAR(200), KEY (n), KEY (v)) ROW_FORMAT=COMPRESSED",
        "CREATE TABLE packed_small (id VARCHAR(40), n BIGINT, v VARCHAR(100), PRIMARY KEY (id, n), KEY (n), KEY (v)) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=2",
        "CREATE TABLE `größe von-東京` (`länge` INT PRIMARY KEY, v VARCHAR(20))",
        "CREATE TABLE nothing (id INT PRIMARY KEY, v INT, KEY (v))",
        $"CREATE TABLE wide (id INT PRIMARY KEY, {wide})",
        "CREATE TABLE isam (id INT PRIMARY KEY, v VARCHAR(200), KEY (v)) ENGINE=MyISAM",
        $"INSERT INTO plain {Rows()}",
        $"INSERT INTO nokey {Rows()}",
        "INSERT INTO textkey SELECT LEFT(SHA2(n, 256), 32), CONCAT('text ', n), n, 'ü' FROM helper.seq",
        "INSERT INTO charkey SELECT CONCAT('k', n), LEFT(SHA2(n, 256), 32) FROM helper.seq WHERE n < 5000",
        "INSERT INTO prefixed SELECT LEFT(SHA2(n, 256), 32), REPEAT(LEFT(SHA2(n, 256), 32), n % 9) FROM helper.seq WHERE n < 3000",
        "INSERT INTO uniquekey SELECT n / 7, TIMESTAMP '2020-01-02 03:04:05.678' + INTERVAL n SECOND, 1 + n % 2, LEFT(SHA2(n, 256), 32) FROM helper.seq",
        "INSERT INTO old SELECT n, LEFT(SHA2(n, 256), 32) FROM helper.seq WHERE n < 3000",
        "INSERT INTO compact SELECT UNHEX(LEFT(SHA2(n, 256), 40)), REPEAT(LEFT(SHA2(n, 256), 40), n % 500) FROM helper.seq WHERE n < 800",
        "INSERT INTO outside SELECT n, REPEAT(UNHEX(SHA2(n, 512)), n % 3000), IF(n % 3 = 0, NULL, REPEAT(SHA2(n, 512), n * 7 % 1500)), JSON_OBJECT('a', REPEAT(LEFT(SHA2(n, 256), 32), n % 400)) FROM helper.seq WHERE n < 300",
        "INSERT INTO outside SELECT 1000, REPEAT('0123456789abcdef', 300000), NULL, NULL FROM helper.seq WHERE n = 0", // the index of its pages takes pages of its own
        $"INSERT INTO parts {Rows(20)}",
        "INSERT INTO subparts SELECT n, DATE '2018-01-01' + INTERVAL n DAY, LEFT(SHA2(n, 256), 32) FROM helper.seq WHERE n < 3000",
        "INSERT INTO words SELECT n, CONCAT(LEFT(SHA2(n, 256), 32), ' ', LEFT(SHA2(n % 50, 256), 32), ' word') FROM helper.seq WHERE n < 1000",
        "INSERT INTO child SELECT n + 1, n FROM helper.seq WHERE n < 5000",
        $"INSERT INTO packed SELECT n, n * 7919 % 100003, CONCAT('text ', n) FROM helper.seq",
        "INSERT INTO packed_small SELECT LEFT(SHA2(n, 256), 32), n, LEFT(SHA2(n, 256), 40) FROM helper.seq WHERE n < 3000",
        "INSERT INTO `größe von-東京` SELECT n, LEFT(SHA2(n, 256), 20) FROM helper.seq WHERE n < 100",
        "INSERT INTO wide (id) SELECT n FROM helper.seq WHERE n < 50",
        $"INSERT INTO isam {Rows()}",
    ];

    static string Rows(int longest = 40) => $"SELECT n, CONCAT('text ', n * 7919 % 100003, ', ', REPEAT('é', n % {longest})) FROM helper.seq";
}

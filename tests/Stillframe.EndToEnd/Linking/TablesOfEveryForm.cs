namespace Stillframe.EndToEnd.Linking;

/// <summary>Tables of every engine, row format and kind of key, with rows enough for several levels of pages.</summary>
static class TablesOfEveryForm
{
    /// <summary>A number and a text a row.</summary>
    public const string Rows = "SELECT seq, CONCAT('text ', seq * 7919 % 100003, ', ', REPEAT('é', seq % 40)) FROM seq_0_to_9999";

    public static IEnumerable<string> Statements { get; } =
    [
        "CREATE TABLE plain (id INT PRIMARY KEY, v VARCHAR(200), KEY (v))",
        "CREATE TABLE nokey (id INT, v VARCHAR(200), KEY (v))",
        "CREATE TABLE textkey (id VARCHAR(40), v VARCHAR(200), n INT, w CHAR(5), PRIMARY KEY (id, w), KEY (v)) CHARACTER SET utf8mb4",
        "CREATE TABLE charkey (id CHAR(10) CHARACTER SET utf8mb4, v VARCHAR(200), PRIMARY KEY (id))",
        "CREATE TABLE prefixed (id VARCHAR(3000) CHARACTER SET latin1, v TEXT, PRIMARY KEY (id(50)), KEY (v(20)))",
        "CREATE TABLE old (id VARCHAR(20) PRIMARY KEY, v VARCHAR(200)) ROW_FORMAT=REDUNDANT",
        "CREATE TABLE types (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, a BIT(5), b DECIMAL(20,5), c DATETIME(6), d TIMESTAMP NULL, e TIME(2),"
            + " f DOUBLE, g ENUM('x','y'), h SET('x','y'), i JSON, j LONGBLOB, k INET6, l INT AS (b + 1) VIRTUAL, m INT AS (b + 2) STORED, KEY (b), KEY (l), KEY (m))",
        "CREATE TABLE parts (id INT, v VARCHAR(50), PRIMARY KEY (id)) PARTITION BY HASH (id) PARTITIONS 3",
        "CREATE TABLE words (id INT PRIMARY KEY, v TEXT, FULLTEXT (v))",
        "CREATE TABLE child (id INT PRIMARY KEY, parent INT, FOREIGN KEY (parent) REFERENCES plain (id))",
        "CREATE TABLE aria (id INT PRIMARY KEY, v VARCHAR(200), KEY (v)) ENGINE=Aria",
        "CREATE TABLE isam (id INT PRIMARY KEY, v VARCHAR(200), KEY (v)) ENGINE=MyISAM",
        $"INSERT INTO plain {Rows}",
        $"INSERT INTO nokey {Rows}",
        "INSERT INTO textkey SELECT MD5(seq), CONCAT('text ', seq), seq, 'ü' FROM seq_1_to_9999",
        "INSERT INTO charkey SELECT CONCAT('k', seq), MD5(seq) FROM seq_1_to_5000",
        "INSERT INTO prefixed SELECT MD5(seq), REPEAT(MD5(seq), seq % 9) FROM seq_1_to_3000",
        "INSERT INTO old SELECT seq, MD5(seq) FROM seq_1_to_3000",
        "INSERT INTO types (a, b, c, d, e, f, g, h, i, j, k) SELECT seq % 32, seq / 7, '2020-01-02 03:04:05.678', '2020-01-02', '1:2:3', seq / 3, 'x', 'x,y', '{}',"
            + " IF(seq % 500 = 0, REPEAT(MD5(seq), 2000), seq), CONCAT('::', seq % 9) FROM seq_1_to_5000",
        $"INSERT INTO parts {Rows.Replace("seq % 40", "seq % 20", StringComparison.Ordinal)}",
        "INSERT INTO words SELECT seq, CONCAT(MD5(seq), ' ', MD5(seq % 50), ' word') FROM seq_1_to_1000",
        "INSERT INTO child SELECT seq, seq FROM seq_1_to_5000",
        $"INSERT INTO aria {Rows}",
        $"INSERT INTO isam {Rows}",
    ];
}

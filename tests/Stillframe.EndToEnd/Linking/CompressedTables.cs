namespace Stillframe.EndToEnd.Linking;

/// <summary>Tables with ROW_FORMAT=COMPRESSED, of each size of page, with rows in the page and outside, and keys of every kind.</summary>
static class CompressedTables
{
    public static IEnumerable<string> Statements { get; } =
    [
        "CREATE TABLE one (id INT PRIMARY KEY, n INT, v VARCHAR(60), KEY (n), KEY (v)) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=1",
        "CREATE TABLE two (id VARCHAR(40), n BIGINT, v VARCHAR(100), b LONGBLOB, PRIMARY KEY (id, n), KEY (n), KEY (v)) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=2",
        "CREATE TABLE four (id INT, v VARCHAR(200), t TEXT COMPRESSED, KEY (v)) CHARACTER SET utf8mb4 ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=4",
        "CREATE TABLE eight (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, v VARCHAR(200), b BLOB, t TEXT, w INT AS (LENGTH(v)) VIRTUAL, KEY (v), KEY (w), UNIQUE (t(30), id))"
            + " CHARACTER SET utf8mb4 ROW_FORMAT=COMPRESSED",
        "CREATE TABLE sixteen (id VARCHAR(300), v VARCHAR(200), b MEDIUMBLOB, PRIMARY KEY (id(50)), KEY (v)) CHARACTER SET utf8mb4"
            + " ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=16",
        "CREATE TABLE big (id INT PRIMARY KEY, v VARCHAR(60), b BLOB, KEY (v)) CHARACTER SET utf8mb4 ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=1",
        "CREATE TABLE parts (id INT, v VARCHAR(50), PRIMARY KEY (id)) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=4 PARTITION BY HASH (id) PARTITIONS 3",
        "CREATE TABLE words (id INT PRIMARY KEY, v TEXT, FULLTEXT (v)) ROW_FORMAT=COMPRESSED",
        "CREATE TABLE places (id INT PRIMARY KEY, p POINT NOT NULL, SPATIAL KEY (p)) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8",
        "CREATE TABLE nothing (id INT PRIMARY KEY, v INT, KEY (v)) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=2",
        "INSERT INTO one SELECT seq, seq * 7919 % 100003, LEFT(MD5(seq), seq % 32) FROM seq_1_to_6000",
        "INSERT INTO two SELECT MD5(seq), seq, SHA1(seq),"
            + " IF(seq % 50 = 0, (SELECT GROUP_CONCAT(SHA2(o.seq * 1000 + n.seq, 512)) FROM seq_1_to_99 n), MD5(seq)) FROM seq_1_to_3000 o",
        $"INSERT INTO four SELECT id, v, CONCAT(v, v) FROM ({TablesOfEveryForm.Rows.Replace("SELECT seq, CONCAT", "SELECT seq AS id, CONCAT", StringComparison.Ordinal).Replace(" FROM", " AS v FROM", StringComparison.Ordinal)}) rows_of_four",
        "INSERT INTO eight (v, b, t) SELECT SHA1(seq), IF(seq % 9 = 0, REPEAT(SHA1(seq), 400), NULL), IF(seq % 100 = 0, REPEAT(MD5(seq), 900), MD5(seq)) FROM seq_1_to_3000",
        "INSERT INTO sixteen SELECT MD5(seq * 31), REPEAT('é', seq % 40),"
            + " IF(seq % 500 = 0, (SELECT GROUP_CONCAT(SHA2(o.seq * 1000 + n.seq, 512)) FROM seq_1_to_999 n), REPEAT(SHA2(seq, 512), seq % 30)) FROM seq_1_to_3000 o",
        "INSERT INTO big SELECT seq, CONCAT('text ', seq), REPEAT(SHA2(seq, 512), IF(seq % 8 = 0, 40, 1)) FROM seq_1_to_5000",
        "INSERT INTO parts SELECT seq, CONCAT('text ', seq) FROM seq_1_to_9999",
        "INSERT INTO words SELECT seq, CONCAT(MD5(seq), ' ', MD5(seq % 50), ' word') FROM seq_1_to_1000",
        "INSERT INTO places SELECT seq, POINT(seq, seq) FROM seq_1_to_50",
    ];
}

using System.Globalization;

namespace Stillframe.EndToEnd.Masters;

/// <summary>Random statements that change a few tables in every way in which tables change.</summary>
/// <param name="schema">Its own; <c>{schema}2</c> is beside it.</param>
sealed class Workload(Random random, string schema)
{
    int made;

    public string Database => $"{schema},{Second}";

    string Second => schema + "2";

    /// <summary>Parents and children by keys that pass on and that do not, tables with triggers and without keys, and of another engine.</summary>
    public IEnumerable<string> Make() =>
    [
        $"CREATE OR REPLACE DATABASE {schema}", $"CREATE OR REPLACE DATABASE {Second}", $"USE {schema}",
        "CREATE TABLE country (id INT PRIMARY KEY, v INT) ENGINE=InnoDB",
        "CREATE TABLE city (id INT PRIMARY KEY, country INT, v INT, FOREIGN KEY (country) REFERENCES country (id) ON DELETE CASCADE ON UPDATE CASCADE) ENGINE=InnoDB",
        "CREATE TABLE street (id INT PRIMARY KEY, city INT, v INT, FOREIGN KEY (city) REFERENCES city (id) ON DELETE SET NULL ON UPDATE CASCADE) ENGINE=InnoDB",
        $"CREATE TABLE {Second}.shop (id INT PRIMARY KEY, city INT, FOREIGN KEY (city) REFERENCES {schema}.city (id) ON DELETE CASCADE) ENGINE=InnoDB",
        "CREATE TABLE kept (id INT PRIMARY KEY, country INT, FOREIGN KEY (country) REFERENCES country (id)) ENGINE=InnoDB",
        "CREATE TABLE swapped (id INT PRIMARY KEY, v BIGINT) ENGINE=InnoDB",
        "CREATE TABLE nokey (a INT, b VARCHAR(30)) ENGINE=InnoDB",
        "CREATE TABLE watched (id INT PRIMARY KEY, v INT) ENGINE=InnoDB",
        "CREATE TABLE notes (id INT AUTO_INCREMENT PRIMARY KEY, v INT) ENGINE=InnoDB",
        "CREATE TABLE old (id INT PRIMARY KEY, v INT) ENGINE=MyISAM",
        "CREATE TABLE `Größe ``1```(id INT PRIMARY KEY, v INT) ENGINE=InnoDB",
        "CREATE TABLE parts (id INT PRIMARY KEY, v INT) ENGINE=InnoDB PARTITION BY HASH (id) PARTITIONS 3",
        "CREATE TRIGGER watch AFTER UPDATE ON watched FOR EACH ROW INSERT INTO notes (v) VALUES (NEW.v)",
        "INSERT INTO country SELECT seq, 0 FROM seq_1_to_40", "INSERT INTO city SELECT seq, 1 + seq % 40, 0 FROM seq_1_to_200", "INSERT INTO street SELECT seq, 1 + seq % 200, 0 FROM seq_1_to_400",
        $"INSERT INTO {Second}.shop SELECT seq, 1 + seq % 200 FROM seq_1_to_300", "INSERT INTO swapped VALUES (545296017, 1258304706138210791), (1687785542, 4393127450003467798)",
        "INSERT INTO nokey SELECT seq, 'x' FROM seq_1_to_100", "INSERT INTO watched SELECT seq, 0 FROM seq_1_to_50", "INSERT INTO old SELECT seq, 0 FROM seq_1_to_50",
        "INSERT INTO parts SELECT seq, 0 FROM seq_1_to_50", "INSERT INTO `Größe ``1``` VALUES (1, 1)",
    ];

    /// <summary>A few; each may fail.</summary>
    public IReadOnlyList<string> Next() => random.Next(10) switch
    {
        0 => ["BEGIN", .. Rows(), .. Rows(), "ROLLBACK"],
        1 => ["BEGIN", .. Rows(), "SAVEPOINT s", .. Rows(), "ROLLBACK TO s", .. Rows(), "COMMIT"],
        2 => ["BEGIN", .. Rows(), .. Rows(), "COMMIT"],
        3 or 4 => Definition(),
        _ => [.. Rows()],
    };

    IEnumerable<string> Rows()
    {
        var id = random.Next(220);
        return random.Next(15) switch
        {
            0 => [$"UPDATE country SET id = id + 1000 WHERE id = {id % 40}"],
            1 => [$"DELETE FROM country WHERE id = {id % 40}"],
            2 => [$"DELETE FROM city WHERE id = {id}"],
            3 => [$"UPDATE city SET id = id + 1000 WHERE id = {id}"],
            4 => [$"INSERT IGNORE INTO kept VALUES ({id}, {id % 40})"],
            5 => ["UPDATE swapped SET v = IF(v = 1258304706138210791, 4393127450003467798, 1258304706138210791)"],
            6 => [$"UPDATE nokey SET b = 'y{id}' WHERE a = {id}"],
            7 => [$"UPDATE watched SET v = v + 1 WHERE id < {id % 10}"],
            8 => [$"REPLACE INTO country VALUES ({id % 40}, {id})"],
            9 => [$"UPDATE old SET v = v + 1 WHERE id = {id % 50}"],
            10 => [$"UPDATE `Größe ``1``` SET v = v + 1"],
            11 => [$"INSERT INTO parts VALUES ({id}, 1) ON DUPLICATE KEY UPDATE v = v + 1"],
            12 => [$"DELETE street, city FROM city LEFT JOIN street ON street.city = city.id WHERE city.id = {id}"],
            13 => ["SET SESSION binlog_format = 'STATEMENT'", $"UPDATE watched SET v = v + 1 WHERE id = {id % 50}", "SET SESSION binlog_format = 'ROW'"],
            _ => [$"UPDATE street SET v = v WHERE id = {id}"],
        };
    }

    IReadOnlyList<string> Definition() => random.Next(16) switch
    {
        0 => ["TRUNCATE TABLE nokey"],
        1 => ["truncate table `Größe ``1```"],
        2 => ["ALTER TABLE parts TRUNCATE PARTITION p1"],
        3 => [$"ALTER TABLE country ADD COLUMN c{made++} INT DEFAULT {made}"],
        4 => [Text($"CREATE TABLE new{made++} (PRIMARY KEY (id)) ENGINE=InnoDB AS SELECT id, v FROM watched")],
        5 => ["RENAME TABLE watched TO w, notes TO watched, w TO notes", "RENAME TABLE watched TO w, notes TO watched, w TO notes"],
        6 => [$"DROP TABLE IF EXISTS new{made - 1}"],
        7 => ["CREATE OR REPLACE PROCEDURE refill() UPDATE watched SET v = v + 100", "CALL refill()"],
        8 => ["CREATE OR REPLACE VIEW names AS SELECT v FROM watched"],
        9 => ["FLUSH BINARY LOGS"],
        10 => ["ANALYZE TABLE city, street"],
        11 => ["OPTIMIZE TABLE swapped"],
        12 => [$"CREATE OR REPLACE DATABASE {Second}", $"CREATE TABLE {Second}.shop (id INT PRIMARY KEY, city INT, FOREIGN KEY (city) REFERENCES {schema}.city (id) ON DELETE CASCADE) ENGINE=InnoDB"],
        13 => [$"/* comment */ ALTER TABLE swapped COMMENT '{new string('c', 300)}{made++}'"],
        14 => ["XA START 'x'", $"UPDATE watched SET v = {made++} WHERE id = 1", "XA END 'x'", "XA PREPARE 'x'", "XA COMMIT 'x'"],
        _ => [$"CREATE OR REPLACE TABLE swapped (id INT PRIMARY KEY, v BIGINT) ENGINE=InnoDB", "INSERT INTO swapped VALUES (545296017, 1258304706138210791), (1687785542, 4393127450003467798)"],
    };

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

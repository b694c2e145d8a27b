using System.Globalization;
using System.Text;
using Stillframe.Loading.Bulk;

namespace Stillframe.EndToEnd.Loading;

/// <summary>A schema with every type and character set, edge values and random rows, the same each time.</summary>
static class EveryType
{
    /// <summary>Tables whose rows keep to INSERT, whatever the options of the dump.</summary>
    public static string[] KeepToInsert { get; } = ["aria", "myisam", "no_choice"];

    /// <summary>Characters of each set, among them those whose second byte is a backslash, a quote's neighbour or a tab's.</summary>
    static readonly (string Charset, string[] Characters)[] Charsets =
    [
        ("latin1", ["61", "27", "22", "5C", "09", "0A", "00", "1A", "E9", "FF", "80", "25", "5F"]),
        ("utf8mb3", ["61", "27", "5C", "0A", "C3A9", "E282AC", "E4B8AD", "00"]),
        ("utf8mb4", ["61", "27", "22", "5C", "09", "0A", "0D", "00", "1A", "C3A9", "E282AC", "F09F9880", "25", "5F", "4E", "5C4E"]),
        ("cp1251", ["61", "27", "5C", "09", "CF", "FF", "B8"]),
        ("koi8r", ["61", "5C", "C1", "FF"]),
        ("sjis", ["61", "835C", "8163", "945C", "B1", "27", "0A"]),
        ("cp932", ["61", "835C", "FA5C", "27"]),
        ("gbk", ["61", "815C", "8F5C", "D6D0", "27", "0A"]),
        ("big5", ["61", "A55C", "B35C", "27"]),
        ("eucjpms", ["61", "A4A2", "27"]),
        ("ucs2", ["0061", "0027", "005C", "0009", "4E2D", "5C5C", "0A0A"]),
        ("utf16", ["0061", "005C", "D83DDE00", "4E5C"]),
        ("utf32", ["00000061", "0000005C", "0001F600"]),
        ("ascii", ["61", "27", "5C", "09"]),
    ];

    public static IEnumerable<string> Statements(Random? random = null)
    {
        random ??= Seed.Random();
        yield return "SET NAMES utf8mb4, time_zone = '+00:00', sql_mode = 'NO_AUTO_VALUE_ON_ZERO'";
        foreach (var statement in Numbers(random).Concat(Times(random)).Concat(Bytes(random)).Concat(Texts(random)).Concat(Choices(random)).Concat(Others(random)))
            yield return statement;
    }

    static IEnumerable<string> Numbers(Random random)
    {
        yield return """
            CREATE TABLE numbers (id BIGINT AUTO_INCREMENT PRIMARY KEY, t TINYINT, tu TINYINT UNSIGNED ZEROFILL, s SMALLINT, m MEDIUMINT, i INT UNSIGNED, b BIGINT, bu BIGINT UNSIGNED,
            n DECIMAL(65,30), n0 DECIMAL(10,0), f FLOAT, d DOUBLE, fs FLOAT(7,3), ok BOOL, KEY (i)) ENGINE=InnoDB
            """;
        yield return "INSERT INTO numbers VALUES (0,-128,0,-32768,-8388608,0,-9223372036854775808,0,-0.000000000000000000000000000001,-9999999999,-3.402823466e38,-1.7976931348623157e308,-9999.999,0)";
        yield return "INSERT INTO numbers VALUES (-5,127,255,32767,8388607,4294967295,9223372036854775807,18446744073709551615,99999999999999999999999999999999999.999999999999999999999999999999,9999999999,1.175494351e-38,2.2250738585072014e-308,0.001,1)";
        yield return "INSERT INTO numbers VALUES (3,0,0,0,0,0,0,0,0,0,-0e0,-0e0,-0e0,NULL), (4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1e30,5e-324,1e3,NULL)";
        for (var i = 0; i < 300; i++)
            yield return string.Create(CultureInfo.InvariantCulture, $"INSERT INTO numbers VALUES ({i + 10},{random.Next(-128, 128)},{random.Next(256)},{random.Next(-32768, 32768)},{random.Next(-8388608, 8388608)},{random.NextInt64(4294967296)},{random.NextInt64(long.MinValue, long.MaxValue)},{(ulong)random.NextInt64() * 2},{random.NextDouble() * 1e9:F12},{random.Next()},{(random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-30, 30)):R},{(random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 300)):R},{random.NextDouble() * 1000:F3},{random.Next(2)})");
    }

    static IEnumerable<string> Times(Random random)
    {
        yield return "CREATE TABLE times (id INT PRIMARY KEY, d DATE, t TIME(6), dt DATETIME(6), ts TIMESTAMP(6) NULL, tn TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, y YEAR) ENGINE=InnoDB";
        yield return "INSERT INTO times VALUES (1,'0000-00-00','-838:59:59.999999','0000-00-00 00:00:00','0000-00-00 00:00:00','0000-00-00 00:00:00',0), (2,'9999-12-31','838:59:59','9999-12-31 23:59:59.999999','2038-01-19 03:14:07.999999','1970-01-01 00:00:01',2155), (3,'2026-02-00','00:00:00','2026-00-00 00:00:00',NULL,'2026-03-29 01:30:00',1901), (4,NULL,NULL,NULL,NULL,'2026-10-25 00:30:00',NULL)";
        for (var i = 0; i < 100; i++)
            yield return string.Create(CultureInfo.InvariantCulture, $"INSERT INTO times VALUES ({i + 10}, DATE '2000-01-01' + INTERVAL {random.Next(20000)} DAY, SEC_TO_TIME({random.Next(-800000, 800000)}.25), FROM_UNIXTIME({random.Next()}.{random.Next(1000000)}), FROM_UNIXTIME({random.Next()}), FROM_UNIXTIME({random.Next()}), {1901 + random.Next(255)})");
    }

    static IEnumerable<string> Bytes(Random random)
    {
        yield return "CREATE TABLE bytes (id INT PRIMARY KEY, b BINARY(16), v VARBINARY(300), t TINYBLOB, o BLOB, m MEDIUMBLOB, l LONGBLOB NOT NULL, b1 BIT(1), b17 BIT(17), b64 BIT(64)) ENGINE=InnoDB";
        yield return "CREATE TABLE bytes_and_text (id INT PRIMARY KEY, o BLOB, x VARCHAR(200) CHARACTER SET latin1, y VARCHAR(200)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";
        for (var i = 0; i < 200; i++)
        {
            yield return $"INSERT INTO bytes VALUES ({i},{Hex(random, 16)},{Hex(random, 300)},{Hex(random, 255)},{Hex(random, 3000)},{Hex(random, 100)},x'{Convert.ToHexString(Some(random, 400))}',{random.Next(2)},{random.Next(1 << 17)},{random.NextInt64()})";
            yield return $"INSERT INTO bytes_and_text VALUES ({i},{Hex(random, 400)},{Text(random, 0)},{Text(random, 2)})";
        }

        yield return $"INSERT INTO bytes (id, l) VALUES (1000, x'{string.Concat(Enumerable.Range(0, 65536).Select(n => n.ToString("X4", CultureInfo.InvariantCulture)))}')";
        yield return "INSERT INTO bytes (id, l) VALUES (1001, '')";
    }

    static IEnumerable<string> Texts(Random random)
    {
        yield return "CREATE TABLE plain_text (id INT PRIMARY KEY, c CHAR(40), v VARCHAR(200) NOT NULL, t TEXT, l LONGTEXT, UNIQUE (id, c), KEY (v(20))) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";
        yield return "INSERT INTO plain_text VALUES (-1,'NULL','\\\\N','null',NULL), (-2,'','','',''), (-3,' a ','a  ','\\\\','\\t'), (-4,'\\'','\"','\\\\\\'','a\\\\')";
        for (var i = 0; i < 300; i++)
            yield return $"INSERT INTO plain_text VALUES ({i},{Text(random, 2, 20)},{Text(random, 2)},{Text(random, 1)},{Text(random, 2, 4000)})";
        var columns = Charsets.Select(set => $"v_{set.Charset} VARCHAR(100) CHARACTER SET {set.Charset}, t_{set.Charset} TEXT CHARACTER SET {set.Charset}");
        yield return $"CREATE TABLE charsets (id INT PRIMARY KEY, {string.Join(", ", columns)}, raw BLOB) ENGINE=InnoDB";
        for (var i = 0; i < 200; i++)
            yield return $"INSERT INTO charsets VALUES ({i},{string.Join(',', Charsets.SelectMany((_, set) => new[] { Text(random, set, 60), Text(random, set, 60) }))},{Hex(random, 100)})";
    }

    static IEnumerable<string> Choices(Random random)
    {
        yield return "CREATE TABLE choices (id INT PRIMARY KEY, e ENUM('a','b','0','1','it''s','é') CHARACTER SET utf8mb4, s SET('x','y','z','ü') CHARACTER SET utf8mb4, el ENUM('é','à') CHARACTER SET latin1, ec SET('да','нет') CHARACTER SET cp1251) ENGINE=InnoDB";
        yield return "INSERT INTO choices VALUES (-1,1,'',1,''), (-2,NULL,NULL,NULL,NULL)";
        yield return "CREATE TABLE no_choice (id INT PRIMARY KEY, e ENUM('a','b')) ENGINE=InnoDB";
        yield return "INSERT INTO no_choice VALUES (1,0),(2,1)"; // the server warns of its own zero value
        for (var i = 0; i < 100; i++)
            yield return $"INSERT INTO choices VALUES ({i},{random.Next(1, 7)},{random.Next(16)},{random.Next(1, 3)},{random.Next(4)})";
        yield return "CREATE TABLE special (id INT PRIMARY KEY, j JSON, u UUID, i6 INET6, i4 INET4, KEY (u)) ENGINE=InnoDB";
        yield return """INSERT INTO special VALUES (1,'{"a": "it''s \\"so\\" \\n é😀"}','123e4567-e89b-12d3-a456-426655440000','2001:db8::ff00:42:8329','10.0.0.1'), (2,NULL,NULL,NULL,NULL), (3,'[1, 2.5, null]','6ccd780c-baba-1026-9564-5b8c656024db','::','255.255.255.255')""";
        yield return "CREATE TABLE places (id INT PRIMARY KEY, p POINT NOT NULL, g GEOMETRY, SPATIAL KEY (p)) ENGINE=InnoDB";
        for (var i = 0; i < 100; i++)
            yield return string.Create(CultureInfo.InvariantCulture, $"INSERT INTO places VALUES ({i}, POINT({random.NextDouble() * 360 - 180:R},{random.Next(-90, 90)}), {(i % 3 == 0 ? "NULL" : $"ST_GeomFromText('POLYGON((0 0,{i} 0,{i} {i},0 0))', 4326)")})");
    }

    static IEnumerable<string> Others(Random random)
    {
        yield return "CREATE TABLE computed (a INT PRIMARY KEY, b VARCHAR(50), s INT AS (a * 2) STORED, v VARCHAR(60) AS (CONCAT(b, '!')) VIRTUAL, hidden INT INVISIBLE DEFAULT 7, CHECK (a < 100000), KEY (s), KEY (v)) ENGINE=InnoDB";
        yield return "CREATE TABLE no_key (a INT, b TEXT) ENGINE=InnoDB";
        yield return "CREATE TABLE parts (id INT, at DATE, t TEXT, PRIMARY KEY (id, at)) ENGINE=InnoDB PARTITION BY RANGE (YEAR(at)) (PARTITION p0 VALUES LESS THAN (2020), PARTITION p1 VALUES LESS THAN MAXVALUE)";
        yield return "CREATE TABLE words (id INT PRIMARY KEY, t TEXT, FULLTEXT KEY (t)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";
        yield return "CREATE TABLE packed (id INT PRIMARY KEY, t TEXT COMPRESSED, u VARCHAR(40), UNIQUE (u)) ENGINE=InnoDB ROW_FORMAT=COMPRESSED";
        yield return "CREATE TABLE zparent (id INT PRIMARY KEY, up INT, FOREIGN KEY (up) REFERENCES zparent (id)) ENGINE=InnoDB";
        yield return "CREATE TABLE child (id INT PRIMARY KEY, parent INT, FOREIGN KEY (parent) REFERENCES zparent (id)) ENGINE=InnoDB";
        yield return "CREATE TABLE `odd ``name é` (`a``b` INT PRIMARY KEY, `ключ` TEXT, `select` INT) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";
        yield return "INSERT INTO `odd ``name é` VALUES (1,'é',2),(2,NULL,3)";
        yield return "CREATE TABLE myisam (id INT PRIMARY KEY, t TEXT) ENGINE=MyISAM";
        yield return "CREATE TABLE aria (id INT PRIMARY KEY, t TEXT) ENGINE=Aria";
        yield return "CREATE TABLE nothing (id INT PRIMARY KEY) ENGINE=InnoDB";
        yield return "CREATE SEQUENCE numbering START WITH 40";
        yield return "CREATE TABLE numbered (id BIGINT AUTO_INCREMENT PRIMARY KEY, t TEXT) ENGINE=InnoDB";
        yield return "INSERT INTO numbered (t) VALUES ('a'), ('b')";
        foreach (var i in Enumerable.Range(1, 200).OrderBy(_ => random.Next()))
        {
            yield return $"INSERT INTO computed (a, b) VALUES ({i},{Text(random, 2, 20)})";
            yield return $"INSERT INTO no_key VALUES ({random.Next(50)},{Text(random, 2)})";
            yield return $"INSERT INTO parts VALUES ({i},'{2015 + random.Next(10)}-01-01',{Text(random, 2)})";
            yield return $"INSERT INTO words VALUES ({i},'word{random.Next(20)} and more {random.Next(20)}')";
            yield return $"INSERT INTO packed VALUES ({i},{Text(random, 2, 3000)},'u{i}')";
            yield return $"INSERT INTO myisam VALUES ({i},{Text(random, 2)})";
            yield return $"INSERT INTO aria VALUES ({i},{Text(random, 2)})";
        }

        yield return "INSERT INTO zparent VALUES (1,NULL),(2,1),(3,2)";
        yield return "INSERT INTO child VALUES (1,1),(2,3),(3,NULL)";
        yield return "CREATE VIEW a_view AS SELECT a, v FROM computed";
        yield return "CREATE VIEW b_view AS SELECT COUNT(*) c FROM a_view";
        yield return "CREATE TRIGGER child_before BEFORE INSERT ON child FOR EACH ROW SET NEW.parent = 1";
        yield return "CREATE FUNCTION twice(n INT) RETURNS INT DETERMINISTIC RETURN n * 2";
    }

    static string Text(Random random, int charset, int most = 100)
    {
        if (random.Next(12) == 0 && charset != 2)
            return "NULL";
        var (name, characters) = Charsets[charset];
        var text = new StringBuilder($"_{name} x'");
        for (var length = random.Next(most); length > 0; length--)
            text.Append(characters[random.Next(characters.Length)]);
        return text.Append('\'').ToString();
    }

    static string Hex(Random random, int most) => random.Next(12) == 0 ? "NULL" : $"x'{Convert.ToHexString(Some(random, most))}'";

    static byte[] Some(Random random, int most)
    {
        var bytes = new byte[random.Next(most + 1)];
        random.NextBytes(bytes);
        // more of what has a meaning somewhere than chance would give
        for (var i = 0; i < bytes.Length; i += 3)
            bytes[i] = "\\\t\n'\"\0N\x1a\rà\u00c3"u8[random.Next(10)];
        return bytes;
    }
}

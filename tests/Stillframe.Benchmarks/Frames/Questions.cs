namespace Stillframe.Benchmarks.Frames;

/// <summary>Twenty questions that read much and answer little, as reports do: each has one answer, in one order.</summary>
static class Questions
{
    /// <summary>About the sample's places.</summary>
    public static IReadOnlyList<string> OfGazetteer { get; } =
    [
        "SELECT COUNT(*), COUNT(admin1), COUNT(DISTINCT country) FROM place",
        "SELECT country, COUNT(*) AS n FROM place GROUP BY country ORDER BY n DESC, country LIMIT 20",
        "SELECT c.name, COUNT(*) AS n FROM place p JOIN country c ON c.code = p.country GROUP BY c.code ORDER BY n DESC, c.code LIMIT 20",
        "SELECT c.name, a.name, COUNT(*) AS n FROM place p JOIN country c ON c.code = p.country JOIN admin1 a ON a.country = p.country AND a.code = p.admin1 GROUP BY a.country, a.code ORDER BY n DESC, a.country, a.code LIMIT 20",
        "SELECT a.country, a.admin1, a.code, COUNT(*) AS n FROM place p JOIN admin2 a ON a.country = p.country AND a.admin1 = p.admin1 AND a.code = p.admin2 GROUP BY a.country, a.admin1, a.code ORDER BY n DESC, 1, 2, 3 LIMIT 20",
        "SELECT COUNT(*) AS n, COUNT(DISTINCT country) AS m FROM place GROUP BY name HAVING m > 3 ORDER BY n DESC, name LIMIT 20",
        "SELECT FLOOR(lat / 10) AS zone, COUNT(*), MIN(BINARY name), MAX(BINARY name) FROM place GROUP BY zone ORDER BY zone",
        "SELECT FLOOR(lat) AS y, FLOOR(lng) AS x, COUNT(*) AS n FROM place GROUP BY y, x ORDER BY n DESC, y, x LIMIT 20",
        "SELECT COUNT(*), AVG(lat), AVG(lng) FROM place WHERE lat BETWEEN 45 AND 50 AND lng BETWEEN 0 AND 15",
        "SELECT country, AVG(lat), ROUND(STDDEV(lng), 6) FROM place GROUP BY country ORDER BY country",
        "SELECT COUNT(*) FROM place WHERE name LIKE '%burg%'",
        "SELECT country, name, CHAR_LENGTH(name) AS l FROM place ORDER BY l DESC, country, name, id LIMIT 20",
        "SELECT COUNT(*) FROM place GROUP BY LEFT(name, 1) ORDER BY LEFT(name, 1)",
        "SELECT c.code, COUNT(DISTINCT n.language), COUNT(DISTINCT n.name) FROM country c JOIN country_name n ON n.country = c.code GROUP BY c.code ORDER BY 2 DESC, 1 LIMIT 20",
        "SELECT COUNT(*) FROM place p WHERE EXISTS (SELECT 1 FROM country_name n WHERE n.name = p.name)",
        "SELECT COUNT(*) FROM admin1 a WHERE NOT EXISTS (SELECT 1 FROM place p WHERE p.country = a.country AND p.admin1 = a.code)",
        "SELECT country, id, name FROM (SELECT country, id, name, ROW_NUMBER() OVER (PARTITION BY country ORDER BY lat DESC, id) AS r FROM place) ranked WHERE r = 1 ORDER BY country",
        "SELECT SUM(lat * n) / SUM(n) FROM (SELECT lat, COUNT(*) OVER (PARTITION BY country) AS n FROM place) weighted",
        "SELECT COUNT(*) FROM place a JOIN place b ON b.name = a.name AND b.country > a.country GROUP BY a.name ORDER BY 1 DESC LIMIT 20",
        "SELECT country, SUM(CRC32(name) % 1000), BIT_XOR(id) FROM place GROUP BY country WITH ROLLUP",
    ];

    /// <summary>About a <see cref="GeneratedDump"/> of four tables.</summary>
    public static IReadOnlyList<string> OfGenerated { get; } =
    [
        $"SELECT COUNT(*), COUNT(note), MIN(taken), MAX(taken) FROM {A}",
        $"SELECT MONTH(taken) AS m, COUNT(*), SUM(value) FROM {B} GROUP BY m ORDER BY m",
        $"SELECT place, COUNT(*) AS n FROM {C} GROUP BY place ORDER BY n DESC, place LIMIT 20",
        $"SELECT COUNT(DISTINCT place) FROM {D}",
        $"SELECT SUM(value), AVG(value), ROUND(STDDEV(value), 6) FROM {A} WHERE place BETWEEN 1000 AND 1999",
        $"SELECT place, AVG(value) AS v FROM {B} WHERE place < 2000 GROUP BY place ORDER BY v DESC, place LIMIT 20",
        $"SELECT id, name, value FROM {C} ORDER BY value DESC, id LIMIT 20",
        $"SELECT COUNT(*) FROM {D} WHERE note LIKE '%it''s%'",
        $"SELECT COUNT(*) FROM {A} WHERE name LIKE '%abc%'",
        $"SELECT DATE(taken) AS d, MAX(value) FROM {B} GROUP BY d ORDER BY d",
        $"SELECT COUNT(*), SUM(a.value - b.value) FROM {A} a JOIN {B} b ON b.id = a.id WHERE a.place < 500",
        $"SELECT COUNT(*) FROM {C} a JOIN {D} b ON b.place = a.place WHERE a.place BETWEEN 5000 AND 5099",
        $"SELECT COUNT(*), SUM(CHAR_LENGTH(note)) FROM {C} WHERE id BETWEEN 1000000 AND 2000000",
        $"SELECT COUNT(*) FROM {D} GROUP BY LEFT(name, 1) ORDER BY LEFT(name, 1)",
        $"SELECT COUNT(*) FROM {A} a WHERE a.place < 300 AND NOT EXISTS (SELECT 1 FROM {D} d WHERE d.place = a.place AND d.value > 9990)",
        $"SELECT place, id, value FROM (SELECT place, id, value, ROW_NUMBER() OVER (PARTITION BY place ORDER BY value DESC, id) AS r FROM {B} WHERE place < 1000) ranked WHERE r = 1 ORDER BY place",
        $"SELECT FLOOR(value / 1000) AS step, COUNT(*) FROM {C} GROUP BY step ORDER BY step",
        $"SELECT COUNT(*) FROM {D} WHERE taken >= '2026-06-01' AND taken < '2026-07-01' AND note IS NULL",
        $"SELECT BIT_XOR(CRC32(name)), SUM(id) FROM {A}",
        $"SELECT m, n FROM (SELECT MONTH(taken) AS m, COUNT(*) AS n FROM {B} GROUP BY m UNION ALL SELECT MONTH(taken), COUNT(*) FROM {D} GROUP BY 1) both_of_them ORDER BY m, n",
    ];

    static string A => GeneratedDump.Table(0);

    static string B => GeneratedDump.Table(1);

    static string C => GeneratedDump.Table(2);

    static string D => GeneratedDump.Table(3);
}

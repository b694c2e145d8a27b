
namespace Stillframe.Engines;

/// <summary>
/// Finds the server's share directory and its files. Names differ: <c>share/mysql</c> or <c>share/mariadb</c> in packages, <c>share</c> in
/// upstream's archives; <c>mysql_*.sql</c> until some release, <c>mariadb_*.sql</c> after it.
/// </summary>
static class ShareDirectory
{
    const string SystemTables = "mysql_system_tables.sql";
    static readonly string[] Places = ["share/mysql", "share/mariadb", "share"];

    /// <summary>The directory that belongs to a server at <c>PREFIX/sbin/mariadbd</c> or <c>PREFIX/bin/mariadbd</c>; null where there is none.</summary>
    public static string? Find(string prefix) =>
        Places
            .Select(name => Path.Combine(prefix, name))
            .FirstOrDefault(directory => Names(SystemTables).Any(name => File.Exists(Path.Combine(directory, name))));

    /// <summary>Whether packaged servers look there without being told.</summary>
    public static bool IsStandard(string directory) => directory.StartsWith("/usr/share/", StringComparison.Ordinal);

    /// <summary>Tells a server of it.</summary>
    public static IReadOnlyList<string> Options(string directory) => [$"--lc-messages-dir={directory}", $"--character-sets-dir={directory}/charsets"];

    /// <summary>The names a file of this directory may have, by its older name.</summary>
    public static IEnumerable<string> Names(string name)
    {
        yield return name;
        if (name.StartsWith("mysql_", StringComparison.Ordinal))
            yield return "mariadb_" + name["mysql_".Length..];
    }
}

namespace Stillframe.Dumps;

/// <summary>The families of servers that a frame may have; the values of the <c>DatabaseServer</c> property.</summary>
public enum ServerKind
{
    /// <summary>MariaDB 10.11 and later; it reads most dumps of MySQL, too.</summary>
    MariaDb,
    /// <summary>MySQL 8.0 and later, by the engines docker and podman.</summary>
    MySql,
}

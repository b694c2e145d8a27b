using Stillframe.Dumps;

namespace Stillframe.Engines;

/// <summary>What an engine looks for to run a server of one family, and what it tells each of them.</summary>
/// <param name="Product">As <see cref="ServerRelease"/> has it.</param>
/// <param name="Name">Of the program.</param>
/// <param name="AdminName">Of the program that asks a server whether it answers.</param>
/// <param name="DefaultImage">What container engines start from unless told otherwise.</param>
sealed record ServerProgram(ServerKind Kind, string Product, string Name, string AdminName, string DefaultImage)
{
    public static ServerProgram MariaDb { get; } = new(ServerKind.MariaDb, "MariaDB", "mariadbd", HostServer.AdminName, BaseImages.Default);

    public static ServerProgram MySql { get; } = new(ServerKind.MySql, "MySQL", "mysqld", "mysqladmin", "docker.io/library/mysql:8.4");

    public static ServerProgram Of(ServerKind kind) => kind == ServerKind.MySql ? MySql : MariaDb;

    /// <param name="product">MariaDB where it is not MySQL.</param>
    public static ServerProgram Of(string product) => product == MySql.Product ? MySql : MariaDb;

    /// <summary>Whether it is known what a server of this host needs to end up in an image, and so where it finds its messages and system tables.</summary>
    public bool MayBeOfHost => Kind == ServerKind.MariaDb;

    /// <summary>Options that keep a throw-away server from what lies outside of it; see <see cref="ServerLimits"/>.</summary>
    public IReadOnlyList<string> Limits(string emptyDirectory) => Kind == ServerKind.MySql ? ServerLimits.OfMySql(emptyDirectory) : ServerLimits.Options(emptyDirectory);
}

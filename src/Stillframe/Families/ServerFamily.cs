using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Layers;
using Stillframe.Loading;
using Stillframe.Normalizing;

namespace Stillframe.Families;

/// <summary>
/// What is done in one way with a MariaDB and in another with a MySQL, from an empty data directory to a frame that is started. Nothing outside of this folder and of
/// <see cref="ServerProgram"/> asks which of them a server is.
/// </summary>
abstract class ServerFamily
{
    static readonly MariaDbFamily mariaDb = new();
    static readonly MySqlFamily mySql = new();

    public static ServerFamily Of(ServerProgram program) => program == ServerProgram.MySql ? mySql : mariaDb;

    public static ServerFamily Of(ServerRelease release) => Of(ServerProgram.Of(release.Product));

    /// <param name="version">As a server greets and a frame's label has it, such as <c>10.11.19-MariaDB-0+deb12u1</c>; MariaDB where there is none.</param>
    public static ServerFamily OfVersion(string? version) => string.IsNullOrEmpty(version) || version.Contains(ServerProgram.MariaDb.Product, StringComparison.OrdinalIgnoreCase) ? mariaDb : mySql;

    /// <summary>Whether the server's own files can be made equal, too: a frame that has to be loaded as a whole is the same in every build then.</summary>
    public abstract bool NormalizesAll { get; }

    /// <summary>Whether a table's file is taken out of a server that goes on; else when it has ended.</summary>
    public abstract bool ExportsTables { get; }

    /// <summary>Whether a frame of it is started from its own files, where there is no container engine, and gives copies to write in (<c>Stillframe.Testing</c>).</summary>
    public abstract bool RunsUnpacked { get; }

    /// <summary>Makes the server's own schemas, without anybody who could connect.</summary>
    /// <param name="options">Options that decide about files (<see cref="StorageOptions"/>).</param>
    /// <exception cref="StillframeException">SF2005.</exception>
    public abstract Task MakeDataDirectoryAsync(ISandbox sandbox, IReadOnlyList<string> options, CancellationToken cancellationToken);

    /// <summary>Options of the server in which a schema is made, always in the same way.</summary>
    public abstract IReadOnlyList<string> SchemaOptions { get; }

    /// <summary>What makes equal data equal bytes.</summary>
    /// <param name="directory">Of a server that was shut down cleanly; its tables have no rows.</param>
    /// <exception cref="StillframeException">SF2010: a file is not understood.</exception>
    public abstract FileNormalizer Normalizer(string directory);

    /// <summary>The names that the server gives files of tables, such as <c>shop/orders</c>, where they can be told without the files (<see cref="FileNormalizer.Names"/>).</summary>
    public abstract Task<IReadOnlyDictionary<TableName, string>> FileNamesAsync(ServerConnection connection, CancellationToken cancellationToken);

    /// <summary>What the next row of a table is counted as, where the dictionary has it and not the table's file; null otherwise, and for a table that does not count.</summary>
    public abstract Task<long?> CounterAsync(ServerConnection connection, TableName table, CancellationToken cancellationToken);

    /// <summary>Has a table without rows count on from there (<see cref="CounterAsync"/>).</summary>
    public abstract Task CountFromAsync(ServerConnection connection, TableName table, long counter, CancellationToken cancellationToken);

    /// <summary>Statements before rows are loaded, by the builder: nothing is kept of what would be redone after a crash, which fails the build.</summary>
    public abstract IReadOnlyList<string> BeforeRows { get; }

    /// <summary>And after them, where that server's own files become the frame's.</summary>
    public abstract IReadOnlyList<string> AfterRows { get; }

    /// <summary>Options of the server that loads dumps.</summary>
    /// <param name="rowBytes">Bytes of row text to be loaded.</param>
    public abstract IReadOnlyList<string> LoadOptions(long rowBytes);

    /// <summary>Statements, one a line, that let these connect and nobody else.</summary>
    public abstract string AccountsSql(ServerAccounts accounts);

    /// <summary>That nothing has been done to accounts, or to what the server can do, since they were let in.</summary>
    /// <exception cref="StillframeException">SF2011.</exception>
    public abstract Task RequireUntouchedAsync(ServerConnection connection, CancellationToken cancellationToken);

    /// <summary>The last thing done on the builder's connection: what stays is the reader, and the definer of views and routines, who is locked.</summary>
    /// <exception cref="StillframeException">SF2011: something has been done to accounts, or to what the server could do, that is not in every frame.</exception>
    public abstract Task ReplaceAccountsAsync(ServerConnection connection, ReaderAccount reader, IReadOnlyList<string> schemas, CancellationToken cancellationToken);

    /// <summary>Takes away what a server leaves behind and a frame does without.</summary>
    /// <param name="directory">Of a server that was shut down cleanly.</param>
    public abstract void RemoveLeftovers(string directory);

    /// <summary>Links out of the data directory, which can't be written to, for files that the server insists on making there.</summary>
    public abstract IReadOnlyList<LayerEntry> Links { get; }

    /// <summary>Options that serve a frozen directory with nothing writable but two temporary directories.</summary>
    /// <param name="serverOptions">The user's own.</param>
    /// <exception cref="StillframeException">SF1101 for an option that a frame fixes.</exception>
    public abstract IReadOnlyList<string> FrameOptions(IReadOnlyDictionary<string, string> serverOptions);

    /// <summary>What asks a frame's server whether it takes connections.</summary>
    /// <param name="admin">Path of the program that does.</param>
    public abstract IReadOnlyList<string> HealthCheck(string admin);

    /// <summary>What makes a writable server of a frame's command line; see <see cref="Freezing.ScratchServer"/>.</summary>
    public abstract IReadOnlyList<string> ScratchOptions { get; }

    /// <summary>Lets those write who may read in a frame, a statement a line; see <see cref="Freezing.ScratchServer.Grants"/>.</summary>
    public abstract string ScratchGrants { get; }

    /// <summary>A server to which everybody is root (<c>--skip-grant-tables</c>) is reached by its socket only.</summary>
    public abstract bool HidesWithoutGrants { get; }

    /// <summary>What somebody with every privilege takes back of a frame's refusals, as far as that goes.</summary>
    public abstract IReadOnlyList<string> Unlocking { get; }

    /// <summary>Whether an error that only this family has refuses a write for the right reason: no privilege, or read-only.</summary>
    public abstract bool Refuses(ServerException error);

    /// <summary>Kinds of writes to a schema that only this family has.</summary>
    /// <param name="schema">Quoted.</param>
    /// <param name="attempt">What would be made.</param>
    public abstract IReadOnlyList<string> WritesTo(string schema, string attempt);

    /// <summary>Likewise to the server.</summary>
    public abstract IReadOnlyList<string> Writes { get; }
}

using System.Security.Cryptography;
using Stillframe.Engines;
using Stillframe.Families;
using Stillframe.Loading;

namespace Stillframe.Compiling;

/// <summary>
/// System tables, kept between builds: they depend on the server and on nothing of a dump, so they are kept apart from what does. Only for servers of this
/// host; out of a container they would have to be copied first.
/// </summary>
sealed class SystemTablesCache(ObjectCache cache)
{
    const string Kind = "system";

    const long Limit = 64 << 20; // an entry has less than one MiB

    static readonly string[] Options = ["--innodb-flush-method=nosync"];

    sealed record Description(string Server);

    /// <param name="cacheDirectory">Shared by builds.</param>
    public static SystemTablesCache In(string cacheDirectory, IReporter reporter) => new(new(Path.Combine(cacheDirectory, "system-tables"), Limit, reporter));

    /// <summary>Puts them into an empty sandbox.</summary>
    /// <param name="work">A directory for what comes up on the way.</param>
    /// <exception cref="StillframeException">SF2005.</exception>
    public async Task CreateAsync(ISandbox sandbox, IReadOnlyList<string> storageOptions, string work, CancellationToken cancellationToken)
    {
        string[] options = [.. Options, .. storageOptions];
        if (sandbox.BaseImage is not null)
        {
            await ServerFamily.Of(sandbox.Release).MakeDataDirectoryAsync(sandbox, options, cancellationToken);
            return;
        }

        var scripts = await SystemTables.ScriptAsync(sandbox, cancellationToken);
        var key = ObjectKey.OfSystemTables(sandbox.Release.Text, options, Convert.ToHexStringLower(SHA256.HashData(scripts)));
        if (await cache.FindAsync<Description>(Kind, key, work, cancellationToken) is { Files: [var known] })
        {
            await TarDirectory.UnpackAsync(known, await sandbox.TakeDataDirectoryAsync(cancellationToken), cancellationToken);
            return;
        }

        await SystemTables.CreateAsync(sandbox, options, cancellationToken);
        var archive = Path.Combine(work, Path.GetRandomFileName());
        await TarDirectory.PackAsync(await sandbox.TakeDataDirectoryAsync(cancellationToken), archive, cancellationToken);
        await cache.AddAsync(Kind, key, new Description(sandbox.Release.Text), [archive], cancellationToken);
        await cache.TrimAsync(cancellationToken);
    }
}

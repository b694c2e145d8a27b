using System.ComponentModel;

namespace Stillframe.Engines;

/// <summary>
/// Servers unpacked from the distribution's packages, one directory a version, kept between builds. What is there is used without asking apt until it is
/// of a certain age; then apt is asked for a newer one, and where that fails, the old one goes on. Others than the newest go when they were not used for a month.
/// </summary>
/// <param name="cacheDirectory">Servers are kept in its subdirectory <c>servers</c>.</param>
/// <param name="maximumAge">Since apt was asked; <see cref="Timeout.InfiniteTimeSpan"/> is never reached.</param>
/// <param name="ask">Asks apt.</param>
/// <param name="architecture">Debian's name of the one that they are for; null for this machine's.</param>
/// <param name="version">The one that is wanted; null for whichever apt has.</param>
sealed class ServerCache(string cacheDirectory, TimeSpan maximumAge, ServerInquiry ask, TimeProvider clock, string? architecture = null, string? version = null)
{
    const string Unfinished = ".unfinished-", Tried = ".tried";

    /// <summary>Another one where other files of a package are wanted than before.</summary>
    internal const string Contents = "2";

    /// <summary>What apt's indexes, the packages and the unpacked server took together at their most: 108 MB (Debian 12, one mirror), of which 70 MB stay; rounded up.</summary>
    const long Room = 128L << 20;

    static readonly TimeSpan LongestUnused = TimeSpan.FromDays(30);
    static readonly TimeSpan BetweenTries = TimeSpan.FromDays(1); // a host without a network should not wait for apt in each build

    readonly string kind = $"{architecture ?? UnpackedServer.Architecture}-{Contents}";
    readonly string servers = Path.Combine(Path.GetFullPath(cacheDirectory), "servers");
    readonly Lock gate = new();
    Task<HostServer>? server;

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Whether a server is there already, so that no package is needed.</summary>
    public bool IsFilled => Find() is not null;

    /// <summary>The same server each time: all of a build are of one version.</summary>
    /// <exception cref="StillframeException">SF2008, SF3001.</exception>
    public Task<HostServer> GetAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (server is null or { IsFaulted: true } or { IsCanceled: true })
                server = FindOrFetchAsync(reporter, cancellationToken);
            return server;
        }
    }

    async Task<HostServer> FindOrFetchAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        var present = Find();
        try
        {
            if (present is null || IsDue(present))
            {
                Directory.CreateDirectory(servers);
                await using var only = await LockFile.TakeAsync(Path.Combine(servers, ".lock"), reporter, cancellationToken);
                RemoveUnfinished();
                present = Find();
                if (present is null && Disk.Of(servers) is { Free: < Room })
                    throw new IOException("there is no room for them");
                present = present is null ? await FetchAsync(null, reporter, cancellationToken)
                    : IsDue(present) ? await RefreshAsync(present, reporter, cancellationToken)
                    : present;
                RemoveUnused(present);
            }
        }
        catch (Exception e) when (present is not null && e is IOException or UnauthorizedAccessException)
        {
            Warn(present!, e.Message, reporter); // a cache that can only be read, or a full disk
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || FullDisk.IsSaidBy(e))
        {
            throw new StillframeException(
                ErrorCodes.WriteFailed,
                $"The server's packages can't be fetched and unpacked into '{servers}', which takes {Room >> 20} MiB once{Free()}: {e.Message.TrimEnd('.')}. Make room there, let it be written, or set another cache directory (XDG_CACHE_HOME).",
                innerException: e);
        }

        Stamp(present! + ".used");
        var age = (Now - AskedAt(present!)).TotalDays;
        reporter.Message(Importance.Normal, $"The server is that of the cache, '{Path.GetFileName(present)}'; apt was asked for it {Days(age)}");
        return UnpackedServer.Describe(present!);
    }

    string Free() => Disk.Of(servers) is { } disk ? $" ({disk.Free >> 20} MiB are free)" : "";

    async Task<string> RefreshAsync(string present, IReporter reporter, CancellationToken cancellationToken)
    {
        Stamp(Path.Combine(servers, Tried));
        try
        {
            return await FetchAsync(present, reporter, cancellationToken);
        }
        catch (Exception e) when (e is StillframeException or IOException or UnauthorizedAccessException or Win32Exception)
        {
            Warn(present, e.Message, reporter);
            return present;
        }
    }

    void Warn(string present, string why, IReporter reporter) => reporter.Warning(
        ErrorCodes.PackagesUnavailable,
        $"The server '{Path.GetFileName(present)}' of the cache is old (apt was asked for it {Days((Now - AskedAt(present)).TotalDays)}), and it can't be refreshed: {why.TrimEnd('.')}. It goes on being used. DatabaseServerMaximumAge says after how many days apt is asked.");

    /// <param name="present">Stays the one where apt has no other.</param>
    async Task<string> FetchAsync(string? present, IReporter reporter, CancellationToken cancellationToken)
    {
        var work = Directory.CreateDirectory(Path.Combine(servers, Unfinished + Path.GetRandomFileName()[..8])).FullName;
        try
        {
            reporter.Message(Importance.High, present is null
                ? "Asking apt for a MariaDB server (nothing is installed)"
                : $"Asking apt for a newer server than '{Path.GetFileName(present)}', for which it was asked {Days((Now - AskedAt(present)).TotalDays)}");
            var offer = await ask(Directory.CreateDirectory(Path.Combine(work, "apt")).FullName, reporter, cancellationToken);
            var offered = offer.Version[(offer.Version.IndexOf(':', StringComparison.Ordinal) + 1)..];
            var target = Path.Combine(servers, $"mariadb-{offered}-{kind}");
            if (!Directory.Exists(target))
            {
                var root = Directory.CreateDirectory(Path.Combine(work, "root")).FullName;
                await offer.UnpackAsync(root, cancellationToken);
                UnpackedServer.Describe(root); // complete?
                Directory.Move(root, target);
                reporter.Message(
                    present is null ? Importance.Normal : Importance.High,
                    $"MariaDB {offer.Version} is kept in '{target}' for later builds{(present is null ? "" : $", in place of '{Path.GetFileName(present)}'")}");
            }

            Stamp(target + ".asked");
            return target;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>The server that apt was asked for last.</summary>
    string? Find() =>
        !Directory.Exists(servers)
            ? null
            : Directory.EnumerateDirectories(servers, $"mariadb-{version ?? "*"}-{kind}").MaxBy(AskedAt);

    bool IsDue(string present) =>
        maximumAge >= TimeSpan.Zero && Now - AskedAt(present) > maximumAge && Now - File.GetLastWriteTimeUtc(Path.Combine(servers, Tried)) > BetweenTries;

    /// <remarks>A server of an older version of ours has no stamp: it was asked for when it was unpacked.</remarks>
    static DateTime AskedAt(string server) => File.Exists(server + ".asked") ? File.GetLastWriteTimeUtc(server + ".asked") : Directory.GetLastWriteTimeUtc(server);

    static DateTime UsedAt(string server) => File.Exists(server + ".used") ? File.GetLastWriteTimeUtc(server + ".used") : AskedAt(server);

    // we hold the lock, so whatever is unfinished was left by a build that was killed
    void RemoveUnfinished()
    {
        foreach (var left in Directory.EnumerateDirectories(servers, Unfinished + "*"))
            Directory.Delete(left, recursive: true);
    }

    void RemoveUnused(string present)
    {
        foreach (var other in Directory.EnumerateDirectories(servers, "mariadb-*").Where(server => server != present && Now - UsedAt(server) > LongestUnused).ToList())
        {
            var away = Path.Combine(servers, Unfinished + Path.GetRandomFileName()[..8]);
            Directory.Move(other, away); // out of sight at once, then bit by bit
            Directory.Delete(away, recursive: true);
            File.Delete(other + ".asked");
            File.Delete(other + ".used");
        }
    }

    void Stamp(string path)
    {
        try
        {
            File.WriteAllBytes(path, []);
            File.SetLastWriteTimeUtc(path, Now);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // in a cache that can only be read
        }
    }

    static string Days(double days) => days < 1 ? "today" : FormattableString.Invariant($"{days:0} days ago");
}

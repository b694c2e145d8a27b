using Stillframe.Dumps;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Backups;

/// <summary>A backup as a dump directory of this machine.</summary>
/// <param name="Directory">Kept for the next time, under the backup's digest; nobody may write there.</param>
public sealed record FetchedBackup(Reference Reference, Digest Digest, string Directory)
{
    const string Scheme = "oci://";

    static readonly TimeSpan longestUnused = TimeSpan.FromDays(30);

    /// <summary>Whether a place is in a registry: <c>oci://HOST/REPOSITORY:TAG</c>.</summary>
    public static bool IsNamedBy(string place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
    }

    /// <exception cref="StillframeException">SF1103.</exception>
    public static Reference ReferenceOf(string place) => Oci.Reference.Parse(IsNamedBy(place) ? place[Scheme.Length..] : place);

    /// <summary>What of the user's cache has these directories.</summary>
    public static string PlaceIn(string cacheDirectory) => Path.Combine(cacheDirectory, "backups");

    /// <param name="place">With or without <c>oci://</c>.</param>
    /// <param name="cacheDirectory">Where fetched files are kept, each once.</param>
    /// <param name="withRows">False: files with rows may come later (<see cref="BackupFiles.CompleteAsync"/>), where the manifest tells what they mean.</param>
    /// <exception cref="StillframeException">SF1103, SF3001 to SF3005, SF3009, SF6001; SF6006, SF6008, SF6009: it is encrypted.</exception>
    public static async Task<FetchedBackup> GetAsync(
        string place, string cacheDirectory, RegistryOptions options, IReporter reporter, CancellationToken cancellationToken, bool withRows = true)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(reporter);
        var blobs = BlobCache.Of(cacheDirectory); // sees that the cache can be written
        var (reference, root) = (ReferenceOf(place), PrivateFiles.MakeDirectory(PlaceIn(cacheDirectory)));
        var (digest, directory) = reference.Digest is { } known && Find(root, known) is { } there
            ? (known, there)
            : await FetchAsync(reference, root, blobs, options, reporter, cancellationToken);
        if (withRows)
            await BackupFiles.CompleteAsync([.. DumpDirectory.Files([directory])], cacheDirectory, reporter, cancellationToken);
        return new(reference, digest, directory);
    }

    /// <summary>All but what can be fetched later.</summary>
    static async Task<(Digest Digest, string Directory)> FetchAsync(
        Reference reference, string root, BlobCache blobs, RegistryOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        using var client = new RegistryClient(reference.Registry, reference.Repository, RegistryAccess.Pull, options, reporter);
        var repository = new BackupRepository(client);
        var backup = await repository.RequireAsync(reference, cancellationToken);
        if (reference.Digest is null)
            reporter.Message(Importance.High, $"{Scheme}{reference} is {Scheme}{reference.WithDigest(backup.Digest)}, of {backup.Time:u}");
        if (Find(root, backup.Digest) is { } kept)
            return (backup.Digest, kept);
        RemoveUnused(root, DateTime.UtcNow);
        var (dump, json, origin) = await repository.ReadDumpAsync(backup, cancellationToken);
        await using var work = TemporaryDirectory.Create(root);
        var directory = System.IO.Directory.CreateDirectory(Path.Combine(work.Path, "dump")).FullName;
        await PrivateFiles.WriteAsync(Path.Combine(directory, DumpManifest.FileName), json, cancellationToken);
        await PrivateFiles.WriteAsync(Path.Combine(directory, DumpDirectory.OriginName), Wire.Write(origin), cancellationToken);
        await new BackupFiles(client, origin, blobs, reporter).FetchAsync([.. dump.Files.Where(file => file.Table?.RowsFingerprint is null)], directory, cancellationToken);
        return (backup.Digest, Put(directory, Path.Combine(root, backup.Digest.Hex)));
    }

    /// <summary>Null where it is not here, or not whole: a directory gets its name when it is.</summary>
    static string? Find(string root, Digest digest)
    {
        var directory = Path.Combine(root, digest.Hex);
        if (DumpDirectory.Find(directory) is null)
            return null;
        System.IO.Directory.SetLastWriteTimeUtc(directory, DateTime.UtcNow); // it is used
        return directory;
    }

    static string Put(string directory, string target)
    {
        try
        {
            System.IO.Directory.Move(directory, target);
        }
        catch (IOException) when (DumpDirectory.Find(target) is not null)
        {
            // somebody else fetched it meanwhile
        }

        return target;
    }

    static void RemoveUnused(string root, DateTime now)
    {
        foreach (var directory in System.IO.Directory.EnumerateDirectories(root).Where(path => Path.GetFileName(path).Length == 64 && now - System.IO.Directory.GetLastWriteTimeUtc(path) > longestUnused))
            DirectoryTree.TryDelete(directory);
    }
}

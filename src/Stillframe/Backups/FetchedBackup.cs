using System.Globalization;
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
    /// <exception cref="StillframeException">SF1103, SF3001 to SF3005, SF3009, SF6001.</exception>
    public static async Task<FetchedBackup> GetAsync(string place, string cacheDirectory, RegistryOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(reporter);
        var (reference, root) = (ReferenceOf(place), PrivateFiles.MakeDirectory(PlaceIn(cacheDirectory)));
        if (reference.Digest is { } known && Find(root, known) is { } there)
            return new(reference, known, there);
        using var client = new RegistryClient(reference.Registry, reference.Repository, RegistryAccess.Pull, options, reporter);
        var repository = new BackupRepository(client);
        var backup = await repository.RequireAsync(reference, cancellationToken);
        if (reference.Digest is null)
            reporter.Message(Importance.High, $"{Scheme}{reference} is {Scheme}{reference.WithDigest(backup.Digest)}, of {backup.Time:u}");
        if (Find(root, backup.Digest) is { } kept)
            return new(reference, backup.Digest, kept);
        RemoveUnused(root, DateTime.UtcNow);
        var (dump, json) = await repository.ReadDumpAsync(backup, cancellationToken);
        await using var work = TemporaryDirectory.Create(root);
        var directory = System.IO.Directory.CreateDirectory(Path.Combine(work.Path, "dump")).FullName;
        await FetchFilesAsync(client, dump, BlobCache.Of(cacheDirectory), directory, reporter, cancellationToken);
        await PrivateFiles.WriteAsync(Path.Combine(directory, DumpManifest.FileName), json, cancellationToken);
        return new(reference, backup.Digest, Put(directory, Path.Combine(root, backup.Digest.Hex)));
    }

    static async Task FetchFilesAsync(RegistryClient client, DumpManifest dump, BlobCache blobs, string directory, IReporter reporter, CancellationToken cancellationToken)
    {
        var fetched = 0L;
        await Parallel.ForEachAsync(dump.Files, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (file, token) =>
        {
            var blob = new Descriptor(BackupFormat.Sql, Digest.Parse("sha256:" + file.Sha256), file.Bytes);
            if (blobs.Find(blob) is not { } path)
            {
                path = await client.ReadBlobAsync(blob.Digest, (stream, each) => blobs.AddAsync(blob, $"Registry '{client.Registry}'", stream, each), token);
                Interlocked.Add(ref fetched, file.Bytes);
                reporter.Message(Importance.Normal, $"Fetched {file.Name}, {ByteCount.Text(file.Bytes)}");
            }

            await FileLink.CreateAsync(path, Path.Combine(directory, file.Name), token);
        });
        reporter.Message(
            Importance.High, string.Create(CultureInfo.InvariantCulture, $"Fetched a backup of {dump.Files.Count:N0} files, {ByteCount.Text(fetched)} of {ByteCount.Text(dump.Files.Sum(file => file.Bytes))}; the rest was here"));
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

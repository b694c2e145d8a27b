using System.Globalization;
using Stillframe.Dumps;
using Stillframe.Encryption;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Backups;

/// <summary>The files of a backup that is a directory here, some of which may still be in its registry.</summary>
/// <param name="blobs">This user's own: what was decrypted is kept there, too.</param>
sealed class BackupFiles(RegistryClient client, BackupOrigin origin, BlobCache blobs, IReporter reporter)
{
    const int RequestsAtATime = 4;

    /// <summary>Fetches those of these files that are not here yet.</summary>
    /// <param name="paths">Of dumps; those that are not of a fetched backup are left alone.</param>
    /// <exception cref="StillframeException">SF3001 to SF3005; SF1015; SF6006, SF6008, SF6009.</exception>
    public static async Task CompleteAsync(IReadOnlyList<string> paths, string cacheDirectory, IReporter reporter, CancellationToken cancellationToken)
    {
        foreach (var missing in paths.Where(path => !File.Exists(path)).GroupBy(path => Path.GetDirectoryName(path)!))
        {
            if (!DumpDirectory.IsFetched(missing.Key) || DumpDirectory.Find(missing.Key) is not { } dump)
                continue; // who reads it says that it is not there
            var origin = Wire.Read<BackupOrigin>(await File.ReadAllBytesAsync(Path.Combine(missing.Key, DumpDirectory.OriginName), cancellationToken), $"'{missing.Key}'");
            using var client = new RegistryClient(origin.Registry, origin.Repository, RegistryAccess.Pull, new(), reporter);
            var names = missing.Select(Path.GetFileName).ToHashSet();
            await new BackupFiles(client, origin, BlobCache.Of(cacheDirectory), reporter).FetchAsync([.. dump.Files.Where(file => names.Contains(file.Name))], missing.Key, cancellationToken);
        }
    }

    /// <exception cref="StillframeException">SF3001 to SF3005; SF6006, SF6008, SF6009.</exception>
    public async Task FetchAsync(IReadOnlyList<DumpedFile> files, string directory, CancellationToken cancellationToken)
    {
        var fetched = 0L;
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = RequestsAtATime, CancellationToken = cancellationToken }, async (file, token) =>
        {
            var blob = new Descriptor(BackupFormat.Sql, Digest.Parse("sha256:" + file.Sha256), file.Bytes);
            if (blobs.Find(blob) is not { } path)
            {
                path = origin.Encrypted is { } encrypted ? await DecryptAsync(file.Name, blob, encrypted[file.Name], token) : await RemoteBlobs.KeepAsync(client, blob, blobs, token);
                Interlocked.Add(ref fetched, file.Bytes);
                reporter.Message(Importance.Normal, $"Fetched {file.Name}, {ByteCount.Text(file.Bytes)}");
            }

            await FileLink.CreateAsync(path, Path.Combine(directory, file.Name), token);
        });
        reporter.Message(
            Importance.High, string.Create(CultureInfo.InvariantCulture, $"Fetched {ByteCount.Text(fetched)} of a backup's {files.Count:N0} files with {ByteCount.Text(files.Sum(file => file.Bytes))}; the rest was here"));
    }

    /// <summary>Nothing is kept that is not what was backed up: a stranger can encrypt, too, and OpenPGP says only at the end whether what it gave was changed.</summary>
    async Task<string> DecryptAsync(string name, Descriptor blob, Descriptor encrypted, CancellationToken cancellationToken)
    {
        var cipher = Cipher.Find(origin.Cipher ?? "") ?? throw Damaged("is encrypted in a way that this version does not know");
        await using var work = TemporaryDirectory.Create(blobs.Directory);
        var path = await RemoteBlobs.KeepAsync(client, encrypted, new(work.Path), cancellationToken);
        await using var source = File.OpenRead(path);
        try
        {
            return await blobs.AddAsync(blob, name, (file, token) => cipher.DecryptAsync(source, file, $"'{name}{cipher.Suffix}' in '{client.Registry}/{client.Repository}'", token), cancellationToken);
        }
        catch (StillframeException e) when (e.Code == ErrorCodes.DigestMismatch)
        {
            throw Damaged($"is another one than its {DumpManifest.FileName} speaks of", e);
        }

        StillframeException Damaged(string what, Exception? why = null) => new(
            ErrorCodes.BackupDamaged, $"The encrypted file of '{name}' in '{client.Registry}/{client.Repository}' {what}. Take another backup.", innerException: why);
    }
}

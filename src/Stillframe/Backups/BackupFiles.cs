using System.Globalization;
using Stillframe.Dumps;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Backups;

/// <summary>The files of a backup that is a directory here, some of which may still be in its registry.</summary>
static class BackupFiles
{
    const int RequestsAtATime = 4;

    /// <summary>Fetches those of these files that are not here yet.</summary>
    /// <param name="paths">Of dumps; those that are not of a fetched backup are left alone.</param>
    /// <exception cref="StillframeException">SF3001 to SF3005; SF1015.</exception>
    public static async Task CompleteAsync(IReadOnlyList<string> paths, string cacheDirectory, IReporter reporter, CancellationToken cancellationToken)
    {
        foreach (var missing in paths.Where(path => !File.Exists(path)).GroupBy(path => Path.GetDirectoryName(path)!))
        {
            if (!DumpDirectory.IsFetched(missing.Key) || DumpDirectory.Find(missing.Key) is not { } dump)
                continue; // who reads it says that it is not there
            var origin = Wire.Read<BlobOrigin>(await File.ReadAllBytesAsync(Path.Combine(missing.Key, DumpDirectory.OriginName), cancellationToken), $"'{missing.Key}'");
            using var client = new RegistryClient(origin.Registry, origin.Repository, RegistryAccess.Pull, new(), reporter);
            var names = missing.Select(Path.GetFileName).ToHashSet();
            await FetchAsync(client, [.. dump.Files.Where(file => names.Contains(file.Name))], BlobCache.Of(cacheDirectory), missing.Key, reporter, cancellationToken);
        }
    }

    /// <exception cref="StillframeException">SF3001 to SF3005.</exception>
    public static async Task FetchAsync(
        RegistryClient client, IReadOnlyList<DumpedFile> files, BlobCache blobs, string directory, IReporter reporter, CancellationToken cancellationToken)
    {
        var fetched = 0L;
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = RequestsAtATime, CancellationToken = cancellationToken }, async (file, token) =>
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
            Importance.High, string.Create(CultureInfo.InvariantCulture, $"Fetched {ByteCount.Text(fetched)} of a backup's {files.Count:N0} files with {ByteCount.Text(files.Sum(file => file.Bytes))}; the rest was here"));
    }
}

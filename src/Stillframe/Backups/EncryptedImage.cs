using System.Security.Cryptography;
using Stillframe.Dumps;
using Stillframe.Encryption;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Backups;

/// <summary>
/// Makes a dump directory an artifact that its recipients alone can read. Nothing is encrypted the same way twice, so what the previous backup has of a file that did not change is taken from
/// there; with nothing changed, the manifest is the same.
/// </summary>
/// <param name="latest">The previous backup; null where there is none.</param>
/// <param name="work">An empty directory for encrypted files.</param>
sealed class EncryptedImage(Recipients recipients, ContentKey key, RegistryClient client, StoredBackup? latest, string work)
{
    const int FilesAtATime = 4;

    readonly Dictionary<string, Descriptor> previous = latest is { IsEncrypted: true } ? EncryptedDump.Files(latest.Manifest, recipients.Cipher) : [];

    /// <param name="json">The bytes of its <c>dump.json</c>.</param>
    /// <exception cref="StillframeException">SF1015, SF3001 to SF3005, SF6007.</exception>
    public async Task<OciImage> OfAsync(string directory, DumpManifest dump, byte[] json, CancellationToken cancellationToken)
    {
        var layers = new Blob[dump.Files.Count + 1];
        await Parallel.ForEachAsync(dump.Files.Index(), new ParallelOptions { MaxDegreeOfParallelism = FilesAtATime, CancellationToken = cancellationToken }, async (file, token) =>
        {
            await DumpFileCheck.RequireAsync(directory, file.Item, token);
            layers[file.Index] = await LayerAsync(new(BackupFormat.Sql, file.Item.Name, file.Item.Sha256), () => File.OpenRead(Path.Combine(directory, file.Item.Name)), token);
        });
        layers[^1] = await LayerAsync(new(BackupFormat.Json, DumpManifest.FileName, Digest.Of(json).Hex), () => new MemoryStream(json, writable: false), cancellationToken);
        var config = Blob.OfBytes(BackupFormat.EncryptedConfig, Wire.Write(new EncryptedDump(EncryptedDump.CurrentFormat, recipients.Cipher.Name)));
        var manifest = new ManifestJson(2, MediaTypes.OciManifest, config.Descriptor, [.. layers.Select(layer => layer.Descriptor)], BackupImage.AnnotationsForAll(dump)) { ArtifactType = BackupFormat.Artifact };
        return new(Blob.OfBytes(MediaTypes.OciManifest, Wire.Write(manifest)), config, layers);
    }

    sealed record Content(string MediaType, string Name, string Sha256);

    async Task<Blob> LayerAsync(Content content, Func<Stream> open, CancellationToken cancellationToken)
    {
        if (previous.GetValueOrDefault(content.Name) is { } there
            && there.Annotations!.GetValueOrDefault(LabelNames.ContentMac) == key.Mac(recipients, content.Name, content.Sha256, there.Digest)
            && there.MediaType == MediaTypeOf(content)
            && await client.HasBlobAsync(there.Digest, cancellationToken))
            return new(there, _ => throw new StillframeException(ErrorCodes.RegistryFailed, $"Registry '{client.Registry}' had the blob {there.Digest} a moment ago, and has it no more. Back up again."));

        var path = Path.Combine(work, content.Name + recipients.Cipher.Suffix);
        await using var file = new NewFile(path);
        await using var plain = open();
        using var hash = SHA256.Create();
        await using var read = new CryptoStream(plain, hash, CryptoStreamMode.Read);
        await recipients.Cipher.EncryptAsync(recipients.Names, read, file, cancellationToken);
        // no hash: not read to its end
        if (hash.Hash is not { } sha256 || Convert.ToHexStringLower(sha256) != content.Sha256)
            throw new StillframeException(ErrorCodes.DumpDirectoryBroken, $"'{content.Name}' was changed, or could not be read to its end, while it was encrypted. Nothing was sent. Back up again.");
        var digest = Digest.FromHash(file.Hash());
        var size = file.Length;
        await file.CommitAsync();
        return Blob.OfFile(new(MediaTypeOf(content), digest, size, null, Annotations(content, digest)), path);
    }

    string MediaTypeOf(Content content) => $"{content.MediaType}+{recipients.Cipher.Name}";

    SortedDictionary<string, string> Annotations(Content content, Digest encrypted) => new(StringComparer.Ordinal)
    {
        [LabelNames.ContentMac] = key.Mac(recipients, content.Name, content.Sha256, encrypted),
        [LabelNames.Title] = content.Name + recipients.Cipher.Suffix,
    };
}

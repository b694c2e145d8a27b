using Stillframe.Backups;
using Stillframe.Images;
using Stillframe.Oci;

namespace Stillframe.EndToEnd.Backups;

/// <summary>What somebody does who may push: another file under the name and the annotations of one that is there.</summary>
static class TamperedBackup
{
    /// <returns>The digest of the backup that <paramref name="tag"/> is now.</returns>
    public static async Task<Digest> PushAsync(BackupBench bench, string repository, string tag, string title, Func<byte[], byte[]> change)
    {
        using var client = bench.Client(repository);
        var manifest = Wire.Read<ManifestJson>((await client.GetManifestAsync(BackupFormat.Latest, default))!.Bytes, "manifest");
        var layers = manifest.Layers.ToList();
        var index = layers.FindIndex(layer => layer.Annotations![LabelNames.Title] == title);
        var bytes = change(await RemoteBlobs.BytesAsync(client, layers[index], default));
        var blob = Blob.OfBytes(layers[index].MediaType, bytes);
        layers[index] = layers[index] with { Digest = blob.Descriptor.Digest, Size = bytes.Length };
        await client.UploadAsync(blob, null, _ => { }, default);
        var json = Wire.Write(manifest with { Layers = layers });
        await client.PutManifestAsync(tag, MediaTypes.OciManifest, json, default);
        return Digest.Of(json);
    }
}

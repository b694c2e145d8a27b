using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Retention;

/// <summary>The images that frames for several platforms consist of: they have no tags, and a registry keeps them when their index goes.</summary>
static class IndexedImages
{
    /// <param name="items">Frames of the repository, kept and not.</param>
    /// <returns>Images of those that go, which no frame that stays has, too.</returns>
    public static async Task<IReadOnlyList<Digest>> OfAsync(Reference repository, IReadOnlyList<PrunedItem> items, IReporter reporter, CancellationToken cancellationToken)
    {
        if (items.All(item => item.IsKept))
            return [];
        using var client = new RegistryClient(repository.Registry, repository.Repository, RegistryAccess.Pull, new(), reporter);
        var found = await EachRequest.AskAsync(
            items.ToAsyncEnumerable(), async (item, token) => (item.IsKept, item.Digest, Images: await ImagesAsync(client, item.Digest, token)), cancellationToken);
        var kept = found.Where(one => one.IsKept).SelectMany(one => one.Images.Append(one.Digest)).ToHashSet();
        return [.. found.Where(one => !one.IsKept).SelectMany(one => one.Images).Distinct().Where(digest => !kept.Contains(digest))];
    }

    static async Task<IReadOnlyList<Digest>> ImagesAsync(RegistryClient client, Digest digest, CancellationToken cancellationToken) =>
        await client.GetManifestAsync(digest.ToString(), cancellationToken) is { } manifest && MediaTypes.IsIndex(manifest.MediaType)
            ? [.. Wire.Read<IndexJson>(manifest.Bytes, $"The index {digest}").Images().Select(image => image.Digest)]
            : [];
}

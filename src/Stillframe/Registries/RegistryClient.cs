using System.Net;
using System.Runtime.CompilerServices;
using Stillframe.Oci;

namespace Stillframe.Registries;

/// <summary>A manifest or index as a registry gave it.</summary>
sealed record RegistryManifest(string MediaType, byte[] Bytes);

/// <summary>
/// One repository of one registry. OCI distribution specification, "Pull" and "Push". Everything is tried again when the registry
/// or the way to it fails for the moment.
/// </summary>
/// <exception cref="StillframeException">From every method: SF3002, SF3003, SF3004.</exception>
sealed partial class RegistryClient : IDisposable
{
    const long LargestManifest = 4 * 1024 * 1024; // OCI distribution specification, "Pushing Manifests"
    static readonly string[] Manifests = [MediaTypes.OciIndex, MediaTypes.OciManifest, MediaTypes.DockerIndex, MediaTypes.DockerManifest];

    readonly RegistryConnection connection;
    readonly Retrying retrying;

    public RegistryClient(string registry, string repository, RegistryAccess access, RegistryOptions options, IReporter reporter)
    {
        (Registry, Repository) = (registry, repository);
        connection = new(registry, repository, access, options);
        retrying = new(registry, options, reporter);
    }

    public string Registry { get; }

    public string Repository { get; }

    /// <param name="name">Tag or digest.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="StillframeException">SF3005, too.</exception>
    public Task<RegistryManifest?> GetManifestAsync(string name, CancellationToken cancellationToken) =>
        retrying.RunAsync($"Getting manifest '{name}' of '{Repository}'", async token =>
        {
            using var response = await connection.SendAsync(HttpMethod.Get, $"{Repository}/manifests/{name}", AcceptManifests, token);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return null;
            await CheckAsync(response, HttpStatusCode.OK, $"manifest '{name}' is not available", token);
            if (response.Content.Headers.ContentLength > LargestManifest)
                throw Failed($"manifest '{name}' is not available", "it is larger than a manifest may be");
            var bytes = await response.Content.ReadAsByteArrayAsync(token);
            var digest = Digest.Of(bytes);
            if (Digest.TryParse(name, out var expected) && expected != digest)
                throw new StillframeException(ErrorCodes.DigestMismatch, $"Registry '{Registry}' gave a manifest with digest {digest} for {expected}. Try again, and without a proxy if it stays so.");
            return new RegistryManifest(response.Content.Headers.ContentType?.MediaType ?? "", bytes);
        }, cancellationToken);

    /// <summary>Digest of what a tag points at; null where there is none.</summary>
    /// <param name="name">Tag or digest.</param>
    public Task<Digest?> FindManifestAsync(string name, CancellationToken cancellationToken) =>
        retrying.RunAsync($"Looking for manifest '{name}' of '{Repository}'", async token =>
        {
            using var response = await connection.SendAsync(HttpMethod.Head, $"{Repository}/manifests/{name}", AcceptManifests, token);
            return response.StatusCode == HttpStatusCode.OK
                && response.Headers.TryGetValues("Docker-Content-Digest", out var values)
                && Digest.TryParse(values.First(), out var digest) ? digest : null;
        }, cancellationToken);

    /// <summary>The repository's tags, in the registry's order, asked for page by page as they are taken. OCI distribution specification, "Listing Tags".</summary>
    /// <exception cref="StillframeException">SF3009: there is no such repository.</exception>
    public async IAsyncEnumerable<string> ListTagsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // a registry that names the same page again would never end
        for (var path = $"{Repository}/tags/list?n=100"; path is not null && seen.Add(path);)
        {
            var page = await GetTagsAsync(path, cancellationToken);
            foreach (var tag in page.Tags)
                yield return tag;
            path = page.Next;
        }
    }

    Task<TagPage> GetTagsAsync(string path, CancellationToken cancellationToken) =>
        retrying.RunAsync($"Listing the tags of '{Repository}'", async token =>
        {
            using var response = await connection.SendAsync(HttpMethod.Get, path, null, token);
            if (response.StatusCode == HttpStatusCode.NotFound)
                throw new StillframeException(ErrorCodes.ImageMissing, $"Registry '{Registry}' has no repository '{Repository}'. Check its name; the first push makes it.");
            await CheckAsync(response, HttpStatusCode.OK, "the list of tags is not available", token);
            return await TagPage.ReadAsync(response, token);
        }, cancellationToken);

    public Task<bool> HasBlobAsync(Digest digest, CancellationToken cancellationToken) =>
        retrying.RunAsync($"Looking for blob {digest}", async token =>
        {
            using var response = await connection.SendAsync(HttpMethod.Head, $"{Repository}/blobs/{digest}", null, token);
            return response.StatusCode == HttpStatusCode.OK;
        }, cancellationToken);

    /// <summary>Reads a blob from its start to where <paramref name="read"/> stops; <paramref name="read"/> is called again when the connection breaks.</summary>
    public Task<T> ReadBlobAsync<T>(Digest digest, Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        retrying.RunAsync($"Getting blob {digest} of '{Repository}'", async token =>
        {
            using var response = await connection.SendAsync(HttpMethod.Get, $"{Repository}/blobs/{digest}", null, token);
            await CheckAsync(response, HttpStatusCode.OK, $"blob {digest} is not available", token);
            using var timeout = connection.BeginTimeout(token);
            await using var stream = new IdleTimeoutStream(await response.Content.ReadAsStreamAsync(token), timeout);
            return await read(stream, timeout.Token);
        }, cancellationToken);

    public void Dispose() => connection.Dispose();

    static void AcceptManifests(HttpRequestMessage request, IdleTimeout timeout)
    {
        foreach (var type in Manifests)
            request.Headers.Accept.ParseAdd(type);
    }

    async Task CheckAsync(HttpResponseMessage response, HttpStatusCode expected, string what, CancellationToken cancellationToken)
    {
        if (response.StatusCode != expected)
            throw Failed(what, await RegistryResponse.DescribeAsync(response, cancellationToken));
    }

    StillframeException Failed(string what, string answer) =>
        new(ErrorCodes.RegistryFailed, $"Registry '{Registry}': {what} in '{Repository}': {answer}. Look at the registry's log.");
}

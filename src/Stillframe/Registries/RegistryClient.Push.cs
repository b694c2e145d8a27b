using System.Net;
using System.Net.Http.Headers;
using Stillframe.Oci;

namespace Stillframe.Registries;

/// <content>What changes the repository.</content>
sealed partial class RegistryClient
{
    /// <summary>
    /// Whether a push would be let in, which a token alone does not tell (a token server may give one for less than was asked): goes on with an upload that nobody
    /// has begun. One that we begin and cancel would leave files in CNCF distribution 2.8. OCI distribution specification, "Pushing blobs" and "Error Codes".
    /// </summary>
    internal Task CheckPushAsync(CancellationToken cancellationToken) =>
        retrying.RunAsync($"Asking whether '{Repository}' may be pushed to", async token =>
        {
            using var response = await connection.SendAsync(
                HttpMethod.Patch, $"{Repository}/blobs/uploads/{Guid.Empty}", (request, _) => request.Content = new ByteArrayContent([]), token);
            var answer = await RegistryResponse.DescribeAsync(response, token);
            if (response.StatusCode == HttpStatusCode.MethodNotAllowed || answer.Contains("(NAME_", StringComparison.Ordinal))
                throw Failed("nothing can be pushed", answer);
            return true;
        }, cancellationToken);

    /// <summary>Takes over a blob from another repository of this registry. OCI distribution specification, "Mounting a blob from another repository".</summary>
    /// <returns>Null when it is there now; otherwise the upload that the registry began instead, or an empty text.</returns>
    internal async Task<string?> MountAsync(Digest digest, string from, CancellationToken cancellationToken)
    {
        connection.AddPull(from);
        try
        {
            return await TryMountAsync(digest, from, cancellationToken);
        }
        catch (StillframeException e) when (e.Code == ErrorCodes.RegistryDenied)
        {
            return ""; // who may not read there may still push here
        }
    }

    Task<string?> TryMountAsync(Digest digest, string from, CancellationToken cancellationToken) =>
        retrying.RunAsync($"Mounting blob {digest} from '{from}'", async token =>
        {
            using var response = await connection.SendAsync(
                HttpMethod.Post,
                $"{Repository}/blobs/uploads/?mount={Uri.EscapeDataString(digest.ToString())}&from={Uri.EscapeDataString(from)}",
                (request, _) => request.Content = new ByteArrayContent([]),
                token);
            return response.StatusCode switch
            {
                HttpStatusCode.Created => null,
                HttpStatusCode.Accepted => response.Headers.Location?.OriginalString ?? "",
                _ => "",
            };
        }, cancellationToken);

    /// <summary>Sends a blob.</summary>
    /// <param name="location">An upload that has begun already; null begins one.</param>
    /// <param name="sent">Told of bytes that went out; of fewer than none when bytes have to go again.</param>
    internal async Task UploadAsync(Blob blob, string? location, Action<long>? sent, CancellationToken cancellationToken)
    {
        var upload = new BlobUpload(connection, Repository, blob, location, sent);
        await retrying.RunAsync($"Sending blob {blob.Descriptor.Digest} ({ByteCount.Text(blob.Descriptor.Size)})", async token =>
        {
            await upload.RunAsync(token);
            return true;
        }, cancellationToken);
    }

    /// <param name="name">Tag or digest.</param>
    public Task PutManifestAsync(string name, string mediaType, byte[] bytes, CancellationToken cancellationToken) =>
        retrying.RunAsync($"Sending manifest '{name}' to '{Repository}'", async token =>
        {
            using var response = await connection.SendAsync(
                HttpMethod.Put,
                $"{Repository}/manifests/{name}",
                (request, _) => request.Content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
                token);
            await CheckAsync(response, HttpStatusCode.Created, $"manifest '{name}' is not taken", token);
            return true;
        }, cancellationToken);

    /// <summary>Deletes a manifest with all its tags. False where the registry does not delete. OCI distribution specification, "Deleting Manifests".</summary>
    public Task<bool> DeleteManifestAsync(Digest digest, CancellationToken cancellationToken) =>
        retrying.RunAsync($"Deleting manifest {digest} of '{Repository}'", async token =>
        {
            using var response = await connection.SendAsync(HttpMethod.Delete, $"{Repository}/manifests/{digest}", null, token);
            if (response.StatusCode == HttpStatusCode.MethodNotAllowed)
                return false;
            if (response.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.OK)) // another prune was faster; some answer 200
                await CheckAsync(response, HttpStatusCode.Accepted, $"manifest {digest} is not deleted", token);
            return true;
        }, cancellationToken);
}

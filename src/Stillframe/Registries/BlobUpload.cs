using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Stillframe.Oci;

namespace Stillframe.Registries;

/// <summary>
/// Sends one blob. OCI distribution specification, "Pushing blobs": in one piece; after a broken connection the registry is
/// asked how much it has, and gets the rest, or everything again where it can't say.
/// </summary>
sealed class BlobUpload(RegistryConnection connection, string repository, Blob blob, string? location, Action<long>? sent)
{
    readonly Descriptor descriptor = blob.Descriptor;
    string? location = location;
    bool first = true;
    long counted;

    /// <summary>One attempt; the next one goes on where this one stopped.</summary>
    /// <exception cref="TransientException">Worth another attempt; so are the exceptions of the connection.</exception>
    /// <exception cref="StillframeException">SF3003, SF3004.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var offset = first ? 0 : await ResumeAsync(cancellationToken);
        first = false;
        if (offset < 0)
            return;
        location ??= await StartAsync(cancellationToken);
        Count(offset - counted);
        if (offset > 0 && offset < descriptor.Size)
            await SendRestAsync(offset, cancellationToken);
        await FinishAsync(offset > 0 ? descriptor.Size : 0, cancellationToken);
    }

    /// <summary>How many bytes the registry has; -1 when it has the finished blob.</summary>
    async Task<long> ResumeAsync(CancellationToken cancellationToken)
    {
        // the connection may have broken after the last byte
        using (var head = await connection.SendAsync(HttpMethod.Head, $"{repository}/blobs/{descriptor.Digest}", null, cancellationToken))
        {
            if (head.StatusCode == HttpStatusCode.OK)
                return -1;
        }

        if (location is null)
            return 0;
        var asked = location;
        location = null;
        using var status = await connection.SendAsync(HttpMethod.Get, asked, null, cancellationToken);
        if (status.StatusCode != HttpStatusCode.NoContent)
            return 0; // it forgot this upload: another one
        location = status.Headers.Location?.OriginalString ?? asked;
        return Math.Min(Received(status.Headers), descriptor.Size);
    }

    async Task<string> StartAsync(CancellationToken cancellationToken)
    {
        using var response = await connection.SendAsync(HttpMethod.Post, $"{repository}/blobs/uploads/", Empty, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Accepted && response.Headers.Location is { } where)
            return where.OriginalString;
        throw await FailedAsync(response, "does not begin an upload", cancellationToken);
    }

    async Task SendRestAsync(long offset, CancellationToken cancellationToken)
    {
        using var response = await connection.SendAsync(
            HttpMethod.Patch,
            location!,
            (request, timeout) =>
            {
                request.Content = Body(offset, timeout);
                request.Content.Headers.TryAddWithoutValidation("Content-Range", string.Create(CultureInfo.InvariantCulture, $"{offset}-{descriptor.Size - 1}"));
            },
            cancellationToken);
        await CheckResumedAsync(response, HttpStatusCode.Accepted, cancellationToken);
        location = response.Headers.Location?.OriginalString ?? location;
    }

    async Task FinishAsync(long offset, CancellationToken cancellationToken)
    {
        var address = location! + (location!.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "digest=" + Uri.EscapeDataString(descriptor.Digest.ToString());
        using var response = await connection.SendAsync(
            HttpMethod.Put, address, (request, timeout) => request.Content = Body(offset, timeout), cancellationToken);
        if (offset > 0)
            await CheckResumedAsync(response, HttpStatusCode.Created, cancellationToken);
        else if (response.StatusCode == HttpStatusCode.NotFound)
            await CheckResumedAsync(response, HttpStatusCode.Created, cancellationToken); // the upload ended on the registry's side
        else if (response.StatusCode != HttpStatusCode.Created)
            throw await FailedAsync(response, "does not take it", cancellationToken);
    }

    // what was resumed and is refused may still be taken when sent anew
    async Task CheckResumedAsync(HttpResponseMessage response, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        if (response.StatusCode == expected)
            return;
        location = null;
        throw new TransientException(await RegistryResponse.DescribeAsync(response, cancellationToken));
    }

    BlobContent Body(long offset, IdleTimeout timeout) => new(blob, offset, count =>
    {
        timeout.Renew();
        Count(count);
    });

    void Count(long bytes)
    {
        counted += bytes;
        sent?.Invoke(bytes);
    }

    static void Empty(HttpRequestMessage request, IdleTimeout timeout) => request.Content = new ByteArrayContent([]);

    // "0-99": the last byte is included; some registries write "bytes=0-99"
    static long Received(HttpResponseHeaders headers) =>
        headers.TryGetValues("Range", out var values)
            && values.First().Split('-') is [_, var last]
            && long.TryParse(last, CultureInfo.InvariantCulture, out var end)
            && end > 0 ? end + 1 : 0;

    async Task<StillframeException> FailedAsync(HttpResponseMessage response, string what, CancellationToken cancellationToken) =>
        new(ErrorCodes.RegistryFailed, $"Sending blob {descriptor.Digest} to '{repository}' failed: the registry {what} and answers {await RegistryResponse.DescribeAsync(response, cancellationToken)}. {Advice(response.StatusCode)}");

    static string Advice(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => "Make the repository first, if this registry wants that, and check its name.",
        HttpStatusCode.RequestEntityTooLarge => "Raise the size limit of the registry or of the proxy in front of it.",
        _ => "Look at the registry's log.",
    };
}

using System.Globalization;
using System.Security.Cryptography;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Refreshing;

/// <summary>
/// Keeps two refreshes of one repository apart, on whatever machines they run: a tag points at a small manifest that says who has the repository and until when. Registries can't
/// compare and set a tag, so whoever sets it looks again a moment later, and before anything is published; of two at once, the one that set it last has it.
/// </summary>
public sealed class RepositoryLease : IAsyncDisposable, IDisposable
{
    /// <summary>The tag that says who is at work.</summary>
    public const string Tag = "refresh-lock";

    const string Holder = "io.stillframe.lease.holder", Until = "io.stillframe.lease.until", Where = "io.stillframe.lease.host", ArtifactType = "application/vnd.stillframe.lease.v1";

    readonly RegistryClient client;
    readonly LeaseTiming timing;
    readonly string holder = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    readonly CancellationTokenSource stop = new();
    Task renewing = Task.CompletedTask;
    Digest? set;

    RepositoryLease(RegistryClient client, LeaseTiming timing) => (this.client, this.timing) = (client, timing);

    /// <param name="timing">Also whether it is taken from whoever has it.</param>
    /// <exception cref="StillframeException">SF7002: another refresh has it. SF3002 to SF3004.</exception>
    public static async Task<RepositoryLease> TakeAsync(Reference repository, RegistryOptions options, LeaseTiming timing, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var lease = new RepositoryLease(new(repository.Registry, repository.Repository, RegistryAccess.Push, options, reporter), timing);
        try
        {
            if (!timing.FromOther && await lease.FindOtherAsync(cancellationToken) is { } other)
                throw lease.IsTaken(other);
            await lease.SetAsync(cancellationToken);
            await Task.Delay(timing.Pause, cancellationToken); // whoever looked before that has set it by now
            await lease.RequireAsync(cancellationToken);
            lease.renewing = Task.Run(lease.RenewAsync, CancellationToken.None);
            return lease;
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <summary>To be asked before anything is published.</summary>
    /// <exception cref="StillframeException">SF7002: it was lost to another.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        if (await FindOtherAsync(cancellationToken) is { } other)
            throw IsTaken(other);
    }

    /// <summary>Gives the repository back.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await renewing;
        try
        {
            using var limit = new CancellationTokenSource(timing.Term);
            if (set is not null && await client.FindManifestAsync(Tag, limit.Token) == set)
                await PutAsync(new Dictionary<string, string> { [Holder] = "" }, limit.Token);
        }
        catch (Exception e) when (e is StillframeException or OperationCanceledException)
        {
            // it ends by itself when its time is over
        }

        client.Dispose();
        stop.Dispose();
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    async Task RenewAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(timing.Renewal);
            while (await timer.WaitForNextTickAsync(stop.Token))
                if (await FindOtherAsync(stop.Token) is null)
                    await SetAsync(stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or StillframeException)
        {
            // whoever publishes looks once more
        }
    }

    async Task SetAsync(CancellationToken cancellationToken) => set = await PutAsync(
        new Dictionary<string, string>
        {
            [Holder] = holder,
            [Until] = (DateTimeOffset.UtcNow + timing.Term).ToString("O", CultureInfo.InvariantCulture),
            [Where] = Environment.MachineName,
        },
        cancellationToken);

    async Task<Digest> PutAsync(IReadOnlyDictionary<string, string> annotations, CancellationToken cancellationToken)
    {
        var empty = Blob.OfBytes(MediaTypes.OciEmpty, "{}"u8.ToArray());
        if (!await client.HasBlobAsync(empty.Descriptor.Digest, cancellationToken))
            await client.UploadAsync(empty, null, null, cancellationToken);
        var manifest = Wire.Write(new ManifestJson(2, MediaTypes.OciManifest, empty.Descriptor, [empty.Descriptor], annotations) { ArtifactType = ArtifactType });
        await client.PutManifestAsync(Tag, MediaTypes.OciManifest, manifest, cancellationToken);
        return Digest.Of(manifest);
    }

    /// <summary>Who else has it; null where nobody has, or nobody any more.</summary>
    async Task<IReadOnlyDictionary<string, string>?> FindOtherAsync(CancellationToken cancellationToken)
    {
        if (await client.GetManifestAsync(Tag, cancellationToken) is not { } manifest)
            return null;
        var annotations = Wire.Read<ManifestJson>(manifest.Bytes, $"The manifest '{client.Repository}:{Tag}'").Annotations ?? new Dictionary<string, string>();
        var isOurs = annotations.GetValueOrDefault(Holder) is not { Length: > 0 } other || other == holder;
        return isOurs || (DateTimeOffset.TryParse(annotations.GetValueOrDefault(Until), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var until) && until < DateTimeOffset.UtcNow) ? null : annotations;
    }

    StillframeException IsTaken(IReadOnlyDictionary<string, string> by) => new(
        ErrorCodes.RefreshRuns,
        $"Another refresh of '{client.Registry}/{client.Repository}' is at work, on '{by.GetValueOrDefault(Where)}'. Wait for it. One that was killed has the repository until {by.GetValueOrDefault(Until)} at the latest; DatabaseRefreshForce=true takes it now.");
}

/// <summary>How long a lease lasts.</summary>
/// <param name="Term">Without being renewed.</param>
/// <param name="Pause">Longer than a request of another that has looked before and sets the tag after.</param>
public sealed record LeaseTiming(TimeSpan Term, TimeSpan Pause)
{
    /// <summary>How often it is renewed.</summary>
    public TimeSpan Renewal { get; init; } = Term / 3;

    /// <summary>Takes it from whoever has it, who finds that out before anything of theirs is published.</summary>
    public bool FromOther { get; init; }

    /// <summary>Ten minutes and one second.</summary>
    public static LeaseTiming Default { get; } = new(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1));
}

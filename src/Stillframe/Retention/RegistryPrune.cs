using System.Globalization;
using Stillframe.Backups;
using Stillframe.Inspection;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Retention;

/// <summary>Removes backups and frames that no rule keeps, from a registry.</summary>
public static class RegistryPrune
{
    /// <summary>What the repository of frames is called after that is beside one of backups.</summary>
    const string FramesSuffix = "-db";

    /// <summary>What is not looked at would not be kept.</summary>
    const int EveryTag = 1_000_000;

    /// <summary>Of backups, or of frames where the repository has those.</summary>
    /// <inheritdoc cref="BackupsAsync"/>
    public static async Task<Pruning> RunAsync(
        Reference repository, IReadOnlyList<Reference> frames, RetentionPolicy policy, bool remove, IReporter reporter, CancellationToken cancellationToken)
    {
        try
        {
            return await BackupsAsync(repository, frames, policy, remove, reporter, cancellationToken);
        }
        catch (StillframeException e) when (e.Code == ErrorCodes.NotABackup && frames is [])
        {
            return await FramesAsync(repository, policy, remove, reporter, cancellationToken);
        }
    }

    /// <param name="repository">Of backups.</param>
    /// <param name="frames">Repositories of frames, whose dumps stay; none for the one beside it (<c>shop-db</c> of <c>shop-dump</c>), where there is one.</param>
    /// <param name="remove">False: only say what would be removed.</param>
    /// <exception cref="StillframeException">SF1101 no rule; SF3002 to SF3005, SF3009, SF6001; SF6005: the registry does not delete.</exception>
    public static async Task<Pruning> BackupsAsync(
        Reference repository, IReadOnlyList<Reference> frames, RetentionPolicy policy, bool remove, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(frames);
        Require(policy);
        var list = await BackupList.ReadAsync(repository, new(), reporter, cancellationToken);
        var (named, notes) = await FramesOfAsync(repository, frames, reporter, cancellationToken);
        var reasons = BackupReasons(policy, list.Backups, named);
        IReadOnlyList<PrunedItem> items = [.. list.Backups.Zip(reasons, (backup, why) => new PrunedItem(backup.Digest, backup.Tags, backup.Time, backup.DataVersion, backup.Size, why))];
        if (remove)
            await RemoveAsync(repository, items, [.. list.Orphans], items.Where(item => !item.IsKept).Select(item => item.Digest).ToHashSet(), reporter, cancellationToken);
        return new(repository.Name, "backup", items, remove) { Notes = notes };
    }

    /// <param name="repository">Of frames.</param>
    /// <inheritdoc cref="BackupsAsync" path="/param"/>
    /// <inheritdoc cref="BackupsAsync" path="/exception"/>
    public static async Task<Pruning> FramesAsync(Reference repository, RetentionPolicy policy, bool remove, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        Require(policy);
        var log = await FrameLog.ReadAsync(repository, new(), reporter, cancellationToken, EveryTag);
        var reasons = Keeping.Reasons(policy, [.. log.Frames.Select(frame => (TimeOf(frame), frame.Tags))]);
        IReadOnlyList<PrunedItem> items = [.. log.Frames.Select((frame, i) => new PrunedItem(
            frame.Digest, frame.Tags, TimeOf(frame), frame.Labels.DataVersion, frame.Size, [.. Always(frame, i), .. reasons[i]]))];
        if (remove)
        {
            var images = await IndexedImages.OfAsync(repository, items, reporter, cancellationToken);
            await RemoveAsync(repository, items, [], [], reporter, cancellationToken);
            // after the indexes: a prune that is broken off leaves none of whose images one is gone
            await RemoveAsync(repository, [], images, [], reporter, cancellationToken);
        }

        return new(repository.Name, "frame", items, remove);
    }

    /// <summary>The newest frame, and those that no one knows the age of.</summary>
    static IEnumerable<string> Always(LoggedFrame frame, int place)
    {
        if (place == 0 || frame.Tags.Contains(Frames.FrameTags.Newest))
            yield return "newest";
        if (frame.Labels.Time is null)
            yield return "tells no time";
    }

    /// <summary>The policy's reasons, and those that no policy takes away: the newest, the last one that was restored on trial, and what frames were made from.</summary>
    /// <param name="backups">Newest first.</param>
    /// <param name="named">Fingerprints of the dumps of frames, and their times (<see cref="TimeKey"/>): of a masked frame, the fingerprint is another one.</param>
    internal static IReadOnlyList<IReadOnlyList<string>> BackupReasons(RetentionPolicy policy, IReadOnlyList<ListedBackup> backups, IReadOnlyDictionary<string, string> named)
    {
        var reasons = Keeping.Reasons(policy, [.. backups.Select(backup => (backup.Time, backup.Tags))]).Select(why => why.ToList()).ToList();
        if (backups.Count > 0)
            reasons[0].Insert(0, "newest");
        var verified = backups.ToList().FindIndex(backup => backup.Verified is not null);
        if (verified >= 0)
            reasons[verified].Add("last verified");
        var seen = new HashSet<string>();
        for (var i = 0; i < backups.Count; i++)
        {
            var isFirst = seen.Add(backups[i].DataVersion);
            if (named.TryGetValue(TimeKey(backups[i].Time), out var frame) || (isFirst && named.TryGetValue(backups[i].DataVersion, out frame)))
                reasons[i].Add($"frame {frame}");
        }

        return reasons;
    }

    static async Task<(Dictionary<string, string> Named, IReadOnlyList<string> Notes)> FramesOfAsync(
        Reference repository, IReadOnlyList<Reference> frames, IReporter reporter, CancellationToken cancellationToken)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        var notes = new List<string>();
        var beside = repository.Repository.EndsWith(DumpBackup.Suffix, StringComparison.Ordinal)
            ? Reference.Of(repository.Registry, repository.Repository[..^DumpBackup.Suffix.Length] + FramesSuffix)
            : null;
        foreach (var place in frames.Count > 0 ? frames : beside is null ? [] : [beside])
        {
            try
            {
                var log = await FrameLog.ReadAsync(place, new(), reporter, cancellationToken, EveryTag);
                foreach (var (frame, labels) in log.Frames.Select(frame => (frame, frame.Labels)))
                    foreach (var name in new[] { labels.DumpFingerprint, labels.Source.DumpTime is { } time ? TimeKey(new(time, TimeSpan.Zero)) : null })
                        if (name is not null)
                            named.TryAdd(name, frame.Tags[0]);
                notes.Add($"What the {log.Frames.Count} frames of {place.Name} were made from is kept.");
            }
            catch (StillframeException e) when (e.Code == ErrorCodes.ImageMissing && frames.Count == 0)
            {
                // looked for on our own account
            }
        }

        if (notes.Count == 0)
            notes.Add("No frame keeps a backup: no repository of frames was named by '--frames', and none is beside this one.");
        return (named, notes);
    }

    /// <summary>Oldest first, and a backup before its record: where it is broken off, no verified backup is without one, and the next prune removes a record that is left.</summary>
    static async Task RemoveAsync(
        Reference repository, IReadOnlyList<PrunedItem> items, IReadOnlyList<Digest> orphans, HashSet<Digest> withRecord, IReporter reporter, CancellationToken cancellationToken)
    {
        using var client = new RegistryClient(repository.Registry, repository.Repository, RegistryAccess.Push, new(), reporter);
        foreach (var orphan in orphans)
            await DeleteAsync(client, orphan, cancellationToken);
        foreach (var item in items.Where(item => !item.IsKept).Reverse())
        {
            await DeleteAsync(client, item.Digest, cancellationToken);
            if (withRecord.Contains(item.Digest) && await client.FindManifestAsync(BackupFormat.VerificationTagOf(item.Digest), cancellationToken) is { } record)
                await DeleteAsync(client, record, cancellationToken);
            reporter.Message(Importance.Normal, $"Removed {item.Digest}, {string.Join(' ', item.Tags)}");
        }
    }

    static async Task DeleteAsync(RegistryClient client, Digest digest, CancellationToken cancellationToken)
    {
        if (!await client.DeleteManifestAsync(digest, cancellationToken))
            throw new StillframeException(
                ErrorCodes.RegistryKeepsAll,
                $"Registry '{client.Registry}' does not delete (405): {digest} stays in '{client.Repository}'. Allow it there (CNCF distribution: storage.delete.enabled: true), or set the rules of the registry itself.");
    }

    /// <summary>As a frame's label has it, in whole seconds.</summary>
    internal static string TimeKey(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    static DateTimeOffset TimeOf(LoggedFrame frame) => frame.Labels.Time ?? DateTimeOffset.UnixEpoch;

    static void Require(RetentionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.IsEmpty)
            throw new StillframeException(
                ErrorCodes.OptionInvalid, "No rule says what is to be kept, and nothing was removed. Give at least one of --keep-last, --keep-hourly, --keep-daily, --keep-weekly, --keep-monthly, --keep-yearly, --keep-within and --keep-tag.");
    }
}

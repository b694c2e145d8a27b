using System.Globalization;
using System.Text.Json.Serialization;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Backups;

/// <summary>A backup in a repository.</summary>
public sealed record ListedBackup
{
    /// <summary>Of its manifest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>In byte order, so that those by time come before <c>latest</c>.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Of the master's state.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Its files can be read by its recipients alone; nor are the data version, the server, the position and the number of rows told to anybody else.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>Of the dump, as frames name it in their label <c>io.stillframe.dump-fingerprint</c>; empty where it is encrypted.</summary>
    public required string DataVersion { get; init; }

    /// <summary>Of the master.</summary>
    public string Server { get; init; } = "";

    /// <summary>In the master's log; null where it writes none.</summary>
    public string? Position { get; init; }

    /// <summary>How many have rows of their own.</summary>
    public long Tables { get; init; }

    /// <summary>In all of them.</summary>
    public long Rows { get; init; }

    /// <summary>Compressed bytes.</summary>
    public long Size { get; init; }

    /// <summary>When it was restored on trial; null where it was not.</summary>
    public DateTimeOffset? Verified { get; init; }

    /// <summary>Compressed bytes of files that the next older backup has not; null for the oldest.</summary>
    public long? New { get; init; }

    [JsonIgnore]
    internal IReadOnlyList<Descriptor> Layers { get; init; } = [];
}

/// <summary>The backups of a repository, newest first.</summary>
public sealed record BackupList(string Repository, IReadOnlyList<ListedBackup> Backups)
{
    /// <summary>Records of backups that are gone.</summary>
    [JsonIgnore]
    internal IReadOnlyList<Digest> Orphans { get; init; } = [];

    /// <param name="repository">Its tag is not looked at.</param>
    /// <exception cref="StillframeException">SF3002 to SF3005, SF3009; SF6001: there is no backup, but something else.</exception>
    public static async Task<BackupList> ReadAsync(Reference repository, RegistryOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(options);
        using var client = new RegistryClient(repository.Registry, repository.Repository, RegistryAccess.Pull, options, reporter);
        var tags = await new BackupRepository(client).ReadTagsAsync(cancellationToken);
        var records = tags.Select(tag => (Of: BackupFormat.VerifiedBy(tag.Tag), tag.Manifest)).Where(record => record.Of is not null)
            .ToDictionary(record => record.Of!, record => (Digest: Digest.Of(record.Manifest.Bytes), Time: VerificationRecord.TimeOf(record.Manifest, record.Of!)));
        var backups = tags.Select(tag => (tag.Tag, Backup: StoredBackup.Read(tag.Manifest))).Where(tag => tag.Backup is not null)
            .GroupBy(tag => tag.Backup!.Digest)
            .Select(tag => Listed(tag.First().Backup!, [.. tag.Select(one => one.Tag).Order(StringComparer.Ordinal)], records.GetValueOrDefault(tag.Key).Time))
            .OrderByDescending(backup => backup.Time).ThenByDescending(backup => backup.Tags[0], StringComparer.Ordinal).ToList();
        if (backups.Count == 0 && tags.Count > records.Count)
            throw new StillframeException(ErrorCodes.NotABackup, $"'{repository.Name}' has no backups, but other images or artifacts. Name a repository that 'stillframe backup' pushes to.");
        return new(repository.Name, [.. backups.Select((backup, i) => i + 1 < backups.Count ? backup with { New = NewIn(backup, backups[i + 1]) } : backup)])
        {
            Orphans = [.. records.Where(record => backups.All(backup => backup.Digest != record.Key)).Select(record => record.Value.Digest)],
        };
    }

    /// <summary>For people.</summary>
    /// <param name="now">That ages are told by.</param>
    public IEnumerable<string> Lines(DateTimeOffset now)
    {
        var table = new TextTable("tag", "time", "<age", "<size", "<new", "<tables", "<rows", "data version", "position", "verified");
        foreach (var backup in Backups)
        {
            table.Add(
                string.Join(' ', backup.Tags),
                Text(backup.Time),
                AgeText.Of(now - backup.Time),
                ByteCount.Text(backup.Size),
                backup.New is { } bytes ? ByteCount.Text(bytes) : "-",
                string.Create(CultureInfo.InvariantCulture, $"{backup.Tables:N0}"),
                backup.IsEncrypted ? "-" : string.Create(CultureInfo.InvariantCulture, $"{backup.Rows:N0}"),
                backup.IsEncrypted ? "(encrypted)" : backup.DataVersion[..Math.Min(12, backup.DataVersion.Length)],
                backup.Position ?? "-",
                backup.Verified is { } time ? Text(time) : "-");
        }

        var listed = Backups.Count == 0 ? [] : table.Lines().Append("").Append("'new' is what the backup below has not; times are UTC.");
        return listed.Append($"{Repository}: {Backups.Count} {(Backups.Count == 1 ? "backup" : "backups")}.");
    }

    static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    static ListedBackup Listed(StoredBackup backup, IReadOnlyList<string> tags, DateTimeOffset? verified) => new()
    {
        Digest = backup.Digest,
        Tags = tags,
        Time = backup.Time,
        IsEncrypted = backup.IsEncrypted,
        DataVersion = backup.DataVersion,
        Server = backup.Server,
        Position = backup.Position,
        Tables = backup.Tables,
        Rows = backup.Rows,
        Size = backup.Size,
        Verified = verified,
        Layers = backup.Manifest.Layers,
    };

    static long NewIn(ListedBackup backup, ListedBackup older)
    {
        var there = older.Layers.Select(layer => layer.Digest).ToHashSet();
        return backup.Layers.DistinctBy(layer => layer.Digest).Where(layer => !there.Contains(layer.Digest)).Sum(layer => layer.Size);
    }
}

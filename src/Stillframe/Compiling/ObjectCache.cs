using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Stillframe.Oci;

namespace Stillframe.Compiling;

/// <summary>What was found in a cache.</summary>
/// <param name="Files">Names for the files that stay, whatever becomes of the cache.</param>
sealed record CacheEntry<T>(T Description, IReadOnlyList<string> Files);

/// <summary>
/// Compiled parts of frames, kept between builds. An entry is a directory that comes and goes as a whole; what it holds is checked against its
/// digests each time. Any number of builds of one user may use one at a time; others can't read it.
/// </summary>
/// <param name="directory">Made when needed.</param>
/// <param name="limit">Bytes that <see cref="TrimAsync"/> leaves.</param>
sealed class ObjectCache(string directory, long limit, IReporter reporter)
{
    const string EntryFile = "entry.json";

    static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    readonly string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));

    sealed record Part(long Size, string Sha256);

    /// <param name="Body">The description, as text.</param>
    /// <param name="Sha256">Of the body.</param>
    sealed record Entry(string Body, string Sha256, IReadOnlyList<Part> Files);

    /// <summary>Looks for an entry, checks it, and gives its files other names in a directory of the caller's.</summary>
    /// <param name="later">Gets the check of what its files hold, which takes long: to be run before they are used. Null to have it done at once.</param>
    /// <returns>Null where there is none, or only a damaged one, which is removed.</returns>
    public async Task<CacheEntry<T>?> FindAsync<T>(string kind, string key, string workDirectory, CancellationToken cancellationToken, CacheChecks? later = null)
    {
        var place = Place(kind, key);
        try
        {
            var file = Path.Combine(place, EntryFile);
            var entry = JsonSerializer.Deserialize<Entry>(await File.ReadAllBytesAsync(file, cancellationToken), Json);
            PrivateFiles.TryCloseDirectory(root); // one of an older version is open to all
            if (entry is null || Hash(entry.Body) != entry.Sha256)
                throw new JsonException($"'{file}' is not what was written.");
            var files = new List<string>();
            foreach (var (part, i) in entry.Files.Select((part, i) => (part, i)))
            {
                var mine = Path.Combine(workDirectory, $"{Path.GetRandomFileName()}.{i.ToString(CultureInfo.InvariantCulture)}");
                await FileLink.CreateAsync(Part_(place, i), mine, cancellationToken);
                if (later is not null)
                    later.Add(token => CheckAsync(place, mine, part, token));
                else if (!await CheckAsync(place, mine, part, cancellationToken))
                    return null;
                files.Add(mine);
            }

            Touch(file);
            return new(JsonSerializer.Deserialize<T>(entry.Body, Json)!, files);
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            RemoveDamaged(place);
            return null;
        }
    }

    /// <returns>False where the file is not what was kept: its entry is gone.</returns>
    async Task<bool> CheckAsync(string place, string file, Part part, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(file).Length == part.Size && (await Digest.OfFileAsync(file, cancellationToken)).Hex == part.Sha256)
                return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // what can't be read is no better
        }

        RemoveDamaged(place);
        return false;
    }

    void RemoveDamaged(string place)
    {
        reporter.Message(Importance.High, $"The cache entry '{place}' is damaged: it is removed and made again.");
        Remove(place);
    }

    /// <summary>Keeps an entry, unless somebody else did so meanwhile. The files stay where they are, too, and can be read by this user alone from now on.</summary>
    /// <param name="digests">Of the files, where they are known.</param>
    public async Task AddAsync<T>(
        string kind, string key, T description, IReadOnlyList<string> files, CancellationToken cancellationToken, IReadOnlyList<Digest>? digests = null)
    {
        try
        {
            PrivateFiles.MakeDirectory(root);
            await using var temporary = TemporaryDirectory.Create(Path.Combine(root, "new"));
            var entry = Path.Combine(temporary.Path, "entry");
            PrivateFiles.MakeDirectory(entry);
            var parts = new List<Part>();
            foreach (var (file, i) in files.Select((file, i) => (file, i)))
            {
                await FileLink.CreateAsync(file, Part_(entry, i), cancellationToken);
                PrivateFiles.Close(Part_(entry, i));
                parts.Add(new(new FileInfo(file).Length, digests?[i].Hex ?? (await Digest.OfFileAsync(file, cancellationToken)).Hex));
            }

            var body = JsonSerializer.Serialize(description, Json);
            await PrivateFiles.WriteAsync(
                Path.Combine(entry, EntryFile), JsonSerializer.SerializeToUtf8Bytes(new Entry(body, Hash(body), parts), Json), cancellationToken);
            var place = Place(kind, key);
            PrivateFiles.MakeDirectory(Path.Combine(root, kind));
            PrivateFiles.MakeDirectory(Path.GetDirectoryName(place)!);
            if (!Directory.Exists(place))
                Directory.Move(entry, place);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StillframeException { Code: ErrorCodes.WriteFailed })
        {
            // another build was first, or there is no room: the frame does not need it
            reporter.Message(Importance.Low, $"'{root}' did not take an entry: {e.Message}");
        }
    }

    /// <summary>Removes what was not used for longest until the rest is within the limit.</summary>
    public async Task TrimAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(root) || await TryLockAsync(cancellationToken) is not { } taken)
            return;
        await using var only = taken;
        var entries = Directory.EnumerateFiles(root, EntryFile, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 })
            .Select(file => (Place: Path.GetDirectoryName(file)!, Used: File.GetLastWriteTimeUtc(file)))
            .Where(entry => !entry.Place.StartsWith(Path.Combine(root, "new"), StringComparison.Ordinal))
            .OrderByDescending(entry => entry.Used);
        var total = 0L;
        foreach (var (place, _) in entries)
        {
            var size = new DirectoryInfo(place).EnumerateFiles().Sum(file => file.Length);
            if (total + size > limit)
                Remove(place);
            else
                total += size;
        }
    }

    /// <summary>Null where the cache can only be read.</summary>
    async Task<FileStream?> TryLockAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LockFile.TakeAsync(Path.Combine(root, "lock"), reporter, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reporter.Message(Importance.Low, $"'{root}' is not trimmed: {e.Message}");
            return null;
        }
    }

    /// <summary>The oldest go first.</summary>
    static void Touch(string file)
    {
        try
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // in a cache that can only be read
        }
    }

    string Place(string kind, string key) => Path.Combine(root, kind, key[..2], key);

    static string Part_(string place, int i) => Path.Combine(place, i.ToString(CultureInfo.InvariantCulture));

    void Remove(string place)
    {
        try
        {
            // out of sight at once, then bit by bit
            var away = Path.Combine(root, "new", $"sf-0.{Path.GetRandomFileName()}");
            Directory.CreateDirectory(Path.GetDirectoryName(away)!);
            Directory.Move(place, away);
            Directory.Delete(away, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // another build removed it
        }
    }

    static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}

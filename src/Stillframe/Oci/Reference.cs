using System.Text.RegularExpressions;

namespace Stillframe.Oci;

/// <summary>
/// The name of an image: <c>registry/repository:tag@digest</c>. What may be in it: OCI distribution specification, "Pulling manifests";
/// what a name without registry means: Docker's own convention (<c>mariadb</c> is <c>docker.io/library/mariadb</c>).
/// </summary>
public sealed partial record Reference
{
    /// <summary>The registry of references that name none.</summary>
    public const string DockerHub = "docker.io";

    Reference(string registry, string repository, string? tag, Digest? digest) =>
        (Registry, Repository, Tag, Digest) = (registry, repository, tag, digest);

    /// <summary>Host, with its port where it has one.</summary>
    public string Registry { get; }

    /// <summary>The path in the registry.</summary>
    public string Repository { get; }

    /// <summary>Null where it names none.</summary>
    public string? Tag { get; private init; }

    /// <summary>Null where it names none.</summary>
    public Digest? Digest { get; private init; }

    /// <summary>Registry and repository.</summary>
    public string Name => $"{Registry}/{Repository}";

    /// <summary>What comes last in a request for the manifest: the digest, the tag, or <c>latest</c>.</summary>
    public string ManifestName => Digest?.ToString() ?? Tag ?? "latest";

    /// <exception cref="StillframeException">SF1103.</exception>
    public static Reference Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
            throw Invalid(text, "Write it as 'registry/repository:tag', in lower case.");

        var name = match.Groups["name"].Value;
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var registry = slash > 0 && IsHost(name[..slash]) ? name[..slash] : DockerHub;
        var repository = registry == DockerHub && !name.StartsWith(DockerHub + "/", StringComparison.Ordinal) ? name : name[(slash + 1)..];
        Digest? digest = null;
        if (match.Groups["digest"].Success && !Oci.Digest.TryParse(match.Groups["digest"].Value, out digest))
            throw Invalid(text, "Its digest has to be 'sha256:' and 64 hex digits.");
        return Of(registry, repository, match.Groups["tag"].Success ? match.Groups["tag"].Value : null, digest);
    }

    /// <exception cref="StillframeException">SF1103.</exception>
    public static Reference Of(string registry, string repository, string? tag = null, Digest? digest = null)
    {
        if (registry is "index.docker.io" or "registry-1.docker.io")
            registry = DockerHub;
        if (registry == DockerHub && !repository.Contains('/', StringComparison.Ordinal))
            repository = "library/" + repository;
        if (!HostPattern().IsMatch(registry))
            throw Invalid(registry, "A registry is a host name, with ':port' where it needs one, and no scheme.");
        if (!RepositoryPattern().IsMatch(repository))
            throw Invalid(repository, "A repository is made of lower-case letters, digits, '.', '_', '-' and '/'.");
        if (tag is not null && !IsTag(tag))
            throw Invalid(tag, "A tag has up to 128 letters, digits, '.', '_' and '-', and does not begin with '.' or '-'.");
        return new(registry, repository, tag, digest);
    }

    /// <summary>Whether a tag may be called so.</summary>
    public static bool IsTag(string text) => TagPattern().IsMatch(text);

    internal Reference WithTag(string tag) => Of(Registry, Repository, tag);

    /// <exception cref="StillframeException">SF1103: one of them is no tag.</exception>
    internal void RequireTags(IEnumerable<string> tags)
    {
        foreach (var tag in tags)
            _ = WithTag(tag);
    }

    /// <summary>The same repository, by digest.</summary>
    public Reference WithDigest(Digest digest) => this with { Tag = null, Digest = digest };

    /// <inheritdoc/>
    public override string ToString() => Name + (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);

    static bool IsHost(string part) =>
        part == "localhost" || part.Contains('.', StringComparison.Ordinal) || part.Contains(':', StringComparison.Ordinal);

    static StillframeException Invalid(string text, string advice) =>
        new(ErrorCodes.ReferenceInvalid, $"'{text}' is not a valid image reference. {advice}");

    [GeneratedRegex(@"^(?<name>[^\s@]+?)(:(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]*))?(@(?<digest>[^\s@]+))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:]+\])(:[0-9]{1,5})?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex HostPattern();

    [GeneratedRegex(@"^(?=.{1,255}\z)[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex RepositoryPattern();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z")]
    private static partial Regex TagPattern();
}

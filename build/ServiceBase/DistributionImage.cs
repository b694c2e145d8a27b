using System.Text;
using Stillframe;
using Stillframe.Engines;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Oci;

/// <summary>
/// What a self-contained .NET service needs around it, made of this host's distribution: for machines that reach no image registry.
/// Kept in the user cache and used as it is from then on: its packages' versions change when <see cref="Version"/> does, or when it is deleted.
/// </summary>
sealed class DistributionImage(IReporter reporter)
{
    public const string Repository = "stillframe/service-base";

    /// <summary>Of the recipe below; to be raised with every change of it.</summary>
    public const string Version = "1";

    /// <summary>The user that Microsoft's images have for services: <c>app</c>.</summary>
    const int UserId = 1654;

    static readonly string[] libraries = ["libc6", "libgcc-s1", "libstdc++6", "zlib1g"], data = ["ca-certificates", "tzdata"];

    /// <returns>The directory of its OCI image layout.</returns>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        var layout = Path.Combine(UserCache.Directory, "service-base", $"{Version}-{Platform.Current.Architecture}");
        if (File.Exists(Path.Combine(layout, "index.json")))
            return layout;

        Directory.CreateDirectory(Path.GetDirectoryName(layout)!);
        await using var only = await LockFile.TakeAsync(layout + ".lock", reporter, cancellationToken);
        if (!File.Exists(Path.Combine(layout, "index.json")))
            await MakeAsync(layout, cancellationToken);
        return layout;
    }

    async Task MakeAsync(string layout, CancellationToken cancellationToken)
    {
        await using var work = TemporaryDirectory.Create(Path.GetDirectoryName(layout));
        var root = Directory.CreateDirectory(Path.Combine(work.Path, "root")).FullName;
        var files = await UnpackAsync(work.Path, root, cancellationToken);
        var plan = new LayerPlan("service base", [.. files.Select(file => Entry(root, file)), .. AroundIt(root)]);
        var layer = await LayerWriter.WriteAsync(plan, Path.Combine(work.Path, "layer"), new() { Compression = LayerCompression.Small }, cancellationToken);
        var image = ImageAssembler.Assemble(new(Repository, Digest: null, ImageConfig.Empty(Platform.Current), []), [ImageLayer.Of(layer)], Configuration);
        await ImageLayout.WriteAsync(image, layout, Version, cancellationToken);
        reporter.Message(Importance.High, FormattableString.Invariant($"Made the service's base image: {layer.UncompressedSize / 1e6:0.0} MB, compressed {image.Size / 1e6:0.0} MB, kept in '{layout}'"));
    }

    async Task<IReadOnlyList<string>> UnpackAsync(string work, string root, CancellationToken cancellationToken)
    {
        var apt = new PrivateApt(Directory.CreateDirectory(Path.Combine(work, "apt")).FullName);
        reporter.Message(Importance.High, "Asking apt for the libraries of the service's base image (once; nothing is installed)");
        await apt.UpdateAsync(cancellationToken);
        var tls = await apt.FindAsync("^libssl3(t64)?$", cancellationToken) ?? throw new InvalidOperationException("This host's apt sources have no package 'libssl3'.");
        await apt.DownloadAsync([.. libraries, tls], data, cancellationToken);

        List<string> files = [];
        foreach (var archive in Directory.EnumerateFiles(apt.Archives, "*.deb").Order(StringComparer.Ordinal))
        {
            var package = new DebPackage(archive);
            var name = await package.ReadNameAsync(cancellationToken);
            if (data.Contains(name) || name.StartsWith("lib", StringComparison.Ordinal) || name.StartsWith("zlib", StringComparison.Ordinal))
            {
                files.AddRange(await package.UnpackAsync(root, IsWanted, cancellationToken));
                var record = $"/{PackageRecords.StatusDirectory}/{name}";
                Directory.CreateDirectory(Path.GetDirectoryName(root + record)!);
                await File.WriteAllTextAsync(root + record, await package.ReadControlAsync(cancellationToken), cancellationToken);
                files.Add(record);
            }
        }

        return files;
    }

    // libraries, the time zones, the certificates and the licences; character set converters are for C programs
    static bool IsWanted(string name) =>
        (name.StartsWith("lib", StringComparison.Ordinal) || name.StartsWith("usr/lib", StringComparison.Ordinal)
            || name.StartsWith("usr/share/zoneinfo/", StringComparison.Ordinal) || name.StartsWith("usr/share/ca-certificates/", StringComparison.Ordinal)
            || (name.StartsWith("usr/share/doc/", StringComparison.Ordinal) && name.EndsWith("/copyright", StringComparison.Ordinal)))
        && !name.Contains("/gconv/", StringComparison.Ordinal) && !name.Contains("/locale/", StringComparison.Ordinal);

    static LayerEntry Entry(string root, string file) => new FileInfo(root + file) switch
    {
        { LinkTarget: { } target } => new LayerEntry.Link(file, target),
        var info => new LayerEntry.File(file, info.FullName, (info.UnixFileMode & UnixFileMode.UserExecute) != 0 ? Modes.Executable : Modes.Readable),
    };

    static IEnumerable<LayerEntry> AroundIt(string root) =>
    [
        Text("/etc/passwd", $"root:x:0:0:root:/root:/sbin/nologin\napp:x:{UserId}:{UserId}::/home/app:/sbin/nologin\n"),
        Text("/etc/group", $"root:x:0:\napp:x:{UserId}:\n"),
        Text("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"),
        Text("/etc/ssl/certs/ca-certificates.crt", Certificates(root)),
        new LayerEntry.Directory("/home/app", Modes.Executable, UserId, UserId),
        new LayerEntry.Directory("/tmp", Modes.Sticky),
    ];

    // what update-ca-certificates makes after an installation
    static string Certificates(string root) => string.Concat(
        Directory.EnumerateFiles(Path.Combine(root, "usr/share/ca-certificates"), "*.crt", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText));

    static LayerEntry.Content Text(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    static FrameConfig Configuration => new()
    {
        Entrypoint = [],
        User = $"{UserId}",
        ExposedPorts = ["8080/tcp"],
        Environment = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            ["APP_UID"] = $"{UserId}",
            ["ASPNETCORE_HTTP_PORTS"] = "8080",
            ["DOTNET_RUNNING_IN_CONTAINER"] = "true",
        },
    };
}

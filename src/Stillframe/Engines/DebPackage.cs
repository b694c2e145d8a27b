using System.Formats.Tar;
using Stillframe.Processes;

namespace Stillframe.Engines;

/// <summary>One <c>.deb</c> archive, read with <c>dpkg-deb</c> (the compression inside differs between distributions).</summary>
sealed class DebPackage(string path)
{
    // what only people at a terminal read; licences stay
    static readonly string[] LeftOut = ["usr/share/man/", "usr/share/locale/", "usr/share/lintian/", "usr/share/bug/", "usr/share/info/"];

    /// <summary>The control paragraph, which scanners look for in <c>/var/lib/dpkg/status.d</c>.</summary>
    public async Task<string> ReadControlAsync(CancellationToken cancellationToken) =>
        (await DpkgDebAsync(["-f", path], null, cancellationToken)).Output;

    public async Task<string> ReadNameAsync(CancellationToken cancellationToken) =>
        (await DpkgDebAsync(["-f", path, "Package"], null, cancellationToken)).Output.Trim();

    /// <summary>Unpacks below a directory.</summary>
    /// <param name="only">Which paths (without a leading slash) are wanted; null for all that a server may need.</param>
    /// <returns>The files and links that were unpacked, as absolute paths inside the directory (<c>/usr/sbin/mariadbd</c>).</returns>
    public async Task<IReadOnlyList<string>> UnpackAsync(string directory, Func<string, bool>? only, CancellationToken cancellationToken)
    {
        var unpacked = new List<string>();
        var root = new ExtractionRoot(directory);
        await DpkgDebAsync(
            ["--fsys-tarfile", path],
            async (stream, token) =>
            {
                await using var tar = new TarReader(stream, leaveOpen: true);
                while (await tar.GetNextEntryAsync(cancellationToken: token) is { } entry)
                {
                    var name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
                    if (!(only ?? IsWanted)(name) || !await root.ExtractAsync(entry, token))
                        continue;
                    unpacked.Add("/" + name);
                }

                await stream.CopyToAsync(Stream.Null, token); // padding, without which dpkg-deb meets a broken pipe
            },
            cancellationToken);
        return unpacked;
    }

    // a package may share another's documents by a link in place of its directory
    static bool IsWanted(string name) =>
        !LeftOut.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
        && (!name.StartsWith("usr/share/doc/", StringComparison.Ordinal) || name.EndsWith("/copyright", StringComparison.Ordinal) || name.Count(c => c == '/') == 3);

    async Task<ProcessResult> DpkgDebAsync(string[] arguments, Func<Stream, CancellationToken, Task>? output, CancellationToken cancellationToken)
    {
        var result = await ChildProcess.RunAsync("dpkg-deb", arguments, new() { Output = output }, cancellationToken);
        return result.ExitCode == 0
            ? result
            : throw new StillframeException(
                ErrorCodes.PackagesUnavailable,
                $"'{Path.GetFileName(path)}' can't be unpacked: {result.AllOutput} Check the free space in the cache directory, then build again.");
    }
}

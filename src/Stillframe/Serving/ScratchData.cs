using System.ComponentModel;
using System.Runtime.Versioning;
using Stillframe.Processes;

namespace Stillframe.Serving;

/// <summary>
/// A frame's data for a server that writes: laid over the frame's own in a mount namespace of that server's, so that only files are copied that it opens;
/// where this machine gives none, a copy of all files.
/// </summary>
[UnsupportedOSPlatform("windows")]
sealed class ScratchData(string frame, IReporter reporter)
{
    /// <summary>
    /// Arguments: the frame's data, two directories for what is written, where the result is to be, and the command. All by exec: the process stays the one
    /// that is told to end, and the mount goes with it. In its namespace the server is a root that has only one right of a root: the frame's files can be
    /// written by nobody. mount(8), "overlay"; userxattr is what lets ordinary users do it, since Linux 5.11.
    /// </summary>
    const string Script = """
        set -e
        mount -t overlay overlay -o "lowerdir=$1,upperdir=$2,workdir=$3,userxattr" "$4"
        shift 4
        exec setpriv --no-new-privs --inh-caps=-all --bounding-set=-all,+dac_override "$@"
        """;

    static readonly string[] WithoutRights = ["setpriv", "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all"];

    readonly Lock asking = new();
    Task<bool>? canLayOver;

    /// <summary>A root's server has none of its rights.</summary>
    public static IReadOnlyList<string> Command(IEnumerable<string> server) =>
        Environment.IsPrivilegedProcess ? [.. WithoutRights, .. server, Freezing.ScratchServer.AsRoot] : [.. server];

    /// <summary>The command for a server whose data directory is <see cref="ServingPlace.Data"/>.</summary>
    public async Task<IReadOnlyList<string>> CommandAsync(ServingPlace place, IEnumerable<string> server, CancellationToken cancellationToken)
    {
        if (await CanLayOverAsync(place))
            return [.. LaidOver(place), .. server, Freezing.ScratchServer.AsRoot];
        // where the server looks for it, on the disk where there is room for it
        Directory.Delete(place.Data);
        Directory.CreateSymbolicLink(place.Data, place.Upper);
        await Task.Run(() => Copy(place.Upper, cancellationToken), cancellationToken);
        return Command(server);
    }

    /// <summary>Found by doing it, once.</summary>
    public Task<bool> CanLayOverAsync(ServingPlace place)
    {
        lock (asking)
            return canLayOver ??= TryAsync(place);
    }

    IReadOnlyList<string> LaidOver(ServingPlace place) =>
        ["unshare", "--user", "--map-root-user", "--mount", "--", "/bin/sh", "-c", Script, "sh", frame, place.Upper, place.Work, place.Data];

    async Task<bool> TryAsync(ServingPlace place)
    {
        var reason = await WhyNotAsync(place);
        if (reason is not null)
            reporter.Message(Importance.High, $"Each scratch copy is a copy of the whole frame, since this machine can't lay one over it: {reason}.");
        return reason is null;
    }

    async Task<string?> WhyNotAsync(ServingPlace place)
    {
        if ((frame + place.Scratch).AsSpan().IndexOfAny(@",:\") >= 0)
            return $"',', ':' and '\\' in the path '{frame}' mean something else to a mount";
        try
        {
            var command = LaidOver(place);
            var result = await ChildProcess.RunAsync(command[0], [.. command.Skip(1), "/bin/sh", "-c", ": >\"$0/trial\" && rm \"$0/trial\"", place.Data], new() { HasCleanEnvironment = true });
            return result.ExitCode == 0 ? null : result.AllOutput.ReplaceLineEndings(" ");
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }

    /// <summary>File systems that can copy by reference do.</summary>
    void Copy(string target, CancellationToken cancellationToken)
    {
        foreach (var entry in DirectoryTree.Of(frame))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = Path.Combine(target, Path.GetRelativePath(frame, entry.FullName));
            if (entry is not FileInfo file)
            {
                Directory.CreateDirectory(path);
                continue;
            }

            file.CopyTo(path);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}

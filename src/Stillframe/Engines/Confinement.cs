using System.ComponentModel;
using System.Globalization;
using Stillframe.Processes;

namespace Stillframe.Engines;

/// <summary>
/// How a server of this host is shut in. Whatever a dump makes it do, it finds nothing to read but its own files, nothing to write but its work
/// directory, no network and no rights: docs/why-two-walls.md.
/// </summary>
abstract class Confinement
{
    /// <summary>An account of nobody's: not the build's, and not <c>nobody</c>, whom others share.</summary>
    const uint UserId = 65533;

    /// <summary>
    /// Arguments: a table of mounts and the root directory (<see cref="ConfinedRoot"/>), a user id or nothing, then the command. Runs in a mount namespace of its own, and leaves the server with none
    /// of its rights. Without a user id it is in a user namespace already, and the second one in it takes the rights away. All by exec: the process stays the one that is told to end. As few programs as
    /// can be, for each takes some milliseconds.
    /// </summary>
    const string Script = """
        set -e
        root=$2 user=$3
        mount -a -T "$1"
        shift 3
        if [ -n "$user" ]; then
          exec setpriv --no-new-privs --inh-caps=-all --bounding-set=-all,+sys_chroot,+setuid,+setgid chroot --userspec="$user:$user" --groups= "$root" "$@"
        fi
        exec setpriv --no-new-privs unshare --user --map-user=65534 --map-group=65534 --root="$root" "$@"
        """;

    /// <summary>Not shut in.</summary>
    public static Confinement None { get; } = new Nothing();

    /// <summary>Whether mariadbd will find itself to be root.</summary>
    public virtual bool RunsAsRoot => false;

    /// <summary>What is lacking, as a sentence's beginning; null where nothing is.</summary>
    public virtual string? Lacks => null;

    /// <summary>Those that this process might use, the best first.</summary>
    public static IReadOnlyList<Confinement> Candidates => Environment.IsPrivilegedProcess
        ? [new OfItsOwnRoot([], UserId), new OfItsOwnRoot(["--user", "--map-root-user"], null), new AnotherUser()]
        : [new OfItsOwnRoot(["--user", "--map-root-user"], null)];

    /// <param name="place">Where it works.</param>
    /// <param name="command">Program and arguments.</param>
    public abstract IReadOnlyList<string> Command(HostServer server, WorkPlace place, IReadOnlyList<string> command);

    /// <summary>The first that a server starts under, found by starting one; <see cref="None"/> where there is none, which is reported.</summary>
    public static async Task<Confinement> ChooseAsync(HostServer server, WorkPlace place, IReporter reporter, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        foreach (var candidate in Candidates)
        {
            if (await candidate.WhyNotAsync(server, place, cancellationToken) is not { } reason)
            {
                if (candidate.Lacks is { } lacks)
                    reporter.Message(Importance.High, $"{lacks}: {string.Join("; ", reasons.Distinct(StringComparer.Ordinal))}");
                return candidate;
            }

            reasons.Add(reason);
        }

        reporter.Message(
            Importance.High,
            "The server that loads the dump runs as the build's own user and may reach what that user may, since this machine gives it no namespaces: "
            + string.Join("; ", reasons.Distinct(StringComparer.Ordinal)) + ". What dumps may say is checked all the same.");
        return None;
    }

    async Task<string?> WhyNotAsync(HostServer server, WorkPlace place, CancellationToken cancellationToken)
    {
        try
        {
            // it looks at its directories before it says which options it has
            var command = Command(server, place, server.Command(["--help", $"--datadir={place.Data}", .. ServerLimits.Options(place.Empty)], RunsAsRoot));
            var result = await ChildProcess.RunAsync(command[0], command.Skip(1), new() { HasCleanEnvironment = true }, cancellationToken);
            return result.ExitCode == 0 ? null : $"{result.AllOutput.ReplaceLineEndings(" ")} (exit code {result.ExitCode})";
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }

    /// <summary>In a mount, network and IPC namespace of its own, with a root directory made for it.</summary>
    sealed class OfItsOwnRoot(string[] namespaces, uint? user) : Confinement
    {
        public override IReadOnlyList<string> Command(HostServer server, WorkPlace place, IReadOnlyList<string> command) => OperatingSystem.IsWindows()
            ? throw new PlatformNotSupportedException()
            :
            [
                "unshare", .. namespaces, "--mount", "--net", "--ipc", "--", "/bin/sh", "-c", Script, "sh",
                ConfinedRoot.Make(server, place, user), place.Root, user?.ToString(CultureInfo.InvariantCulture) ?? "", .. command,
            ];
    }

    /// <summary>What is left to root where it may make no namespaces, as in most containers.</summary>
    sealed class AnotherUser : Confinement
    {
        const UnixFileMode Passable =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

        public override string Lacks =>
            "The server that loads the dump runs as another user than the build, and may read what everybody may, since this machine gives it no namespaces";

        public override IReadOnlyList<string> Command(HostServer server, WorkPlace place, IReadOnlyList<string> command)
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(place.Parent, Passable);
            foreach (var path in place.Writable)
                FileOwner.Give(path, UserId);
            return
            [
                "setpriv", string.Create(CultureInfo.InvariantCulture, $"--reuid={UserId}"), string.Create(CultureInfo.InvariantCulture, $"--regid={UserId}"),
                "--clear-groups", "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", .. command,
            ];
        }
    }

    sealed class Nothing : Confinement
    {
        public override bool RunsAsRoot => Environment.IsPrivilegedProcess;

        public override IReadOnlyList<string> Command(HostServer server, WorkPlace place, IReadOnlyList<string> command) => command;
    }
}

/// <summary>Directories of this host that a confined server works with.</summary>
/// <param name="Parent">Of the others; only the build's user may enter it.</param>
/// <param name="Root">Its root directory is made there; what is mounted on that, only the server sees.</param>
/// <param name="Empty">To be read, and always empty.</param>
/// <param name="Data">Within one that is writable.</param>
/// <param name="Writable">With its data, temporary files and socket.</param>
sealed record WorkPlace(string Parent, string Root, string Empty, string Data, IReadOnlyList<string> Writable);

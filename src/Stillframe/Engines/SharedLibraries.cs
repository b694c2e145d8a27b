using System.Text.RegularExpressions;
using Stillframe.Oci;
using Stillframe.Processes;

namespace Stillframe.Engines;

/// <summary>A library that a program needs, directly or through others.</summary>
/// <param name="Name">The name it is looked up by, such as <c>libc.so.6</c>.</param>
/// <param name="Path">The file on this host.</param>
sealed record SharedLibrary(string Name, string Path);

/// <summary>Asks the dynamic loader what it would load. See ld.so(8), <c>--list</c>.</summary>
static partial class SharedLibraries
{
    /// <param name="program">Its own loader answers, or the unpacked one's; for another processor's the files are read.</param>
    /// <exception cref="StillframeException">SF2002: a library is missing, or the loader fails.</exception>
    public static async Task<IReadOnlyList<SharedLibrary>> ListAsync(string program, UnpackedRoot? unpacked, CancellationToken cancellationToken)
    {
        if (unpacked is not null && ElfFile.MachineOf(Platform.Current) is { } machine && ElfFile.ReadMachine(program) != machine)
            return ElfLibraries.List(program, unpacked);
        string[] command = unpacked is null
            ? [ElfFile.ReadInterpreter(program)!, "--list", program]
            : [unpacked.Loader, "--library-path", unpacked.LibraryPath, "--list", program];
        var result = await ChildProcess.RunAsync(command[0], command.Skip(1), cancellationToken: cancellationToken);
        var missing = Missing().Match(result.AllOutput);
        return result.ExitCode == 0 && !missing.Success
            ? Parse(result.Output)
            : throw new StillframeException(
                ErrorCodes.EngineUnavailable,
                $"The libraries of '{program}' can't be found: {(missing.Success ? missing.Value.Trim() : result.AllOutput)} Repair its installation, or use another engine.");
    }

    /// <summary>Without the kernel's own (linux-vdso) and the loader, which the program names by its path.</summary>
    internal static IReadOnlyList<SharedLibrary> Parse(string text) =>
        [.. Line().Matches(text).Select(match => new SharedLibrary(match.Groups["name"].Value, match.Groups["path"].Value))];

    [GeneratedRegex(@"^\s*(?<name>[^/\s]\S*) => (?<path>/.*) \(0x[0-9a-f]+\)\s*$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"^.* => not found", RegexOptions.Multiline)]
    private static partial Regex Missing();
}

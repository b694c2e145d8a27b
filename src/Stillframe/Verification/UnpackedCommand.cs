using Stillframe.Engines;
using Stillframe.Freezing;

namespace Stillframe.Verification;

/// <summary>A frame's entrypoint on this host, with the frame's own loader and libraries.</summary>
/// <param name="Entrypoint">As the image has it.</param>
/// <param name="Programs">Stands for <c>/</c> where the server and its libraries are.</param>
/// <param name="Data">Stands for <see cref="ReadOnlyServer.DataDirectory"/>.</param>
sealed record UnpackedCommand(IReadOnlyList<string> Entrypoint, string Programs, string Data)
{
    /// <param name="run">Takes the socket, and temporary files.</param>
    /// <param name="port">TCP port of 127.0.0.1; 0 for none.</param>
    public IEnumerable<string> Words(string run, int port)
    {
        var program = Programs + Entrypoint[0];
        var interpreter = ElfFile.ReadInterpreter(program);
        if (interpreter is not null)
            foreach (var word in (string[])[Programs + interpreter, "--library-path", string.Join(':', LibraryDirectories())])
                yield return word;
        yield return program;
        foreach (var argument in Entrypoint.Skip(1))
            yield return Moved(argument, run);
        if (ShareDirectory.Find(Path.GetDirectoryName(Path.GetDirectoryName(program))!) is { } share)
            foreach (var option in ShareDirectory.Options(share))
                yield return option;
        foreach (var option in port == 0 ? (string[])["--skip-networking"] : ["--bind-address=127.0.0.1", $"--port={port}"])
            yield return option;
    }

    /// <summary>An option whose value is a path of the frame, with the path it has here.</summary>
    string Moved(string argument, string run)
    {
        var value = argument.IndexOf('=', StringComparison.Ordinal) + 1;
        return argument[value..] switch
        {
            var path when path.StartsWith(ReadOnlyServer.DataDirectory, StringComparison.Ordinal) => argument[..value] + Data + path[ReadOnlyServer.DataDirectory.Length..],
            var path when path.StartsWith(ReadOnlyServer.RunDirectory, StringComparison.Ordinal) => argument[..value] + run + path[ReadOnlyServer.RunDirectory.Length..],
            ReadOnlyServer.TemporaryDirectory => argument[..value] + run,
            _ => argument,
        };
    }

    IEnumerable<string> LibraryDirectories() =>
        from parent in (string[])["lib", "usr/lib", "lib64"]
        let directory = Path.Combine(Programs, parent)
        where Directory.Exists(directory)
        from found in Directory.EnumerateDirectories(directory, "*-linux-gnu*").Append(directory)
        select found;
}

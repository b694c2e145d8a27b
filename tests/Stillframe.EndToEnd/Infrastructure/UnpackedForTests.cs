namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>A server of a newer suite than the host's, unpacked by the build (<c>build/Setup/NewerServer.cs</c>): its programs are started by their own loader, since they are of a newer libc.</summary>
/// <param name="directory">With <c>root</c> and <c>data</c>.</param>
/// <param name="more">Directories of libraries, below <c>root/usr</c>.</param>
sealed class UnpackedForTests(string directory, params string[] more)
{
    public string Root { get; } = $"{directory}/root/usr";

    /// <summary>What starts a program and its path, below <c>root/usr</c>.</summary>
    public IReadOnlyList<string> Program(string path)
    {
        var libraries = Directory.EnumerateDirectories($"{Root}/lib", "*-linux-gnu").Single();
        return [Directory.EnumerateFiles(libraries, "ld-linux-*.so.*").Single(), "--library-path", string.Join(':', more.Select(one => $"{Root}/{one}").Prepend(libraries)), $"{Root}/{path}"];
    }

    /// <summary>A data directory that nobody has used.</summary>
    public Task CopyDataAsync(string to) => Command.SucceedAsync("cp", ["--recursive", "--reflink=auto", $"{directory}/data", to]);
}

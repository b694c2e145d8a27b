using Stillframe.Benchmarks.Frames;
using Stillframe.Images;
using Stillframe.Verification;

namespace Stillframe.Benchmarks.Servers;

/// <summary>
/// A frame's data as the data directory of a server with default options: the frame's own files, once opened and shut down by such a server,
/// which made its logs and whatever else it wants beside them.
/// </summary>
static class WritableData
{
    /// <returns>The data directory, below <paramref name="directory"/>.</returns>
    public static async Task<string> CreateAsync(string layoutDirectory, string directory, CancellationToken cancellationToken)
    {
        var root = Directory.CreateDirectory(directory).FullName;
        await UnpackedFrame.UnpackAsync(await ImageLayout.ReadAsync(layoutDirectory, cancellationToken: cancellationToken), root, cancellationToken);
        var data = Path.Combine(root, "var", "lib", "mysql");
        await using var server = await NativeServer.StartAsync(data, [], cancellationToken, FrameBuilds.Reader.User);
        await server.StopAsync(cancellationToken);
        return data;
    }
}

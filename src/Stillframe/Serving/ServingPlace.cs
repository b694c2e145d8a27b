using System.Runtime.Versioning;
using Stillframe.Processes;

namespace Stillframe.Serving;

/// <summary>Two directories of one running server, which are gone after it, however this process ends.</summary>
[UnsupportedOSPlatform("windows")]
sealed class ServingPlace : IAsyncDisposable
{
    /// <summary>Again and again for ten seconds: a server that is being killed may still write. What overlayfs leaves behind, its owner may not enter.</summary>
    const string Remove = """
        tries=0
        while chmod -R u+rwX "$@"; ! rm -rf "$@" && [ $tries -lt 100 ]; do
          tries=$((tries + 1))
          sleep 0.1
        done
        """;

    readonly TemporaryDirectory run, scratch;
    readonly CleanupCommand remove;

    ServingPlace(TemporaryDirectory run, TemporaryDirectory scratch)
    {
        (this.run, this.scratch) = (run, scratch);
        remove = CleanupCommand.Write(["/bin/sh", "-c", Remove, "sh", Run, Scratch]);
        foreach (var directory in (string[])[Upper, Work, Data, Empty])
            Directory.CreateDirectory(directory);
    }

    /// <summary>For a socket, whose path has at most 107 bytes.</summary>
    public string Run => run.Path;

    /// <summary>What the server has for its data directory, where that is not the frame's own.</summary>
    public string Data => Path.Combine(Run, "data");

    public string Empty => Path.Combine(Run, "empty");

    /// <summary>On the disk of the frame.</summary>
    public string Scratch => scratch.Path;

    /// <summary>Takes what is written over the frame.</summary>
    public string Upper => Path.Combine(Scratch, "upper");

    /// <summary>Of the file system that lays one over the other.</summary>
    public string Work => Path.Combine(Scratch, "work");

    public static ServingPlace Create() => new(TemporaryDirectory.Create("/tmp"), TemporaryDirectory.Create(FrameCache.Scratch));

    public async ValueTask DisposeAsync()
    {
        await remove.DisposeAsync();
        run.Dispose();
        scratch.Dispose();
    }
}

using Stillframe.Serving;

namespace Stillframe.Testing;

/// <summary>A copy of a frame that may be written to, by a server of its own; its disposal, or the end of this process, removes both.</summary>
public sealed class ScratchFrame : IAsyncDisposable
{
    readonly ServedServer server;

    internal ScratchFrame(ServedServer server, string? database) => (this.server, ConnectionString) = (server, ConnectionStrings.Of(server, database));

    /// <summary>As an account that may do everything there, over TCP.</summary>
    public string ConnectionString { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();
}

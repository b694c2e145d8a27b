using System.Data.Common;
using Dapper;
using Stillframe.Client;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Routing;

/// <summary>A master of MariaDB whose note "mine" is in the newer of two frames; the older one is from before.</summary>
public sealed class RoutingFixture : IAsyncLifetime
{
    internal MasterWithFrames Master { get; private set; } = null!;

    internal FrameOnAPort Older { get; private set; } = null!;

    internal FrameOnAPort Newer { get; private set; } = null!;

    /// <summary>Of the note "mine".</summary>
    internal FramePosition Mine { get; private set; } = null!;

    internal string OlderAddress => Older.Address(MasterWithFrames.Schema);

    internal string NewerAddress => Newer.Address(MasterWithFrames.Schema);

    public async Task InitializeAsync()
    {
        if (Needs.WhyNot([Need.LocalServer]) is not null)
            return;
        Master = await MasterWithFrames.StartMariaDbAsync();
        Older = await Master.FrameAsync();
        await using (var source = TestProvider.Source(OlderAddress, Master.Address))
        await using (var master = await source.OpenMasterAsync())
        {
            await master.ExecuteAsync("INSERT INTO note (text) VALUES ('mine')");
            Mine = (await FramePosition.OfLastWriteAsync(master))!;
        }

        Newer = await Master.FrameAsync();
    }

    public async Task DisposeAsync()
    {
        if (Master is not null)
            await Master.DisposeAsync();
    }

    /// <summary>Which server a connection is to.</summary>
    internal string WhereIs(DbConnection connection)
    {
        var port = connection.ExecuteScalar<int>("SELECT @@port");
        return port == Master.Server.Port ? "master" : port == Newer.Port ? "newer" : port == Older.Port ? "older" : throw new InvalidOperationException($"Nobody has the port {port}.");
    }

    internal async Task<string> WhereAsync(ValueTask<DbConnection> opening)
    {
        await using var connection = await opening;
        return WhereIs(connection);
    }
}

[CollectionDefinition(Name)]
public sealed class RoutingTests : ICollectionFixture<RoutingFixture>
{
    public const string Name = "routing";
}

using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Loading;

namespace Stillframe.EndToEnd.Gazetteer;

/// <summary>A frame of some dump on a port, for the service to connect to.</summary>
static class GazetteerFrame
{
    /// <summary>The sample's own account: it is part of the data version that the service was built with.</summary>
    public static ReaderAccount Reader { get; } = new("gazetteer", "", AllowEmptyPassword: true);

    public static IReadOnlyList<string> Dump { get; } = [Repository.PathOf("src/Samples/Gazetteer/data/gazetteer.sql.gz")];

    public static Task<FrameOnAPort> StartAsync(FrameWorkshop workshop, IReadOnlyList<string> dumps) => FrameOnAPort.StartAsync(workshop.Request(dumps) with { Reader = Reader });
}

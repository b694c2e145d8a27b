using Stillframe.Engines;
using Stillframe.Serving;

namespace Stillframe.Testing;

/// <summary>What all handles of one frame have in common.</summary>
/// <param name="Reader">The frame as production has it; null where nobody says its reader's password.</param>
sealed record RunningFrame(ServedFrame Frame, ServedServer? Reader)
{
    public string DataVersion => Frame.DataVersion;

    /// <exception cref="StillframeException">SF1101; whatever <see cref="ServedFrame"/> throws.</exception>
    public static async Task<RunningFrame> StartAsync(string image, FrameOptions options, CancellationToken cancellationToken)
    {
        var frame = await ServedFrame.OpenAsync(image, Kind(options.Engine!), new TestLog(options.Log), cancellationToken);
        var reader = options.Password is { } password ? await frame.ReadAsync(new(options.User!, password, AllowEmptyPassword: true), cancellationToken) : null;
        frame.BeginScratch();
        return new(frame, reader);
    }

    public Task<ServedServer> ScratchAsync(CancellationToken cancellationToken) => Frame.ScratchAsync(cancellationToken);

    static EngineKind Kind(string name) => Enum.TryParse<EngineKind>(name, ignoreCase: true, out var kind) && !char.IsAsciiDigit(name[0])
        ? kind
        : throw new StillframeException(ErrorCodes.OptionInvalid, $"'{name}' is no engine. Set FrameOptions.Engine, or DatabaseEngine in the environment, to auto, docker, podman or embedded.");
}

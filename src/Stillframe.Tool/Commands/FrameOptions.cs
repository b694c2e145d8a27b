using System.CommandLine;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Inspection;
using Stillframe.Loading;
using Stillframe.Verification;

namespace Stillframe.Tool.Commands;

/// <summary>A frame to be started, and by what.</summary>
sealed class FrameOptions
{
    public Argument<string> Frame { get; } = new("FRAME") { Description = "Reference (HOST/REPOSITORY:TAG), directory of an image layout, or .tar archive" };

    public Option<EngineKind> Engine { get; } =
        EngineOption("What starts it: auto (docker, podman, then its own files on this machine), docker, podman, local or embedded (both: its own files)");

    public ReaderOptions Reader { get; } = new();

    /// <param name="use">Gets the frame in a place where it can be started; both are gone after it.</param>
    public async Task<int> StageAsync(
        ParseResult result, IReporter reporter, Func<IFrameStage, FrameContents, ReaderAccount, Task<int>> use, CancellationToken cancellationToken)
    {
        var engine = await FrameStages.ChooseAsync(result.GetValue(Engine), reporter, cancellationToken);
        await using var frame = await OpenedFrame.OpenAsync(result.GetRequiredValue(Frame), new(), reporter, cancellationToken);
        await using var stage = await FrameStages.CreateAsync(frame.Image, engine, null, reporter, cancellationToken);
        return await use(stage, frame.Contents, Reader.Read(result));
    }

    public static Option<EngineKind> EngineOption(string description) => new("--engine")
    {
        Description = description,
        HelpName = "ENGINE",
        CustomParser = result => Enum.TryParse<EngineKind>(result.Tokens[0].Value, ignoreCase: true, out var kind) && !char.IsAsciiDigit(result.Tokens[0].Value[0])
            ? kind
            : Refuse(result),
    };

    static EngineKind Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"'{result.Tokens[0].Value}' is no engine: it can be auto, docker, podman, local or embedded");
        return default;
    }
}

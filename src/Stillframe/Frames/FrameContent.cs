using Stillframe.Loading;

namespace Stillframe.Frames;

/// <summary>What a frame holds besides the dumps' tables.</summary>
/// <param name="Reader">Its one account.</param>
/// <param name="ServerOptions">As in <see cref="FrameRequest.ServerOptions"/>.</param>
/// <param name="Facts">The row of <c>stillframe.image</c>.</param>
/// <param name="Clock">What the server's clock shows while rows are loaded.</param>
/// <param name="Inputs">Written into its link map.</param>
sealed record FrameContent(
    ReaderAccount Reader, IReadOnlyDictionary<string, string> ServerOptions, IReadOnlyList<ImageFact> Facts, DateTimeOffset Clock, FrameInputs Inputs);

namespace Stillframe.Testing;

/// <summary>A frame could not be found or started. The message begins with a code, says what happened, and what to do.</summary>
public sealed class FrameException : Exception
{
    internal FrameException(StillframeException cause)
        : base($"{cause.Code}: {cause.Message}", cause) => Code = cause.Code;

    /// <summary>Such as <c>SF4002</c>; README has the list.</summary>
    public string Code { get; }
}

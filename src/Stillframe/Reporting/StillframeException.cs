using System.Globalization;

namespace Stillframe.Reporting;

/// <summary>A place in an input file, as error messages show it.</summary>
/// <param name="File">Path as the user gave it.</param>
/// <param name="Line">Line, from 1; 0 where a line makes no sense.</param>
/// <param name="Offset">Byte offset in the uncompressed text, from 0.</param>
public sealed record SourceLocation(string File, long Line = 0, long Offset = 0)
{
    /// <summary><c>file:line</c></summary>
    public override string ToString() => Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}") : File;
}

/// <summary>
/// Something a user can act on: one code of <see cref="ErrorCodes"/>, one sentence of what happened, one of what to do.
/// Every error that leaves this library on purpose is of this type; edges print it without a stack trace.
/// </summary>
public sealed class StillframeException : Exception
{
    /// <summary>With the code, the sentences and the place that are shown.</summary>
    public StillframeException(string code, string message, SourceLocation? location = null, Exception? innerException = null)
        : base(message, innerException) =>
        (Code, Location) = (code, location);

    /// <summary>One of <see cref="ErrorCodes"/>, such as <c>SF1003</c>.</summary>
    public string Code { get; }

    /// <summary>The file, line and offset that are to blame, where there are any.</summary>
    public SourceLocation? Location { get; }
}

using Stillframe.Dumps;

namespace Stillframe.Loading;

/// <summary>One table of a frame, as it was after the load.</summary>
/// <param name="Checksum">What <c>CHECKSUM TABLE</c> gave; null for views.</param>
public sealed record FrameTable(string Schema, string Name, long Rows, long? Checksum)
{
    internal TableName FullName => new(Schema, Name);
}

namespace Stillframe.Records;

/// <summary>A column's values as the server has them in memory.</summary>
abstract class RecordField
{
    /// <summary>Writes a value that is not NULL.</summary>
    /// <param name="text">As a result has it, in UTF-8.</param>
    /// <returns>False for a value whose bytes do not follow from its text, or of which that is not proved.</returns>
    public abstract bool TryWrite(ReadOnlySpan<byte> text, RecordImage target);
}

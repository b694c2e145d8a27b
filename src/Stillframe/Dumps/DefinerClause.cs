namespace Stillframe.Dumps;

/// <summary>The <c>DEFINER = user</c> of a view, trigger, routine or event.</summary>
public static class DefinerClause
{
    /// <summary>
    /// The statement with its definer replaced, also where the clause stands in a version comment; the same bytes where it has none.
    /// </summary>
    /// <param name="definer">As SQL, such as <c>`frame`@`localhost`</c>.</param>
    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> statement, string definer, LexicalModes modes = LexicalModes.None) =>
        throw new NotImplementedException();
}

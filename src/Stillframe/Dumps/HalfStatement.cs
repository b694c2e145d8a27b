namespace Stillframe.Dumps;

/// <summary>The last statement of a file may lack its delimiter, but not its end.</summary>
internal static class HalfStatement
{
    public static bool IsOne(ReadOnlySpan<byte> text, LexicalModes modes)
    {
        var tokens = new SqlTokens(text, modes, VersionComments.All);
        var depth = 0;
        var endsInComma = false;
        while (tokens.MoveNext())
        {
            depth += tokens.IsSymbol('(') ? 1 : tokens.IsSymbol(')') ? -1 : 0;
            endsInComma = tokens.IsSymbol(',');
        }

        return depth > 0 || endsInComma;
    }
}

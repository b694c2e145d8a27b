namespace Stillframe.Dumps;

internal static class CreateTableStatement
{
    /// <summary>CREATE TABLE … LIKE or … SELECT.</summary>
    public static bool DependsOnAnother(ReadOnlySpan<byte> text, LexicalModes modes)
    {
        var tokens = new StatementHead(text, modes).Tokens;
        while (tokens.Take("IF"u8) || tokens.Take("NOT"u8) || tokens.Take("EXISTS"u8))
        {
        }

        QualifiedName.Read(ref tokens);
        tokens.TakeSymbol('(');
        if (tokens.Is("LIKE"u8))
            return true;
        do
        {
            if (tokens.Is("SELECT"u8))
                return true;
        }
        while (tokens.MoveNext());
        return false;
    }
}

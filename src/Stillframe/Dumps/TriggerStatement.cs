namespace Stillframe.Dumps;

internal static class TriggerStatement
{
    /// <summary>The table behind <c>ON</c>.</summary>
    public static QualifiedName Table(DumpStatement statement)
    {
        var tokens = new StatementHead(statement.Text.Span, statement.Modes).Tokens;
        while (tokens.Kind != TokenKind.End)
        {
            if (tokens.Take("ON"u8))
                return QualifiedName.Read(ref tokens);
            tokens.MoveNext();
        }

        return default;
    }
}

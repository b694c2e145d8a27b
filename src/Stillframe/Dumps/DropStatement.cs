namespace Stillframe.Dumps;

internal static class DropStatement
{
    public static bool IsIfExists(DumpStatement statement) =>
        new StatementHead(statement.Text.Span, statement.Modes).Tokens.Is("IF"u8);
}

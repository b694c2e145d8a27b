namespace Stillframe.Dumps;

internal static class OtherStatement
{
    /// <summary>Of the kind <see cref="StatementKind.Other"/>, those that change no table's rows.</summary>
    public static bool TouchesNoRows(DumpStatement statement)
    {
        var head = new StatementHead(statement.Text.Span, statement.Modes);
        return head.Verb is "SELECT" or "ANALYZE" or "OPTIMIZE" or "CHECK" or "PREPARE" or "DEALLOCATE"
            || (head.Verb is "ALTER" && head.Object is "DATABASE" or "SCHEMA")
            || (head.Verb is "CREATE" && head.Object is "SEQUENCE")
            || (head.Verb is "DO" && head.Object is "SETVAL"); // mariadb-dump, of a sequence
    }
}

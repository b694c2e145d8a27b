namespace Stillframe.Dumps;

/// <summary>Follows transactions, to see whether every row that a dump brings is there at its end.</summary>
internal sealed class Transactions
{
    bool isOpen;
    bool hasRows;
    bool commitsEach = true;

    /// <summary>Why rows may be taken back; the middle of a sentence, null where none are.</summary>
    public string? OrderedBecause { get; private set; }

    /// <summary>To be called for each statement that is run.</summary>
    public void See(DumpStatement statement, bool commitsEach)
    {
        if (commitsEach && !this.commitsEach)
            Commit();
        this.commitsEach = commitsEach;
        switch (statement.Kind)
        {
            case StatementKind.Rows:
                hasRows |= isOpen || !commitsEach;
                break;
            case StatementKind.Transaction:
                var head = new StatementHead(statement.Text.Span, statement.Modes);
                if (head.Verb == "ROLLBACK")
                    OrderedBecause ??= $"rows are rolled back ({statement.Location})";
                if (head.Verb is "BEGIN" or "START" or "COMMIT" or "ROLLBACK")
                    Commit();
                isOpen = head.Verb is "BEGIN" or "START" || (isOpen && head.Verb is "SAVEPOINT" or "RELEASE");
                if (head.Verb is "COMMIT" or "ROLLBACK" && EndsOtherwise(head.Tokens))
                    OrderedBecause ??= $"a transaction ends in an unusual way ({statement.Location})";
                break;
            case StatementKind.Session or StatementKind.UseSchema or StatementKind.Other or StatementKind.LockTables:
                break;
            default:
                Commit(); // what defines something commits what came before it
                break;
        }
    }

    /// <summary>A file is a session, and what a session has not committed is gone.</summary>
    public void EndFile(string file, bool commitsEach)
    {
        if (commitsEach && !this.commitsEach)
            Commit();
        if (hasRows)
            OrderedBecause ??= $"'{file}' ends before its last rows are committed";
        (isOpen, this.commitsEach) = (false, true);
        Commit();
    }

    void Commit() => (isOpen, hasRows) = (false, false);

    /// <summary><c>AND CHAIN</c>, <c>RELEASE</c>.</summary>
    static bool EndsOtherwise(SqlTokens tokens)
    {
        while (tokens.Kind != TokenKind.End)
        {
            if (tokens.Is("CHAIN"u8) || tokens.Is("RELEASE"u8))
                return true;
            tokens.MoveNext();
        }

        return false;
    }
}

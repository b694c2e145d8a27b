using System.Text;

namespace Stillframe.Dumps;

/// <summary>Reads one dump file: splits, judges and classifies its statements.</summary>
/// <param name="inherited">The schema that an earlier file named last; null where there is none.</param>
internal sealed class DumpFileReader(
    string file,
    string? inherited,
    DumpOptions options,
    IReporter reporter,
    CancellationToken cancellationToken)
{
    readonly DumpComments _comments = new(file);
    readonly PreparedStatements _prepared = new();
    readonly HashSet<string> _skippedSchemas = new(StringComparer.OrdinalIgnoreCase);
    string? _current;
    bool _rowsMayCall;
    Judgement? _reachingProcedure;

    /// <summary>Known when the file has been read to its end.</summary>
    public DumpSource Source => _comments.Source;

    /// <summary>The last schema that a USE named.</summary>
    public string? CurrentSchema => _current ?? inherited;

    /// <summary>The schema taken for statements that name none; null while there are no such statements.</summary>
    public string? DefaultSchema { get; private set; }

    /// <summary><see cref="DefaultSchema"/> comes from the file's name and nothing better.</summary>
    public bool IsNamedByFile { get; private set; }

    public SessionState Session { get; } = new();

    /// <summary>The first one that a statement names; null while none does.</summary>
    public MySqlCollation? Collation { get; private set; }

    public IEnumerable<DumpStatement> Read(Stream text)
    {
        var splitter = new StatementSplitter(new ByteWindow(text, file, options), file, _comments.Read);
        var isEmpty = true;
        while (MoveNext(splitter, text, out var statement))
        {
            cancellationToken.ThrowIfCancellationRequested();
            isEmpty = false;
            if (statement is not null)
                yield return statement;
        }

        RefuseOpen();
        if (isEmpty && !_comments.FromTool)
            throw DumpText.Empty(file);
    }

    /// <param name="statement">Null where there is nothing to run.</param>
    bool MoveNext(StatementSplitter splitter, Stream text, out DumpStatement? statement)
    {
        try
        {
            var found = splitter.MoveNext(out var split);
            statement = found ? Understand(split) : null;
            splitter.Modes = Session.Modes;
            return found;
        }
        catch (StillframeException)
        {
            (text as GzipText)?.Check();
            throw;
        }
    }

    /// <exception cref="StillframeException">SF1003 where what a tool writes at the end of a dump has not come.</exception>
    void RefuseOpen()
    {
        _comments.RefuseOpen();
        if (Session.NotesAreOff)
            throw new StillframeException(
                ErrorCodes.DumpCutOff,
                $"'{file}' is cut off: it saves SQL_NOTES at its start, as a dump tool does, but does not restore it at its end. "
                + "Make the dump again and see that it is copied whole.",
                new(file));
    }

    DumpStatement? Understand(SplitStatement split)
    {
        if (!split.Ended)
            RefuseOpen();
        if (split.ClientCommand is { } command)
            return ClientCommand(split, command);
        var modes = Session.Modes;
        var raw = split.Text.Span;
        var head = new StatementHead(raw, modes);
        if (head.Verb is "INSERT" or "REPLACE" && !head.SawVersionComment && InsertHead.Read(head.Tokens, head.Verb == "REPLACE") is { Values: >= 0 } insert
            && !LineEnds.AreInQuotes(raw, modes) && !VersionCommentText.IsIn(raw, modes))
        {
            if (!split.Ended)
                RefuseHalf(split, modes);
            return Place(split, StatementKind.Rows, insert.Table); // what its values may be is seen where they are hashed
        }

        return Understand(split, LineEnds.Normalize(VersionCommentText.Resolve(split.Text, modes, split.Location)), modes);
    }

    /// <param name="resolved">The statement as the server will get it.</param>
    DumpStatement? Understand(SplitStatement split, ReadOnlyMemory<byte> resolved, LexicalModes modes)
    {
        var text = resolved.Span;
        var head = new StatementHead(text, modes);
        var hadComments = !resolved.Equals(split.Text);
        if (head.IsEmpty)
            return hadComments ? New(split, StatementKind.Ignored) with { NotNeeded = "a comment for other servers" } : null;

        var judgement = StatementRules.Judge(text, head, modes, _comments.FromTool);
        if (judgement.Verdict == Verdict.Ignore)
        {
            _comments.ReadPosition(Encoding.UTF8.GetString(text));
            return New(split, StatementKind.Ignored) with { NotNeeded = judgement.Reason };
        }

        var isSeenThrough = head.Verb is "PREPARE" or "EXECUTE" or "DEALLOCATE" && _prepared.IsSeenThrough(text, head, modes);
        if (!isSeenThrough && Refuse(split, judgement) is { } refused)
            return refused;
        if (ForbiddenParts.Find(text, head, modes) is { } part)
            return head.Verb is "SELECT" or "WITH" or "(" or "VALUES" || part.StartsWith("SONAME", StringComparison.Ordinal)
                ? Refuse(split, ErrorCodes.StatementRefused, $"{part}. Such a statement does not belong in a frame. ")
                : throw new StillframeException(ErrorCodes.StatementRefused, $"{part}. Take that out of the dump.", split.Location);

        if (head is { Verb: "CREATE", Object: "TRIGGER" or "FUNCTION" or "PROCEDURE" or "PACKAGE" })
            RefuseBody(split, text, head.Object, modes);
        var statement = split with { Text = resolved };
        if (!split.Ended)
            RefuseHalf(statement, modes);
        var found = isSeenThrough ? new(StatementKind.Session) : StatementClassifier.Classify(split.Text.Span, text, head, modes);
        if (found.Kind is StatementKind.Other or StatementKind.Session && ValueWords.SpeaksOfConnection(text, modes))
            throw new StillframeException(ErrorCodes.StatementRefused, RowRules.ConnectionMatters, split.Location);
        if (Collation is null && MySqlCollation.In(text, modes, split.Location) is { } collation)
        {
            Collation = collation;
            reporter.Warning(ErrorCodes.CollationUnknown, collation.Warning, collation.Location);
        }

        if (found.Kind != StatementKind.Session)
            Session.Taint(text, modes);
        if (found.Kind == StatementKind.Session && !isSeenThrough)
        {
            _prepared.Note(text, head, modes);
            Session.Run(text, head, modes, split.Text.Span.StartsWith("/*!40111 "u8), split.Location);
            if (SetStatement.Parse(head.Tokens).TrueForAll(one => SessionVariables.IsOfReplication(one.Name)))
                return New(statement, StatementKind.Ignored) with { NotNeeded = "it is about the log of the server that was dumped" };
        }

        if (found.Kind is not (StatementKind.Session or StatementKind.Rows) && ReservedSchemas.NamedIn(text, modes) is { } reserved)
            return RefuseReserved(split, reserved, ReservedSchemas.Owner(reserved)!);
        return Place(statement, found.Kind, found.Name) with { More = found.More ?? [], IsAsInFile = !hadComments };
    }

    /// <exception cref="StillframeException">SF1006 where rows could set something going that a dump may not do itself.</exception>
    void RefuseBody(SplitStatement split, ReadOnlySpan<byte> text, string kind, LexicalModes modes)
    {
        var (worst, calls) = ProgramBody.Judge(text, modes, kind is "TRIGGER" or "FUNCTION");
        if (kind is "TRIGGER" or "FUNCTION")
            _rowsMayCall |= calls;
        if (worst.Verdict != Verdict.Run && kind is "PROCEDURE")
            _reachingProcedure ??= worst;
        var found = kind is "PROCEDURE" ? (_rowsMayCall ? _reachingProcedure : null)
            : worst.Verdict != Verdict.Run ? worst
            : calls ? _reachingProcedure : null;
        if (found is { } reason)
            throw new StillframeException(
                ErrorCodes.StatementRefused,
                $"{reason.Name}: {reason.Reason}. Such a statement stands in a program that rows can set going. Take it out of the dump.", split.Location);
    }

    /// <summary>Null where the statement is to be run.</summary>
    DumpStatement? Refuse(SplitStatement split, Judgement judgement)
    {
        if (judgement.Verdict == Verdict.Run)
            return null;
        if (!split.Ended && judgement.Reason == StatementRules.Unknown)
            throw CutOff(split);
        var what = $"{judgement.Name}: {judgement.Reason}. Such a statement does not belong in a frame. ";
        if (judgement.MayBeAllowed && options.AllowedStatements.Any(name => name.Trim().Equals(judgement.Name, StringComparison.OrdinalIgnoreCase)))
        {
            reporter.Warning(ErrorCodes.StatementRefused, $"{judgement.Name}: {judgement.Reason}. It is run, as DatabaseDumpAllowedStatements says.", split.Location);
            return null;
        }

        var allow = judgement.MayBeAllowed ? $", or let it through with '{judgement.Name}' in DatabaseDumpAllowedStatements" : "";
        return judgement.Verdict == Verdict.Forbid
            ? throw new StillframeException(ErrorCodes.StatementRefused, what + $"Without it, the frame would not be what the dump says: take it out of the dump yourself{allow}.", split.Location)
            : Refuse(split, ErrorCodes.StatementRefused, what);
    }

    DumpStatement ClientCommand(SplitStatement split, string command)
    {
        var what = $"The client command '{command}' does not belong in a frame: dumps are not run by a command-line client. ";
        if (ClientCommands.ChangesMeaning(command))
            throw new StillframeException(
                ErrorCodes.ClientCommandRefused, what + "What follows depends on it: take it out, and name each file that it would read as a DatabaseDump of its own.", split.Location);
        return Refuse(split, ErrorCodes.ClientCommandRefused, what);
    }

    DumpStatement Place(SplitStatement split, StatementKind kind, QualifiedName name)
    {
        var ofSchema = kind is StatementKind.UseSchema or StatementKind.CreateSchema or StatementKind.DropSchema;
        var schema = name.Schema ?? _current;
        var inDefault = schema is null && name.Name is not null && !ofSchema;
        if (inDefault)
            schema = DefaultSchema ??= FindDefaultSchema();
        if (kind == StatementKind.UseSchema)
            _current = name.Schema ?? _current;
        else if (ReservedSchemas.Owner(schema) is { } owner && kind is not (StatementKind.Session or StatementKind.Transaction))
            return RefuseReserved(split, schema!, owner);
        return New(split, kind) with { Schema = schema, Table = name.Name, InDefaultSchema = inDefault };
    }

    DumpStatement New(SplitStatement split, StatementKind kind) =>
        new() { Kind = kind, Text = split.Text, Location = split.Location, Modes = Session.Modes };

    string FindDefaultSchema()
    {
        if ((options.DefaultSchema ?? _comments.Source.Database ?? inherited) is { Length: > 0 } named)
            return named;
        IsNamedByFile = true;
        var name = Path.GetFileName(file);
        name = Path.GetExtension(name).Equals(".gz", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(name) : name;
        return Path.GetFileNameWithoutExtension(name) is { Length: > 0 } stem ? stem : name;
    }

    DumpStatement Refuse(SplitStatement split, string code, string what)
    {
        if (options.RefusedStatements == RefusedStatements.Error)
            throw new StillframeException(
                code, what + "Take it out of the dump, or set DatabaseDumpRefusedStatements to skip to leave such statements out.", split.Location);
        reporter.Warning(code, what + "It is left out.", split.Location);
        return New(split, StatementKind.Refused);
    }

    DumpStatement RefuseReserved(SplitStatement split, string schema, string owner)
    {
        if (options.RefusedStatements == RefusedStatements.Error)
            throw new StillframeException(
                ErrorCodes.SchemaReserved,
                $"The dump makes something in the schema '{schema}', which belongs to {owner}. Dump your own databases only "
                + "(--databases instead of --all-databases), or set DatabaseDumpRefusedStatements to skip to leave it out.",
                split.Location);
        if (_skippedSchemas.Add(schema))
            reporter.Warning(
                ErrorCodes.SchemaReserved, $"The schema '{schema}' belongs to {owner}; all that the dump has for it is left out.", split.Location);
        return New(split, StatementKind.Refused) with { Schema = schema };
    }

    /// <summary>The last statement of a file may lack its delimiter, but not its end.</summary>
    void RefuseHalf(SplitStatement split, LexicalModes modes)
    {
        var tokens = new SqlTokens(split.Text.Span, modes, VersionComments.All);
        var depth = 0;
        var endsInComma = false;
        while (tokens.MoveNext())
        {
            depth += tokens.IsSymbol('(') ? 1 : tokens.IsSymbol(')') ? -1 : 0;
            endsInComma = tokens.IsSymbol(',');
        }

        if (depth > 0 || endsInComma)
            throw CutOff(split);
    }

    StillframeException CutOff(SplitStatement split) => new(
        ErrorCodes.DumpCutOff, $"'{file}' is cut off: it ends inside a statement. Make the dump again and see that it is copied whole.", split.Location);
}

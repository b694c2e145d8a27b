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
    readonly DumpComments comments = new(file);
    readonly PreparedStatements prepared = new();
    readonly ProgramRules programs = new();
    readonly Refusals refusals = new(options, reporter);
    readonly FileSchemas schemas = new(file, inherited, options.DefaultSchema);

    /// <summary>Known when the file has been read to its end.</summary>
    public DumpSource Source => comments.Source;

    /// <summary>The last schema that a USE named.</summary>
    public string? CurrentSchema => schemas.Last;

    /// <summary>The schema taken for statements that name none; null while there are no such statements.</summary>
    public string? DefaultSchema => schemas.Default;

    /// <inheritdoc cref="FileSchemas.IsNamedByFile"/>
    public bool IsNamedByFile => schemas.IsNamedByFile;

    public SessionState Session { get; } = new(options.Server == ServerKind.MySql ? LexicalModes.MySql : LexicalModes.None);

    /// <summary>The first one that a statement names; null while none does.</summary>
    public MySqlCollation? Collation { get; private set; }

    public IEnumerable<DumpStatement> Read(Stream text)
    {
        var splitter = new StatementSplitter(new ByteWindow(text, file, options), file, comments.Read);
        var isEmpty = true;
        while (MoveNext(splitter, text, out var statement))
        {
            cancellationToken.ThrowIfCancellationRequested();
            isEmpty = false;
            if (statement is not null)
                yield return statement;
        }

        RefuseOpen();
        if (isEmpty && !comments.FromTool)
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
        comments.RefuseOpen();
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
        {
            refusals.LeaveOutCommand(command, split.Location);
            return Refused(split);
        }

        var modes = Session.Modes;
        var raw = split.Text.Span;
        var head = new StatementHead(raw, modes);
        if (head.Verb is "INSERT" or "REPLACE" && !head.SawVersionComment && InsertHead.Read(head.Tokens, head.Verb == "REPLACE") is { Values: >= 0 } insert
            && !LineEnds.AreInQuotes(raw, modes) && !VersionCommentText.IsIn(raw, modes))
        {
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

        var judgement = StatementRules.Judge(text, head, modes, comments.FromTool);
        if (judgement.Verdict == Verdict.Ignore)
        {
            comments.ReadPosition(Encoding.UTF8.GetString(text));
            return New(split, StatementKind.Ignored) with { NotNeeded = judgement.Reason };
        }

        var isSeenThrough = head.Verb is "PREPARE" or "EXECUTE" or "DEALLOCATE" && prepared.IsSeenThrough(text, head, modes);
        if (!isSeenThrough && judgement.Verdict != Verdict.Run)
        {
            if (!split.Ended && judgement.Reason == StatementRules.Unknown)
                throw CutOff(split);
            if (refusals.LeaveOut(judgement, split.Location))
                return Refused(split);
        }

        if (ForbiddenParts.Find(text, head, modes) is { } part)
        {
            if (head.Verb is not ("SELECT" or "WITH" or "(" or "VALUES") && !part.StartsWith("SONAME", StringComparison.Ordinal))
                throw new StillframeException(ErrorCodes.StatementRefused, $"{part}. Take that out of the dump.", split.Location);
            refusals.LeaveOut(ErrorCodes.StatementRefused, $"{part}. Such a statement does not belong in a frame. ", split.Location);
            return Refused(split);
        }

        if (head is { Verb: "CREATE", Object: "TRIGGER" or "FUNCTION" or "PROCEDURE" or "PACKAGE" })
            programs.Refuse(text, head.Object, modes, split.Location);
        var statement = split with { Text = resolved };
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
            prepared.Note(text, head, modes);
            Session.Run(text, head, modes, split.Text.Span.StartsWith("/*!40111 "u8), split.Location);
            if (SetStatement.Parse(head.Tokens).TrueForAll(one => SessionVariables.IsOfReplication(one.Name)))
                return New(statement, StatementKind.Ignored) with { NotNeeded = "it is about the log of the server that was dumped" };
        }

        if (found.Kind is not (StatementKind.Session or StatementKind.Rows) && ReservedSchemas.NamedIn(text, modes) is { } reserved)
            return RefuseReserved(split, reserved, ReservedSchemas.Owner(reserved)!);
        return Place(statement, found.Kind, found.Name) with { More = found.More ?? [], IsAsInFile = !hadComments };
    }

    DumpStatement Refused(SplitStatement split) => New(split, StatementKind.Refused);

    DumpStatement RefuseReserved(SplitStatement split, string schema, string owner)
    {
        refusals.LeaveOutReserved(schema, owner, split.Location);
        return Refused(split) with { Schema = schema };
    }

    DumpStatement Place(SplitStatement split, StatementKind kind, QualifiedName name)
    {
        var ofSchema = kind is StatementKind.UseSchema or StatementKind.CreateSchema or StatementKind.DropSchema;
        var schema = name.Schema ?? schemas.Current;
        var inDefault = schema is null && name.Name is not null && !ofSchema;
        if (inDefault)
            schema = schemas.UseDefault(comments.Source.Database);
        if (kind == StatementKind.UseSchema)
            schemas.Use(name.Schema);
        else if (ReservedSchemas.Owner(schema) is { } owner && kind is not (StatementKind.Session or StatementKind.Transaction))
            return RefuseReserved(split, schema!, owner);
        var placed = New(split, kind) with { Schema = schema, Table = name.Name, InDefaultSchema = inDefault };
        return kind == StatementKind.Rows && options.LeavesOut(placed.On) ? placed with { Kind = StatementKind.Ignored, NotNeeded = "its table is to have no rows (DatabaseExclude)" } : placed;
    }

    DumpStatement New(SplitStatement split, StatementKind kind) =>
        new() { Kind = kind, Text = split.Text, Location = split.Location, Modes = Session.Modes };

    void RefuseHalf(SplitStatement split, LexicalModes modes)
    {
        if (!split.Ended && HalfStatement.IsOne(split.Text.Span, modes))
            throw CutOff(split);
    }

    StillframeException CutOff(SplitStatement split) => CutOffDump.Error(file, "inside a statement", split.Location);
}

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
    readonly HashSet<string> _skippedSchemas = new(StringComparer.OrdinalIgnoreCase);
    string? _current;

    /// <summary>Known when the file has been read to its end.</summary>
    public DumpSource Source => _comments.Source;

    /// <summary>The last schema that a USE named.</summary>
    public string? CurrentSchema => _current ?? inherited;

    /// <summary>The schema taken for statements that name none; null while there are no such statements.</summary>
    public string? DefaultSchema { get; private set; }

    /// <summary><see cref="DefaultSchema"/> comes from the file's name and nothing better.</summary>
    public bool IsNamedByFile { get; private set; }

    public SessionState Session { get; } = new();

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
            return Refuse(
                split, ErrorCodes.ClientCommandRefused,
                $"The client command '{command}' has no business in a frame: dumps are not run by a command-line client. ");
        var text = split.Text.Span;
        var modes = Session.Modes;
        var head = new StatementHead(text, modes);
        switch (RefusedStatementRules.Judge(text, head, modes, _comments.FromTool, out var what))
        {
            case Verdict.Refuse:
                return Refuse(split, ErrorCodes.StatementRefused, $"{what}. Such a statement has no business in a frame. ");
            case Verdict.Ignore:
                _comments.ReadPosition(Encoding.UTF8.GetString(text));
                return New(split, StatementKind.Ignored);
        }

        if (head.IsEmpty)
            return head.SawVersionComment ? New(split, StatementKind.Ignored) : null;
        var found = StatementClassifier.Classify(text, head, modes);
        if (!split.Ended)
            RefuseHalf(split, modes);
        if (found.Kind == StatementKind.Session)
            Session.Run(text, head, modes);
        return Place(split, found.Kind, found.Name);
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
            throw new StillframeException(
                ErrorCodes.DumpCutOff,
                $"'{file}' is cut off: it ends inside a statement. Make the dump again and see that it is copied whole.",
                split.Location);
    }
}

using Stillframe.Dumps;

namespace Stillframe.Masking;

/// <summary>Masks the rows of a dump that is run statement by statement, and refuses what would bring rows past the masks. For one thread.</summary>
sealed class StatementMasker(DumpMasks masks) : IDisposable
{
    readonly Dictionary<TableName, RowMasker?> maskers = [];
    readonly List<(DumpStatement Statement, HashSet<string> Words)> programs = [];
    bool programsAreSafe = true;

    /// <returns>The statement's text as it is to be run, until the next one is asked for.</returns>
    /// <exception cref="StillframeException">SF1023.</exception>
    public ReadOnlyMemory<byte> Apply(DumpStatement statement)
    {
        if (masks.IsNone)
            return statement.Text;
        switch (statement.Kind)
        {
            case StatementKind.Rows:
                return Rows(statement);
            case StatementKind.Trigger or StatementKind.Routine:
                programs.Add((statement with { Text = default }, WordsOf(statement)));
                programsAreSafe = false;
                break;
            case StatementKind.Other when !OtherStatement.TouchesNoRows(statement):
                throw MaskErrors.Row("A statement reads or changes rows, which could bring values past the masks (DatabaseMask). Dump with a tool, which writes rows in INSERT … VALUES alone.", statement.Location);
        }

        return statement.Text;
    }

    public void Dispose()
    {
        foreach (var masker in maskers.Values)
            masker?.Dispose();
    }

    ReadOnlyMemory<byte> Rows(DumpStatement statement)
    {
        if (!masks.Knows(statement.On))
            throw MaskErrors.Row($"Rows are for {statement.On}, which the dump does not make by this name: its masks (DatabaseMask) are not known.", statement.Location);
        if (!programsAreSafe)
            RequireSafePrograms();
        if (!maskers.TryGetValue(statement.On, out var masker))
            maskers.Add(statement.On, masker = masks.MaskerOf(statement.On));
        return masker is null ? statement.Text : masker.Apply(statement.Text, statement.Modes, statement.Location);
    }

    /// <summary>What a trigger puts into another table is masked as its own table is, and not as that one would be.</summary>
    void RequireSafePrograms()
    {
        foreach (var (trigger, words) in programs.Where(program => program.Statement.Kind == StatementKind.Trigger))
        {
            var reached = Reached(words);
            if (masks.Tables.FirstOrDefault(table => reached.Contains(table.Name.Name)) is { } masked)
                throw MaskErrors.Row(
                    $"The trigger {trigger.Table} comes before rows and has to do with {masked.Name}, which has masks (DatabaseMask): it may write there what is not masked. Dump with a tool, which writes triggers after the rows.",
                    trigger.Location);
        }

        programsAreSafe = true;
    }

    /// <summary>The words of a trigger, and of the routines that it may call.</summary>
    HashSet<string> Reached(HashSet<string> words)
    {
        var reached = new HashSet<string>(words, StringComparer.OrdinalIgnoreCase);
        var routines = programs.Where(program => program.Statement.Kind == StatementKind.Routine).ToList();
        while (routines.RemoveAll(routine =>
        {
            if (!reached.Contains(routine.Statement.Table ?? ""))
                return false;
            reached.UnionWith(routine.Words);
            return true;
        }) > 0)
        {
        }

        return reached;
    }

    /// <summary>All words and names; of a trigger, those behind <c>FOR EACH ROW</c>.</summary>
    static HashSet<string> WordsOf(DumpStatement statement)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var tokens = new SqlTokens(statement.Text.Span, statement.Modes, VersionComments.All);
        while (tokens.MoveNext())
        {
            if (statement.Kind == StatementKind.Trigger && tokens.Is("EACH"u8))
                words.Clear();
            else if (tokens.Name() is { } name)
                words.Add(name);
        }

        return words;
    }
}

using System.Globalization;

namespace Stillframe.Dumps;

/// <summary>Counts what becomes of a dump's statements, so that none is passed over without a word.</summary>
internal sealed class StatementTally
{
    readonly SortedDictionary<string, int> notNeeded = new(StringComparer.Ordinal);
    int run;

    public void Add(DumpStatement statement)
    {
        var reason = statement.Kind switch
        {
            StatementKind.Ignored => statement.NotNeeded ?? "it is about the server that was dumped",
            StatementKind.LockTables => "nobody else is at work in a build",
            StatementKind.KeysToggle => "indexes are made with the rows",
            StatementKind.Transaction => "each table's rows are one transaction, unless the dump is run in its own order",
            _ => null,
        };
        if (statement.Kind == StatementKind.Refused)
            return; // there was a warning
        if (reason is null)
            run++;
        else
            notNeeded[reason] = notNeeded.GetValueOrDefault(reason) + 1;
    }

    public void Report(IReporter reporter)
    {
        reporter.Message(Importance.Low, string.Create(CultureInfo.InvariantCulture, $"{run:N0} statements of the dump are run"));
        foreach (var (reason, count) in notNeeded)
            reporter.Message(Importance.Low, string.Create(CultureInfo.InvariantCulture, $"{count:N0} are not needed: {reason}"));
    }
}

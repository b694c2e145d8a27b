using Stillframe.Dumps;

namespace Stillframe.Loading.Bulk;

/// <summary>When a statement is run that has no rows.</summary>
enum Timing
{
    Never,
    BeforeRows,
    AfterRows,
    Both,
}

/// <summary>
/// Sorts a dump's statements into those before and after all rows. Tables are made in the dump's order; what is made of tables comes last, and
/// so does whatever works on a table after its rows.
/// </summary>
sealed class StatementTiming
{
    readonly HashSet<TableName> withRows = [];
    readonly HashSet<TableName> views = [];

    public void SawRows(DumpStatement statement) => withRows.Add(statement.On);

    /// <exception cref="OrderMattersException">Rows would be lost or come back.</exception>
    public Timing Of(DumpStatement statement)
    {
        var name = statement.On;
        switch (statement.Kind)
        {
            case StatementKind.Session or StatementKind.UseSchema:
                return Timing.Both;
            case StatementKind.Transaction or StatementKind.LockTables or StatementKind.KeysToggle or StatementKind.Rows:
                return Timing.Never;
            case StatementKind.DropTable when statement.More.Select(statement.Named).Any(withRows.Contains):
                throw new OrderMattersException($"tables are dropped after their rows ({statement.Location})");
            case StatementKind.CreateTable or StatementKind.DropTable when withRows.Contains(name):
                throw new OrderMattersException($"{name} is made again after its rows");
            case StatementKind.DropSchema when withRows.Any(table => table.Schema == name.Schema):
                throw new OrderMattersException($"{statement.Schema} is dropped after it got rows");
            case StatementKind.AlterTable when withRows.Contains(name):
                return Timing.AfterRows;
            case StatementKind.View or StatementKind.ViewPlaceholder:
                views.Add(name);
                return Timing.AfterRows;
            case StatementKind.Drop or StatementKind.DropTable when views.Contains(name):
                return Timing.AfterRows;
            case StatementKind.Trigger or StatementKind.Routine or StatementKind.Event:
                return Timing.AfterRows;
            case StatementKind.Other:
                return OfOther(statement);
            default:
                return Timing.BeforeRows;
        }
    }

    /// <summary>Those that may stand in a dump of independent tables (<see cref="DumpSummary.TablesAreIndependent"/>).</summary>
    static Timing OfOther(DumpStatement statement) => new StatementHead(statement.Text.Span, statement.Modes).Verb switch
    {
        "ANALYZE" or "OPTIMIZE" or "CHECK" => Timing.AfterRows,
        "ALTER" => Timing.Both, // of a schema: its character set, also for the triggers that follow
        _ => Timing.BeforeRows,
    };
}

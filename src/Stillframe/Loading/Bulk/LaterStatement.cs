using Stillframe.Dumps;

namespace Stillframe.Loading.Bulk;

/// <summary>A statement that is run after all rows, and those before it that it depends on, in the dump's order.</summary>
/// <param name="Statement">With bytes of its own.</param>
/// <param name="OnlyContext">SET, USE and the like: it has run already, and runs again for those that follow.</param>
sealed record LaterStatement(DumpStatement Statement, bool OnlyContext)
{
    public static LaterStatement Of(DumpStatement statement, bool onlyContext = false) =>
        new(statement with { Text = statement.Text.ToArray() }, onlyContext);
}

using Stillframe.Dumps;

namespace Stillframe.Loading.Bulk;

/// <summary>Looks for <c>@name</c>, whose value other statements of the dump have set.</summary>
static class UserVariables
{
    public static bool AreIn(ReadOnlySpan<byte> statement, LexicalModes modes)
    {
        if (statement.IndexOf((byte)'@') < 0)
            return false; // most have none in their strings either
        var tokens = new SqlTokens(statement, modes);
        while (tokens.MoveNext())
        {
            if (tokens.IsSymbol('@'))
                return true;
        }

        return false;
    }
}

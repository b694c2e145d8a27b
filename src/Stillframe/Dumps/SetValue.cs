using System.Text;

namespace Stillframe.Dumps;

/// <summary>Works out what a <c>SET</c> assigns, as far as dumps go: literals, variables, CONCAT and REPLACE.</summary>
internal ref struct SetValue
{
    readonly Func<string, string?> variables;
    SqlTokens tokens;
    bool isKnown;

    SetValue(ReadOnlySpan<byte> text, LexicalModes modes, Func<string, string?> variables)
    {
        this.variables = variables;
        isKnown = true;
        tokens = new(text, modes);
        tokens.MoveNext();
    }

    /// <param name="variables">Values of variables by name, user variables with their <c>@</c>; null where only a server can tell.</param>
    /// <param name="isKnown">False where only a server can tell.</param>
    public static string Evaluate(ReadOnlySpan<byte> text, LexicalModes modes, Func<string, string?> variables, out bool isKnown)
    {
        var value = new SetValue(text, modes, variables);
        var result = value.Terms(toTheEnd: true);
        isKnown = value.isKnown;
        return result;
    }

    string Terms(bool toTheEnd)
    {
        var value = new StringBuilder();
        while (tokens.Kind != TokenKind.End && (toTheEnd || !tokens.IsSymbol(',') && !tokens.IsSymbol(')')))
            value.Append(Term());
        return value.ToString().Trim();
    }

    string Term()
    {
        if (tokens.TakeSymbol('@'))
        {
            var isSystem = tokens.TakeSymbol('@');
            if (isSystem && (tokens.Take("SESSION"u8) || tokens.Take("LOCAL"u8) || tokens.Take("GLOBAL"u8)))
                tokens.TakeSymbol('.');
            var name = QualifiedName.Read(ref tokens).Name?.ToLowerInvariant() ?? "";
            var value = variables(isSystem ? name : "@" + name);
            isKnown &= value is not null;
            return value ?? "";
        }

        if (tokens.Is("REPLACE"u8) || tokens.Is("CONCAT"u8))
            return Call();
        var text = "";
        if (tokens.Kind == TokenKind.String)
        {
            text = tokens.Unquote();
            isKnown &= !text.Contains('\\', StringComparison.Ordinal);
        }
        else if (tokens.Kind is TokenKind.Word or TokenKind.QuotedName)
        {
            text = (tokens.SpaceBefore ? " " : "") + tokens.Name();
        }
        else if (tokens.IsSymbol('-') || tokens.IsSymbol('+') || tokens.IsSymbol('.') || tokens.IsSymbol(':'))
        {
            text = Encoding.ASCII.GetString(tokens.Bytes);
        }
        else
        {
            isKnown = false; // an expression
        }

        tokens.MoveNext();
        return text;
    }

    string Call()
    {
        var replaces = tokens.Is("REPLACE"u8);
        var arguments = new List<string>();
        tokens.MoveNext();
        while (tokens.IsSymbol('(') || tokens.IsSymbol(','))
        {
            tokens.MoveNext();
            arguments.Add(Terms(toTheEnd: false));
        }

        isKnown &= tokens.IsSymbol(')') && (!replaces || arguments.Count == 3);
        tokens.TakeSymbol(')');
        return replaces && arguments.Count == 3 && arguments[1].Length > 0
            ? arguments[0].Replace(arguments[1], arguments[2], StringComparison.OrdinalIgnoreCase)
            : string.Concat(arguments);
    }
}

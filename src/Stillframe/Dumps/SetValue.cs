using System.Text;

namespace Stillframe.Dumps;

/// <summary>Works out what a <c>SET</c> assigns, as far as dumps go: literals, variables, CONCAT and REPLACE.</summary>
internal ref struct SetValue
{
    readonly Func<string, string?> _variables;
    SqlTokens _tokens;
    bool _isKnown;

    SetValue(ReadOnlySpan<byte> text, LexicalModes modes, Func<string, string?> variables)
    {
        _variables = variables;
        _isKnown = true;
        _tokens = new(text, modes);
        _tokens.MoveNext();
    }

    /// <param name="variables">Values of variables by name, user variables with their <c>@</c>; null where only a server can tell.</param>
    /// <param name="isKnown">False where only a server can tell.</param>
    public static string Evaluate(ReadOnlySpan<byte> text, LexicalModes modes, Func<string, string?> variables, out bool isKnown)
    {
        var value = new SetValue(text, modes, variables);
        var result = value.Terms(toTheEnd: true);
        isKnown = value._isKnown;
        return result;
    }

    string Terms(bool toTheEnd)
    {
        var value = new StringBuilder();
        while (_tokens.Kind != TokenKind.End && (toTheEnd || !_tokens.IsSymbol(',') && !_tokens.IsSymbol(')')))
            value.Append(Term());
        return value.ToString().Trim();
    }

    string Term()
    {
        if (_tokens.TakeSymbol('@'))
        {
            var isSystem = _tokens.TakeSymbol('@');
            if (isSystem && (_tokens.Take("SESSION"u8) || _tokens.Take("LOCAL"u8) || _tokens.Take("GLOBAL"u8)))
                _tokens.TakeSymbol('.');
            var name = QualifiedName.Read(ref _tokens).Name?.ToLowerInvariant() ?? "";
            var value = _variables(isSystem ? name : "@" + name);
            _isKnown &= value is not null;
            return value ?? "";
        }

        if (_tokens.Is("REPLACE"u8) || _tokens.Is("CONCAT"u8))
            return Call();
        var text = "";
        if (_tokens.Kind == TokenKind.String)
        {
            text = _tokens.Unquote();
            _isKnown &= !text.Contains('\\', StringComparison.Ordinal);
        }
        else if (_tokens.Kind is TokenKind.Word or TokenKind.QuotedName)
        {
            text = (_tokens.SpaceBefore ? " " : "") + _tokens.Name();
        }
        else if (_tokens.IsSymbol('-') || _tokens.IsSymbol('+') || _tokens.IsSymbol('.') || _tokens.IsSymbol(':'))
        {
            text = Encoding.ASCII.GetString(_tokens.Bytes);
        }
        else
        {
            _isKnown = false; // an expression
        }

        _tokens.MoveNext();
        return text;
    }

    string Call()
    {
        var replaces = _tokens.Is("REPLACE"u8);
        var arguments = new List<string>();
        _tokens.MoveNext();
        while (_tokens.IsSymbol('(') || _tokens.IsSymbol(','))
        {
            _tokens.MoveNext();
            arguments.Add(Terms(toTheEnd: false));
        }

        _isKnown &= _tokens.IsSymbol(')') && (!replaces || arguments.Count == 3);
        _tokens.TakeSymbol(')');
        return replaces && arguments.Count == 3 && arguments[1].Length > 0
            ? arguments[0].Replace(arguments[1], arguments[2], StringComparison.OrdinalIgnoreCase)
            : string.Concat(arguments);
    }
}

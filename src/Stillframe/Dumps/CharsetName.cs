using System.Text;

namespace Stillframe.Dumps;

/// <summary>The character set that a column or a table names, by itself or by a collation.</summary>
internal struct CharsetName
{
    string? charset, collation;

    /// <summary>Null where none was named. A collation such as <c>uca1400_ai_ci</c> is of any character set.</summary>
    public readonly string? Value => charset ?? (collation is null or "uca1400" ? null : collation);

    /// <summary>Goes over the words for one, and stands at the name then; false where there are none.</summary>
    public bool TryRead(ref SqlTokens tokens)
    {
        var isCollation = tokens.Take("COLLATE"u8);
        if (!isCollation && !tokens.Take("CHARSET"u8))
        {
            if (!tokens.Take("CHARACTER"u8))
                return false;
            tokens.Take("SET"u8);
        }

        tokens.TakeSymbol('=');
        var name = (tokens.Kind == TokenKind.String ? tokens.Unquote() : tokens.Name() ?? Encoding.UTF8.GetString(tokens.Bytes)).ToLowerInvariant();
        if (isCollation)
            collation = name.Split('_')[0];
        else
            charset = name;
        return true;
    }
}

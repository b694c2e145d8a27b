namespace Stillframe.Dumps;

/// <summary>What stands behind a column's name in its definition.</summary>
internal static class ColumnAttributes
{
    /// <summary>Goes to the comma or parenthesis behind the definition, or to where it references another table or says its place.</summary>
    public static TableDefinitionColumn Read(string name, ref SqlTokens tokens, out bool isUnique, out bool references)
    {
        var isSerial = tokens.Is("SERIAL"u8);
        var type = ColumnType.Read(ref tokens);
        var (nullable, unsigned, generated, invisible) = (!isSerial, isSerial, false, false);
        (isUnique, references) = (isSerial, false);
        var charset = new CharsetName();
        var depth = 0;
        while (tokens.Kind != TokenKind.End && !(depth == 0 && (tokens.IsSymbol(',') || tokens.IsSymbol(')') || tokens.Is("FIRST"u8) || tokens.Is("AFTER"u8))))
        {
            if (depth == 0 && tokens.Is("REFERENCES"u8))
            {
                references = true;
                break;
            }

            if (depth == 0 && tokens.Take("NOT"u8))
            {
                nullable &= !tokens.Is("NULL"u8);
                continue;
            }

            if (depth == 0 && charset.TryRead(ref tokens))
                type = tokens.Is("BINARY"u8) ? type.OfBytes() : type;
            else if (depth == 0 && (tokens.Is("PRIMARY"u8) || tokens.Is("UNIQUE"u8) || tokens.Is("KEY"u8)))
            {
                nullable &= tokens.Is("UNIQUE"u8);
                isUnique = true;
                if (tokens.Take("UNIQUE"u8) || tokens.Take("PRIMARY"u8))
                    tokens.Take("KEY"u8);
                else
                    tokens.MoveNext();
                continue;
            }

            if (tokens.Is("JSON_VALID"u8))
                type = type with { Name = "json" }; // as MariaDB shows it: LONGTEXT with a CHECK
            unsigned |= depth == 0 && (tokens.Is("UNSIGNED"u8) || tokens.Is("ZEROFILL"u8));
            generated |= depth == 0 && tokens.Is("AS"u8);
            invisible |= depth == 0 && tokens.Is("INVISIBLE"u8);
            depth += tokens.IsSymbol('(') ? 1 : tokens.IsSymbol(')') ? -1 : 0;
            tokens.MoveNext();
        }

        return new(name, type.Name, type.Length, nullable) { Unsigned = unsigned, Members = type.Members, Generated = generated, Invisible = invisible, Charset = charset.Value };
    }
}

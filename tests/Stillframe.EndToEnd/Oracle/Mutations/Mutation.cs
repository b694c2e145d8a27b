using Stillframe.EndToEnd.Oracle.Generator;

namespace Stillframe.EndToEnd.Oracle.Mutations;

/// <summary>Harm done to a dump, by its bytes or by its statements.</summary>
static class Mutation
{
    /// <summary>What has a meaning somewhere, more than chance would give.</summary>
    static readonly byte[][] Interesting =
    [
        "'"u8.ToArray(), "\""u8.ToArray(), "`"u8.ToArray(), "\\"u8.ToArray(), ";"u8.ToArray(), "/*"u8.ToArray(), "*/"u8.ToArray(), "/*!"u8.ToArray(), "/*M!"u8.ToArray(), "--"u8.ToArray(), "-- "u8.ToArray(), "#"u8.ToArray(), "\n"u8.ToArray(), "\r\n"u8.ToArray(), "\0"u8.ToArray(), "("u8.ToArray(), ")"u8.ToArray(), ","u8.ToArray(),
        "DELIMITER"u8.ToArray(), "DELIMITER ;;\n"u8.ToArray(), "\nuse x\n"u8.ToArray(), "NULL"u8.ToArray(), "_binary "u8.ToArray(), "\xFF"u8.ToArray(), "/*!999999\\- "u8.ToArray(), "SELECT"u8.ToArray(), "@"u8.ToArray(), "DEFINER="u8.ToArray(), "SET sql_mode='ANSI_QUOTES';\n"u8.ToArray(), "0x"u8.ToArray(), "e"u8.ToArray(), "."u8.ToArray(), "\\-"u8.ToArray(), "source x\n"u8.ToArray(),
    ];

    /// <summary>One to three of: a byte changed, something put in, some bytes left out, some doubled, some moved.</summary>
    public static byte[] OfBytes(Dice dice, byte[] text)
    {
        for (var times = dice.Between(1, 3); times > 0; times--)
        {
            var at = dice.Next(text.Length);
            var length = Math.Min(dice.Next(dice.Pick(4, 40, 400)) + 1, text.Length - at);
            text = dice.Next(5) switch
            {
                0 => [.. text[..at], (byte)dice.Next(256), .. text[Math.Min(at + 1, text.Length)..]],
                1 => [.. text[..at], .. dice.Pick(Interesting), .. text[at..]],
                2 => [.. text[..at], .. text[(at + length)..]],
                3 => [.. text[..(at + length)], .. text[at..]],
                _ => [.. text[at..(at + length)], .. text[..at], .. text[(at + length)..]],
            };
            if (text.Length == 0)
                return [0];
        }

        return text;
    }

    /// <summary>Statements left out, doubled or moved.</summary>
    public static GeneratedDump OfStatements(Dice dice, GeneratedDump dump)
    {
        var pieces = dump.Files[0].Pieces.ToList();
        for (var times = dice.Between(1, 3); times > 0 && pieces.Count > 1; times--)
        {
            var at = dice.Next(pieces.Count);
            var piece = pieces[at];
            switch (dice.Next(3))
            {
                case 0:
                    pieces.RemoveAt(at);
                    break;
                case 1:
                    pieces.Insert(dice.Next(pieces.Count), piece);
                    break;
                default:
                    pieces.RemoveAt(at);
                    pieces.Insert(dice.Next(pieces.Count), piece);
                    break;
            }
        }

        return dump with { Files = [dump.Files[0] with { Pieces = pieces }], MayBeRefused = "its statements are not as a tool wrote them" };
    }
}

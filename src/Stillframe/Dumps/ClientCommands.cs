using System.Text;

namespace Stillframe.Dumps;

/// <summary>
/// Commands of the command-line clients, which are no SQL: at the start of a line, and to its end
/// (<see href="https://dev.mysql.com/doc/refman/8.4/en/mysql-commands.html"/>). <c>DELIMITER</c> is the splitter's own.
/// </summary>
internal static class ClientCommands
{
    static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "?", "charset", "clear", "connect", "costs", "edit", "ego", "exit", "go", "help", "nopager", "notee", "nowarning", "pager", "print",
        "prompt", "query_attributes", "quit", "rehash", "resetconnection", "sandbox", "source", "ssl_session_data_print", "status", "system",
        "tee", "warnings",
    };

    static readonly int Longest = Words.Max(word => word.Length);

    /// <summary>The command at the window's position, which is where a statement could start; null where there is none.</summary>
    public static string? At(ByteWindow window)
    {
        if (window.Current == '\\')
            return window.Has(2) ? $"\\{(char)window.Rest[1]}" : "\\";
        if (window.Current == '?')
            return "?";
        return (window.Current | 0x20) is >= 'c' and <= 'w' and not 'i' && Word(window) is { } word && Words.Contains(word) ? word : null;
    }

    /// <summary>Whether statements are lost, or mean something else, where it is left out: it reads a file, goes to another server, ends the file, sends what was begun.</summary>
    public static bool ChangesMeaning(string command) =>
        command is "\\." or "\\r" or "\\u" or "\\C" or "\\c" or "\\e" or "\\g" or "\\G" or "\\q" or "\\d"
        || command.ToLowerInvariant() is "source" or "connect" or "charset" or "clear" or "edit" or "ego" or "exit" or "go" or "quit" or "resetconnection" or "query_attributes";

    /// <summary><c>USE</c> ends with its line also without a delimiter.</summary>
    public static bool IsUse(ByteWindow window) =>
        (window.Current | 0x20) == 'u' && "use".Equals(Word(window), StringComparison.OrdinalIgnoreCase);

    /// <summary><c>DELIMITER</c>.</summary>
    public static bool IsDelimiter(ByteWindow window) =>
        (window.Current | 0x20) == 'd' && "delimiter".Equals(Word(window), StringComparison.OrdinalIgnoreCase);

    static string? Word(ByteWindow window)
    {
        window.Has(Longest + 1);
        var length = Lexical.WordLength(window.Rest);
        if (length == 0 || length > Longest)
            return null;
        var isWhole = length == window.Rest.Length || Lexical.IsSpace(window.Rest[length]) || window.Rest[length] == ';';
        return isWhole ? Encoding.ASCII.GetString(window.Rest[..length]) : null;
    }
}

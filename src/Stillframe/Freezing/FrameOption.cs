using Stillframe.Connections;

namespace Stillframe.Freezing;

/// <summary>Server variables that a user sets in a frame (<c>DatabaseServerOption</c>), as the server is told of them.</summary>
static class FrameOption
{
    /// <exception cref="StillframeException">SF1101 for what is no variable, and for an option that a frame fixes.</exception>
    public static IEnumerable<string> Formatted(IReadOnlyDictionary<string, string> serverOptions) =>
        from option in serverOptions orderby option.Key, option.Value select Format(option.Key, option.Value);

    static string Format(string name, string value)
    {
        var canonical = OptionName.Canonical(name);
        if (canonical.Length == 0 || !canonical.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.'))
            throw new StillframeException(
                ErrorCodes.OptionInvalid, $"The server option '{name}' is not the name of a server variable. Write it as in the server's manual, such as innodb_buffer_pool_size.");
        if (FixedOptions.Find(name) is { } known)
            throw new StillframeException(
                ErrorCodes.OptionInvalid,
                $"The server option '{name}' {(known == canonical ? "is" : $"may stand for '{known}', which is")} fixed in a frame: it is read-only, has no volume and writes no file. Remove it from DatabaseServerOption.");
        return ServerOption.Format(canonical, value);
    }
}

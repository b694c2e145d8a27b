namespace Stillframe.Connections;

/// <summary>Server variables as command-line options.</summary>
static class ServerOption
{
    /// <summary><c>innodb_page_size</c>, <c>8k</c> gives <c>--innodb-page-size=8k</c>; an empty value gives the bare switch.</summary>
    public static string Format(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        var option = "--" + name.Replace('_', '-');
        return string.IsNullOrEmpty(value) ? option : $"{option}={value}";
    }
}

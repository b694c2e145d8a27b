namespace Stillframe.Loading;

/// <summary>What makes the files of tables.</summary>
public enum CompilerKind
{
    /// <summary>Files are written without a server, where that is proved to be the same.</summary>
    Auto,
    /// <summary>A server loads all of them.</summary>
    Server,
}

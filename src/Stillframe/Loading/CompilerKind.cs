namespace Stillframe.Loading;

/// <summary>What makes the files of tables.</summary>
public enum CompilerKind
{
    /// <summary>A server loads all of them.</summary>
    Server,
    /// <summary>Files are written without one, where that is proved to be the same.</summary>
    Auto,
}

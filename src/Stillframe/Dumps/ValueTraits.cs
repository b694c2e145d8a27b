namespace Stillframe.Dumps;

/// <summary>What was seen in the values of rows besides literals.</summary>
[Flags]
internal enum ValueTraits
{
    None = 0,
    /// <summary>Something whose value may depend on more than literals: a name, a variable, a function that is on no list.</summary>
    Unlisted = 1,
    /// <summary>The time of day.</summary>
    Clock = 2,
    /// <summary>A column's default.</summary>
    Default = 4,
    /// <summary>What follows the rows, such as <c>ON DUPLICATE KEY UPDATE</c>.</summary>
    Tail = 8,
    /// <summary>A version comment.</summary>
    VersionComment = 16,
    /// <summary>A function that reads files.</summary>
    File = 32,
    /// <summary>A variable gets a value.</summary>
    Assignment = 64,
    /// <summary>Who is connected, and what this connection did before: a build's is never that of a client.</summary>
    Connection = 128,
}

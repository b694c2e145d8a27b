using System.Diagnostics.CodeAnalysis;

namespace Nuke.Common;

public static class Assert
{
    /// <summary>Ends the target with a message.</summary>
    [DoesNotReturn]
    public static void Fail(string message, Exception? exception = null) => throw new InvalidOperationException(message, exception);
}

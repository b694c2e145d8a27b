namespace Stillframe.Connections;

/// <summary>This side does not log in. The message is a sentence that goes on after the server's name, and sentences that say what to do.</summary>
/// <param name="isUnsafe">Whether the reason is that somebody on the way could read or be the server; otherwise the server asks for what is not supported here.</param>
sealed class LoginException(bool isUnsafe, string message, Exception? inner = null) : Exception(message, inner)
{
    public bool IsUnsafe { get; } = isUnsafe;
}

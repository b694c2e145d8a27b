namespace Nuke.Common.Execution;

/// <summary>The command line asks for something that isn't there; the message says what.</summary>
sealed class UsageException(string message) : Exception(message);

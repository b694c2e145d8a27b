namespace Stillframe.Connections;

/// <summary>An ERR packet: the server refused a statement or a login.</summary>
/// <param name="number">The server's error number, such as 1290.</param>
/// <param name="state">Five characters of SQLSTATE.</param>
sealed class ServerException(int number, string state, string message) : Exception(message)
{
    public int Number { get; } = number;

    public string State { get; } = state;

    /// <summary>As the server's own client prints it.</summary>
    public override string ToString() => $"ERROR {Number} ({State}): {Message}";
}

using System.Net.Sockets;
using Stillframe.Connections;

namespace Stillframe.Masters;

/// <summary>Opens a connection, and tells what is in its way as a user can use it.</summary>
static class MasterLogin
{
    /// <summary>Error of MySQL with <c>require_secure_transport</c>: not the account is refused, but the connection.</summary>
    const int SecureTransportRequired = 3159;

    /// <exception cref="StillframeException">SF1101 a file of the connection string, SF5001, SF5002, SF5004.</exception>
    public static async Task<ServerConnection> ConnectAsync(MasterAddress address, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(address.Limit);
        try
        {
            return await ServerConnection.ConnectAsync(address.Endpoint, address.Login, limit.Token);
        }
        catch (LoginException e)
        {
            throw new StillframeException(e.IsUnsafe ? ErrorCodes.MasterUnsafe : ErrorCodes.MasterRefused, $"The master {address} {e.Message}", innerException: e);
        }
        catch (ServerException e)
        {
            throw new StillframeException(
                ErrorCodes.MasterRefused,
                $"The master {address} refuses the login: {e}. {(e.Number == SecureTransportRequired ? "Say SslMode=VerifyFull in" : "Correct User ID and Password of")} {address.Variable}.",
                innerException: e);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw Unreachable(address, e.Message.TrimEnd('.'), e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(address, $"it did not answer within {address.Limit.TotalSeconds:0} seconds (Connection Timeout)", e);
        }
    }

    static StillframeException Unreachable(MasterAddress address, string why, Exception inner) => new(
        ErrorCodes.MasterUnreachable, $"The master {address} can't be reached: {why}. Check Server and Port of {address.Variable}, and that it runs.", innerException: inner);
}

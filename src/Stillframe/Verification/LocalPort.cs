using System.Net;
using System.Net.Sockets;

namespace Stillframe.Verification;

/// <summary>A TCP port on 127.0.0.1 for a server to be.</summary>
/// <param name="Setting">What chooses another, such as <c>DatabaseRunPort</c>.</param>
public sealed record LocalPort(int Number, string Setting)
{
    /// <summary>One that was free a moment ago.</summary>
    internal static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Asked before the server is, and before anything is fetched for it: its own words come after half a minute and name no setting.</summary>
    /// <exception cref="StillframeException">SF1101.</exception>
    public void RequireFree()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, Number);
            listener.Start();
        }
        catch (Exception e) when (e is SocketException or ArgumentOutOfRangeException)
        {
            throw new StillframeException(ErrorCodes.OptionInvalid, $"Port {Number} of 127.0.0.1 is not available: {e.Message.TrimEnd('.')}. Choose another with {Setting}.", innerException: e);
        }
    }
}

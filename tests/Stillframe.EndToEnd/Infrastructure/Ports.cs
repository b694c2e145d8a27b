using System.Net.NetworkInformation;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Infrastructure;

public static class Ports
{
    /// <summary>A TCP port of 127.0.0.1 that was free a moment ago.</summary>
    public static int Free() => LocalPort.Free();

    /// <summary>One of those that only root may listen on, where this process is root's; any otherwise.</summary>
    public static int FreeOfRoot()
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(end => end.Port).ToHashSet();
        return Environment.IsPrivilegedProcess ? Enumerable.Range(700, 300).First(port => !taken.Contains(port)) : Free();
    }
}

using System.Runtime.InteropServices;

namespace Stillframe.Consoles;

/// <summary>Ctrl+C and SIGTERM as a token, for a command that then ends by its own way out, and leaves nothing behind.</summary>
public static class Interrupt
{
    static readonly CancellationTokenSource source = new();
    static readonly PosixSignalRegistration[] registrations = [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM)];

    /// <summary>Cancelled with the first of them.</summary>
    public static CancellationToken Token => registrations.Length > 0 ? source.Token : default;

    static PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        source.Cancel();
    });
}

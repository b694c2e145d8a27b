using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Stillframe.Registries;

namespace Nuke.Common.Execution;

/// <summary>Ctrl+C and SIGTERM: passed on to the program that runs, which may end in its own way; killed after a while.</summary>
static class Interruption
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    static readonly HashSet<Process> running = [];
    static volatile bool requested;

    public static bool Requested => requested;

    /// <summary>Handles both signals until its disposal.</summary>
    public static IDisposable Watch()
    {
        var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
        return new Finally(() =>
        {
            interrupt.Dispose();
            terminate.Dispose();
        });
    }

    public static IDisposable Forward(Process process)
    {
        lock (running)
            running.Add(process);
        return new Finally(() =>
        {
            lock (running)
                running.Remove(process);
        });
    }

    public static void ThrowIfRequested()
    {
        if (requested)
            throw new OperationCanceledException("Interrupted.");
    }

    static void Handle(PosixSignalContext context)
    {
        context.Cancel = true; // the target that runs ends first, so that it leaves nothing behind
        requested = true;
        lock (running)
        {
            foreach (var process in running)
                _ = EndAsync(process);
        }
    }

    static async Task EndAsync(Process process)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                process.Kill(entireProcessTree: true);
            else
                Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]).Dispose();
            await Task.Delay(Limit);
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // it has ended
        }
    }

    sealed class Finally(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}

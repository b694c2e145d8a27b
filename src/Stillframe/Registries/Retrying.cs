using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Stillframe.Registries;

/// <summary>Does a thing again when a registry or the way to it failed for the moment: exponential back-off, or as long as the registry asks for.</summary>
/// <remarks>Own: Polly would count and wait, which are ten lines of this; what is worth another attempt, and its messages, would still be ours.</remarks>
sealed class Retrying(string registry, RegistryOptions options, IReporter reporter)
{
    /// <param name="what">Such as <c>Sending blob sha256:…</c>.</param>
    /// <param name="attempt">Called up to <see cref="RegistryOptions.Attempts"/> times.</param>
    /// <exception cref="StillframeException">SF3002 where nothing came back, SF3004 where the registry answered with an error each time.</exception>
    public async Task<T> RunAsync<T>(string what, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (var count = 1; ; count++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await attempt(cancellationToken);
            }
            catch (Exception e) when (IsTransient(e) && !cancellationToken.IsCancellationRequested)
            {
                if (count >= options.Attempts || IsHopeless(e))
                    throw Final(what, e, count);
                var wait = Wait(count, e);
                reporter.Message(Importance.High, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what}: {Reason(e)}. Attempt {count + 1} of {options.Attempts} in {wait.TotalSeconds:0.#} s."));
                await Task.Delay(wait, cancellationToken);
            }
        }
    }

    TimeSpan Wait(int count, Exception e)
    {
        var wait = (e as TransientException)?.Wait ?? options.FirstWait * Math.Pow(2, count - 1);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > options.LongestWait ? options.LongestWait : wait;
    }

    // an OperationCanceledException that nobody here asked for is a time-out
    static bool IsTransient(Exception e) => e is TransientException or HttpRequestException or IOException or OperationCanceledException;

    static bool IsHopeless(Exception e) =>
        e is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError, InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound } }
        or HttpRequestException { InnerException: AuthenticationException }; // a certificate does not get better

    StillframeException Final(string what, Exception e, int count)
    {
        var times = count == 1 ? "" : $" after {count} attempts";
        return e is TransientException
            ? new(ErrorCodes.RegistryFailed, $"{what} failed{times}: registry '{registry}' answered {Reason(e)}. Look at the registry, or try again later.", innerException: e)
            : new(ErrorCodes.RegistryUnreachable, $"{what} failed{times}: no answer from registry '{registry}': {Reason(e)}. {Advice(e)}", innerException: e);
    }

    string Advice(Exception e) =>
        e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
            ? $"If it speaks plain HTTP or has a certificate of its own, put '{registry}' into DOTNET_CONTAINER_INSECURE_REGISTRIES."
            : "Check its name and port, that it runs, and the network in between.";

    static string Reason(Exception e) => (e switch
    {
        OperationCanceledException => "it was silent for too long",
        HttpRequestException { InnerException: { } inner } and not { HttpRequestError: HttpRequestError.NameResolutionError } => inner.Message,
        _ => e.Message,
    }).TrimEnd('.');
}

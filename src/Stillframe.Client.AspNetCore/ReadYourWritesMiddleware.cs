using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Stillframe.Client.AspNetCore;

/// <summary>A <see cref="ReadYourWrites"/> for each request; a cookie has it from one to the next.</summary>
sealed partial class ReadYourWritesMiddleware(RequestDelegate next, ReadYourWritesOptions options, SignedText signed, ILogger logger)
{
    /// <summary>Browsers keep no cookie of more than 4,096 bytes, its name and attributes included (RFC 6265, 6.1).</summary>
    const int LongestCookie = 3800;

    readonly string name = options.Cookie.Name ?? throw new InvalidOperationException("ReadYourWritesOptions.Cookie has no name.");

    public static Func<RequestDelegate, RequestDelegate> Of(IApplicationBuilder app, ReadYourWritesOptions options)
    {
        var signed = SignedText.Of(options.Key, app.ApplicationServices.GetService<IDataProtectionProvider>());
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("Stillframe.Client.ReadYourWrites");
        return next => new ReadYourWritesMiddleware(next, options, signed, logger).InvokeAsync;
    }

    async Task InvokeAsync(HttpContext context)
    {
        using var user = Begin(context);
        context.Response.OnStarting(async () =>
        {
            if (user.HasWritten)
                context.Response.Cookies.Append(name, await CookieAsync(user), options.Cookie.Build(context));
        });
        await next(context);
    }

    ReadYourWrites Begin(HttpContext context)
    {
        if (context.Request.Cookies[name] is not { Length: > 0 } cookie)
            return ReadYourWrites.Begin();
        if (signed.Read(cookie) is { } text)
            return ReadYourWrites.Begin(text);
        Foreign(logger, name);
        return ReadYourWrites.Begin();
    }

    /// <summary>The answer waits for the master, and not for long: whoever reads it may ask for what they wrote at once.</summary>
    async Task<string> CookieAsync(ReadYourWrites user)
    {
        var cookie = signed.Sign(await user.ToTextAsync());
        if (cookie.Length <= LongestCookie)
            return cookie;
        user.Forget(); // a set of transactions with many gaps
        return signed.Sign(await user.ToTextAsync());
    }

    [LoggerMessage(1, LogLevel.Warning, "A cookie '{Name}' was not signed by this service's key, and counts as none: its user may not see what they wrote. Do all replicas share the key?")]
    static partial void Foreign(ILogger logger, string name);
}

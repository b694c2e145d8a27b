using Stillframe.Client.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Read-your-writes for an application.</summary>
public static class ReadYourWritesApplication
{
    /// <summary>
    /// Who has opened the master in a request reads from there until the frames have what is there then, by a signed cookie. Put it before everything that reads or writes. Commit before the answer begins.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no key to sign with.</exception>
    public static IApplicationBuilder UseReadYourWrites(this IApplicationBuilder app, Action<ReadYourWritesOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = new ReadYourWritesOptions();
        configure?.Invoke(options);
        return app.Use(ReadYourWritesMiddleware.Of(app, options));
    }
}

using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;

namespace Labels.Pages;

/// <summary>What holds for all pages: their errors, their headers, their style.</summary>
static class PageApplication
{
    public static void UsePages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = StatusOf,
            ExceptionHandler = context => ErrorPage(context.Features.Get<IExceptionHandlerFeature>()!.Error).ExecuteAsync(context),
        });
        app.Use(async (context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = "no-store"; // what one user sees is not what another sees
            if (HttpMethods.IsPost(context.Request.Method) && IsFromElsewhere(context.Request))
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
            else
                await next(context);
        });
        app.MapGet("/style.css", () => Results.Text(Style.Sheet, "text/css"));
        app.MapFallback(MissingPage.Result);
    }

    // There are no accounts here, so nobody's rights can be used from another site; whoever adds them adds antiforgery tokens.
    static bool IsFromElsewhere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";

    static int StatusOf(Exception exception) => exception is DbException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;

    static IResult ErrorPage(Exception exception) => Layout.Page(
        "That did not work", $"<p>{(exception is DbException ? "The database does not answer. Please try again." : "Something is wrong here; the log has what.")}</p>", status: StatusOf(exception));
}

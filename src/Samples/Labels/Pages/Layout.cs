using Labels.Objects;

namespace Labels.Pages;

/// <summary>What all pages have in common.</summary>
static class Layout
{
    /// <summary>A page. Everything in it is plain HTML: it works without scripts, and the browser is told to run none.</summary>
    public static IResult Page(string title, Html content, DataShown? data = null, int status = StatusCodes.Status200OK)
    {
        Html page = $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <link rel="stylesheet" href="/style.css">
            </head>
            <body>
            <header><a href="/">Labels of a small museum</a></header>
            {(data is null ? Html.Empty : Banner.Of(data, DateTimeOffset.UtcNow))}
            <main>
            <h1>{title}</h1>
            {content}
            </main>
            </body>
            </html>

            """;
        return Results.Content(page.ToString(), "text/html; charset=utf-8", statusCode: status);
    }
}

static class MissingPage
{
    public static IResult Result() => Layout.Page("Not here", $"""<p>There is no such page. <a href="/">All objects</a></p>""", status: StatusCodes.Status404NotFound);
}

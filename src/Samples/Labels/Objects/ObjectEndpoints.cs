using System.Data.Common;
using System.Globalization;
using Labels.Pages;
using Labels.Similar;
using Stillframe.Client;

namespace Labels.Objects;

static class ObjectEndpoints
{
    const string Nothing = "The master is away. Your change was not saved; reading goes on. Please save again later.";

    const string Perhaps = "The master has not answered, and perhaps your change was not saved. Please look again before you save it once more.";

    public static void MapObjects(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", async (string? q, Museum museum, CancellationToken cancellationToken) =>
        {
            var text = q?.Trim() ?? "";
            return new ListPage(text, await museum.FindAsync(text, cancellationToken)).Result();
        });
        routes.MapGet("/objects/{id:long}", ShowAsync);
        routes.MapPost("/objects/{id:long}", ChangeAsync);
        routes.MapPost("/objects/{id:long}/similar", async (long id, Museum museum, SimilarJobs jobs, CancellationToken cancellationToken) =>
        {
            if ((await museum.FindAsync(id, [], cancellationToken)).Value.Object is null)
                return MissingPage.Result();
            try
            {
                await jobs.AskAsync(id, cancellationToken);
            }
            catch (DbException)
            {
                return await PageAsync(id, new("The master is away, and with it the queue: nobody was asked.", StatusCodes.Status503ServiceUnavailable), museum, jobs, cancellationToken);
            }

            return new SeeOther($"/objects/{id}");
        });
    }

    static Task<IResult> ShowAsync(long id, Museum museum, SimilarJobs jobs, CancellationToken cancellationToken) => PageAsync(id, null, museum, jobs, cancellationToken);

    static async Task<IResult> ChangeAsync(long id, HttpRequest request, Museum museum, SimilarJobs jobs, CancellationToken cancellationToken)
    {
        var form = await request.ReadFormAsync(cancellationToken);
        var label = form["label"].ToString().ReplaceLineEndings("\n").Trim();
        Problem? problem = null;
        if (!long.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            problem = new("The form was not complete. Please try again.", StatusCodes.Status400BadRequest);
        else if (label.Length is 0 or > MuseumObject.LongestLabel)
            problem = new($"A label has 1 to {MuseumObject.LongestLabel} characters, and this one {label.Length}.", StatusCodes.Status400BadRequest);
        else
            problem = await SaveAsync(id, version, label, museum, cancellationToken);
        return problem is null ? new SeeOther($"/objects/{id}") : await PageAsync(id, problem with { Text = label }, museum, jobs, cancellationToken);
    }

    /// <returns>Null where it is saved.</returns>
    static async Task<Problem?> SaveAsync(long id, long version, string label, Museum museum, CancellationToken cancellationToken)
    {
        try
        {
            return await museum.ChangeAsync(id, version, label, cancellationToken)
                ? null
                : new("Somebody else has changed this label since you saw it. Below is theirs, and your text; saving it now replaces theirs.", StatusCodes.Status409Conflict);
        }
        catch (MasterUnavailableException)
        {
            return new(Nothing, StatusCodes.Status503ServiceUnavailable);
        }
        catch (DbException)
        {
            return new(Perhaps, StatusCodes.Status503ServiceUnavailable);
        }
    }

    static async Task<IResult> PageAsync(long id, Problem? problem, Museum museum, SimilarJobs jobs, CancellationToken cancellationToken)
    {
        var similar = await jobs.ReadAsync(id, cancellationToken);
        var shown = await museum.FindAsync(id, similar.Objects, cancellationToken);
        return shown.Value.Object is { } found ? new ObjectPage(found, shown.Value.Others, similar, shown.Data, problem).Result() : MissingPage.Result();
    }
}

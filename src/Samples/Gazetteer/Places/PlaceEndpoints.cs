using System.Data.Common;

namespace Gazetteer.Places;

static class PlaceEndpoints
{
    public static void MapPlaces(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/places", (HttpRequest request, DbDataSource database, CancellationToken cancellationToken) =>
            AnswerAsync(request, NameSearch.Read, (search, connection) => search.RunAsync(connection, cancellationToken), database, cancellationToken));
        routes.MapGet("/places/near", (HttpRequest request, DbDataSource database, CancellationToken cancellationToken) =>
            AnswerAsync(request, NearSearch.Read, (search, connection) => search.RunAsync(connection, cancellationToken), database, cancellationToken));
    }

    static async Task<IResult> AnswerAsync<TSearch>(
        HttpRequest request,
        Func<QueryReader, TSearch> read,
        Func<TSearch, DbConnection, Task<List<Place>>> run,
        DbDataSource database,
        CancellationToken cancellationToken)
    {
        var query = new QueryReader(request.Query);
        var search = read(query);
        if (query.Errors.Count > 0)
            return Results.ValidationProblem(query.Errors);

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        return Results.Ok(await run(search, connection));
    }
}

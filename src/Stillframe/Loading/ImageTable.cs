using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Loading;

/// <summary>One fact about a frame.</summary>
sealed record ImageFact(string Column, string Type, string? Value);

/// <summary>The table <c>stillframe.image</c>: one row, in which a frame says what it was made from.</summary>
static class ImageTable
{
    public static TableName Name { get; } = new(ReservedSchemas.Frame, "image");

    public static async Task CreateAsync(ServerConnection connection, IReadOnlyList<ImageFact> facts, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", facts.Select(fact => $"{Sql.Identifier(fact.Column)} {fact.Type}"));
        var values = string.Join(", ", facts.Select(fact => Sql.Literal(fact.Value)));
        await connection.ExecuteAsync($"CREATE DATABASE {Name.Schema} CHARACTER SET utf8mb4", cancellationToken);
        await connection.ExecuteAsync($"CREATE TABLE {Name} ({columns}) ENGINE=InnoDB", cancellationToken);
        await connection.ExecuteAsync($"INSERT INTO {Name} VALUES ({values})", cancellationToken);
    }
}

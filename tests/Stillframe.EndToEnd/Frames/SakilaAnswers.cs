using Stillframe.Connections;

namespace Stillframe.EndToEnd.Frames;

/// <summary>What a frame of Sakila answers: through views, a table that a trigger filled, FULLTEXT, SET, BLOB, a function, procedures.</summary>
static class SakilaAnswers
{
    public static async Task CheckAsync(ServerConnection connection)
    {
        async Task Gives(string expected, string query) => Assert.Equal(expected, await connection.ScalarAsync(query, CancellationToken.None));

        await Gives("599", "SELECT COUNT(*) FROM sakila.customer_list");
        await Gives("1000", "SELECT COUNT(*) FROM sakila.film_text"); // filled by a trigger
        await Gives("ACADEMY DINOSAUR", "SELECT title FROM sakila.film_text WHERE MATCH(title, description) AGAINST ('dinosaur') ORDER BY film_id LIMIT 1");
        await Gives("Deleted Scenes,Behind the Scenes", "SELECT special_features FROM sakila.film WHERE film_id = 1");
        await Gives("36365", "SELECT LENGTH(picture) FROM sakila.staff WHERE staff_id = 1");
        await Gives("1", "SELECT sakila.inventory_in_stock(1)");
        await connection.ExecuteAsync("USE sakila", CancellationToken.None);
        await connection.ExecuteAsync("CALL film_in_stock(1, 1, @copies)", CancellationToken.None);
        await Gives("4", "SELECT @copies");
        await connection.ExecuteAsync("CALL rewards_report(1, 1, @customers)", CancellationToken.None); // makes a temporary table
    }
}

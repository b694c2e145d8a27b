using Gazetteer.Database;

namespace Gazetteer.Versions;

static class DataVersion
{
    /// <summary>The data version that the database gives for itself; null where it is no frame.</summary>
    public static async Task<string?> ReadAsync(GazetteerDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var tables = await connection.QueryAsync(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'stillframe' AND table_name = 'image'",
            row => row.GetString(0), cancellationToken);
        if (tables.Count == 0)
            return null;
        var versions = await connection.QueryAsync("SELECT data_version FROM stillframe.image", row => row.GetString(0), cancellationToken);
        return versions.SingleOrDefault();
    }
}

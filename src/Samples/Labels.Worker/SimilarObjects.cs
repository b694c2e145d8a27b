using Dapper;
using Stillframe.Client;

namespace Labels.Worker;

/// <summary>The computing: it reads the frame alone, which nobody can change meanwhile, so it needs no lock, no transaction, and nothing of the master.</summary>
sealed class SimilarObjects(FrameDataSource labels)
{
    const int Wanted = 5;

    /// <returns>Ids, the most similar first, and the data version that they were computed from.</returns>
    /// <exception cref="System.Data.Common.DbException">The frame does not answer.</exception>
    public async Task<(IReadOnlyList<long> Objects, string DataVersion)> OfAsync(long id)
    {
        await using var frame = await labels.OpenConnectionAsync();
        // of the same connection: during a roll-out one name is two frames
        var image = await FrameImage.ReadAsync(frame) ?? throw new InvalidOperationException("The connection string Frame leads to a database that is no frame.");
        var all = (await frame.QueryAsync<MuseumObject>("SELECT id, CONCAT_WS(' ', name, material, label) AS text FROM object")).AsList();
        return ([.. Similarity.Of(id, all, Wanted)], image.DataVersion);
    }
}

using Stillframe.Dumps;
using Stillframe.Oci;

namespace Stillframe.Linking;

/// <summary>A layer of a frame that holds nothing but tables, which it names.</summary>
/// <param name="UncompressedSize">Bytes of the tar.</param>
sealed record TableLayer(Digest DiffId, long UncompressedSize, IReadOnlyList<TableName> Tables);

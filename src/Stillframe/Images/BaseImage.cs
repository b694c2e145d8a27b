using Stillframe.Oci;

namespace Stillframe.Images;

/// <summary>What a frame is built on.</summary>
/// <param name="Reference">As it was asked for: <c>docker.io/library/mariadb:11.8</c>, an image id, or <c>self</c>.</param>
/// <param name="Digest">Digest of its manifest in the registry; null for an image of the local engine and for <c>self</c>.</param>
/// <param name="Layers">Lowest first; each fetched when it is first opened.</param>
sealed record BaseImage(string Reference, Digest? Digest, ImageConfig Config, IReadOnlyList<Blob> Layers);

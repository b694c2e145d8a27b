using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Inspection;

/// <summary>A frame with all its blobs, wherever it is, to be started; its disposal removes what was fetched for that.</summary>
public sealed class OpenedFrame : IAsyncDisposable
{
    readonly IDisposable[] held;

    OpenedFrame(InspectedFrame frame, OciImage image, params IDisposable[] held) => (Inspected, Image, this.held) = (frame, image, held);

    internal InspectedFrame Inspected { get; }

    /// <summary>Each of its blobs has the digest that it should have, or opening it fails (SF3005).</summary>
    public OciImage Image { get; }

    /// <summary>What it promises.</summary>
    public FrameContents Contents => new(
        Image.Digest.ToString(),
        Inspected.Map.DataVersion,
        Image.Size,
        Inspected.Map.FrameTables());

    /// <param name="text">A reference, an image layout's directory, an archive.</param>
    /// <exception cref="StillframeException">SF1101 it is none of these, SF1103, SF3002 to SF3005, SF3007 to SF3009.</exception>
    public static async Task<OpenedFrame> OpenAsync(string text, RegistryOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(reporter);
        switch (FramePlace.Of(text))
        {
            case FramePlace.Layout:
                var image = await ImageLayout.ReadAsync(text, digests: true, cancellationToken);
                return new(await InspectedFrame.OfAsync(text, image, await image.ReadConfigAsync(cancellationToken), cancellationToken), image);
            case FramePlace.Archive:
                var (archived, config) = await new ArchivedImage(text).ReadAsync(cancellationToken);
                return new(await InspectedFrame.OfAsync(text, archived, config, cancellationToken), archived);
            case FramePlace.InRegistry place:
                return await FromRegistryAsync(place.Reference, options, reporter, cancellationToken);
            default:
                throw new StillframeException(
                    ErrorCodes.OptionInvalid,
                    $"'{text}' is no frame: there is no such file or directory, and a reference is 'HOST/REPOSITORY:TAG'. Name a reference, an image layout's directory or a .tar archive.");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        foreach (var one in held)
            one.Dispose();
        return ValueTask.CompletedTask;
    }

    static async Task<OpenedFrame> FromRegistryAsync(Reference reference, RegistryOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        var directory = TemporaryDirectory.Create();
        var client = new RegistryClient(reference.Registry, reference.Repository, RegistryAccess.Pull, options, reporter);
        try
        {
            var (image, config) = await new RegistryFrames(client, new(Path.Combine(directory.Path, "blobs"))).RequireAsync(reference, cancellationToken);
            var frame = await InspectedFrame.OfAsync(reference.ToString(), image, config, cancellationToken);
            reporter.Message(Importance.Normal, $"Fetching {reference}: {image.Layers.Count} layers, {ByteCount.Text(image.Size)}");
            return new(frame, image, client, directory);
        }
        catch
        {
            client.Dispose();
            await directory.DisposeAsync();
            throw;
        }
    }
}

using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Registries;

namespace Stillframe.Inspection;

/// <summary>Reads what can be known of a frame without its data, wherever it is.</summary>
/// <exception cref="StillframeException">From every method: SF3008 it is no frame, SF3009 there is nothing, SF3005.</exception>
static class FrameReader
{
    /// <summary>Of whatever the text names: a reference, an image layout's directory, an archive.</summary>
    /// <returns>Null where it names nothing: there is no such file or directory, and it has no registry.</returns>
    /// <exception cref="StillframeException">SF3002 to SF3004, SF3007, SF1103, too.</exception>
    public static async Task<InspectedFrame?> FindAsync(string text, RegistryOptions options, IReporter reporter, CancellationToken cancellationToken) => FramePlace.Of(text) switch
    {
        FramePlace.Layout => await FromLayoutAsync(text, cancellationToken),
        FramePlace.Archive => await FromArchiveAsync(text, cancellationToken),
        FramePlace.InRegistry place => await FromRegistryAsync(place.Reference, options, reporter, cancellationToken),
        _ => null,
    };

    /// <exception cref="StillframeException">SF3002 to SF3004, too.</exception>
    public static async Task<InspectedFrame> FromRegistryAsync(Reference reference, RegistryOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        using var client = new RegistryClient(reference.Registry, reference.Repository, RegistryAccess.Pull, options, reporter);
        var (image, config) = await new RegistryFrames(client).RequireAsync(reference, cancellationToken);
        return await InspectedFrame.OfAsync(reference.ToString(), image, config, cancellationToken);
    }

    /// <summary>From an image layout.</summary>
    /// <exception cref="StillframeException">SF3007, too.</exception>
    public static async Task<InspectedFrame> FromLayoutAsync(string directory, CancellationToken cancellationToken)
    {
        var image = await ImageLayout.ReadAsync(directory, cancellationToken: cancellationToken);
        return await InspectedFrame.OfAsync(directory, image, await image.ReadConfigAsync(cancellationToken), cancellationToken);
    }

    /// <summary>From an OCI archive.</summary>
    /// <exception cref="StillframeException">SF3007, too.</exception>
    public static async Task<InspectedFrame> FromArchiveAsync(string path, CancellationToken cancellationToken)
    {
        var (image, config) = await new ArchivedImage(path).ReadAsync(cancellationToken);
        return await InspectedFrame.OfAsync(path, image, config, cancellationToken);
    }
}

namespace Stillframe.Engines;

/// <summary>Which base image goes with which engine: data is loaded by the very server that will open it, so it must be the one in the image.</summary>
static class BaseImages
{
    public const string Self = "self";

    /// <summary>What the container engines start from unless told otherwise, for a frame of MariaDB.</summary>
    public const string Default = "docker.io/library/mariadb:11.8";

    public static bool IsSelf(string? baseImage) => string.Equals(baseImage, Self, StringComparison.OrdinalIgnoreCase);

    public static string? WhyNotSelf(string? baseImage, ServerProgram program) =>
        !program.MayBeOfHost ? "it makes frames of MariaDB only; one of MySQL (DatabaseServer=mysql) needs the engine docker or podman" :
        string.IsNullOrEmpty(baseImage) || IsSelf(baseImage) ? null : $"it can't run the server in the base image '{baseImage}', only make one of its own server (DatabaseBaseImage={Self})";

    public static string? WhyNotImage(string? baseImage) =>
        IsSelf(baseImage) ? $"the base image '{Self}' is made by the engines local and embedded only" : null;

    /// <exception cref="StillframeException">SF1101.</exception>
    public static void RequireSelf(string? baseImage, string engine)
    {
        if (!string.IsNullOrEmpty(baseImage) && !IsSelf(baseImage))
        {
            throw new StillframeException(
                ErrorCodes.OptionInvalid,
                $"DatabaseBaseImage '{baseImage}' does not go with the engine '{engine}': a frame is loaded by the very server that serves it, and this engine does not run the server of an image. " +
                $"Use the engine docker or podman for this base image, or leave DatabaseBaseImage out ({Self}).");
        }
    }

    /// <exception cref="StillframeException">SF1101.</exception>
    public static void RequireImage(string? baseImage, string engine, ServerProgram program)
    {
        if (WhyNotImage(baseImage) is not null)
        {
            throw new StillframeException(
                ErrorCodes.OptionInvalid,
                $"DatabaseBaseImage '{Self}' does not go with the engine '{engine}': that image is made of the files of a server on this host. " +
                $"Use the engine local or embedded, or give a registry image (default: {program.DefaultImage}).");
        }
    }
}

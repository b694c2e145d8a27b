using Stillframe.Oci;

namespace Stillframe.MSBuild;

/// <summary>What a frame is made for, in the words of <c>DatabaseImageRuntimeIdentifiers</c>.</summary>
static class FrameArchitectures
{
    /// <summary>Processors whose servers read the same files: they have 64 bits and keep the low byte first.</summary>
    static readonly string[] SameOrder = ["amd64", "arm64", "loong64", "ppc64le", "riscv64"];

    /// <param name="asked">Runtime identifiers of the frame; none takes those of the service, as far as a frame can be for them.</param>
    /// <param name="service">Runtime identifiers of the service.</param>
    /// <returns>This machine's among them; none where the frame is for this machine alone.</returns>
    /// <exception cref="StillframeException">SF1101.</exception>
    public static IReadOnlyList<Platform> Of(IReadOnlyCollection<string> asked, IEnumerable<string> service)
    {
        // on a command line, a semicolon is written %3B, and parts nothing
        var named = Each(asked).ToList();
        var given = named.Count > 0;
        var platforms = new List<Platform>();
        foreach (var runtime in given ? named : Each(service))
        {
            if (ServiceArchitectures.Of(runtime) is { } architecture && SameOrder.Contains(architecture))
                platforms.Add(new(architecture, "linux"));
            else if (given)
                throw new StillframeException(
                    ErrorCodes.OptionInvalid,
                    $"DatabaseImageRuntimeIdentifiers names '{runtime}', for which there is no frame. It can be a list of {string.Join(", ", SameOrder.Select(Runtime))}, such as linux-x64;linux-arm64: processors of 64 bits that keep the low byte first, as the layers of data are the same for all.");
        }

        var here = platforms.Contains(Here);
        if (given && !here)
            throw new StillframeException(
                ErrorCodes.OptionInvalid,
                $"DatabaseImageRuntimeIdentifiers is '{string.Join(';', named)}', and this machine is {Runtime(Here.Architecture)}: a frame is started once where it is made. Add {Runtime(Here.Architecture)}, or publish on one of those.");
        return here && platforms.Distinct().Count() > 1 ? [.. platforms.Distinct()] : [];
    }

    static IEnumerable<string> Each(IEnumerable<string> lists) => lists.SelectMany(list => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    static Platform Here => Platform.Current;

    static string Runtime(string architecture) => $"linux-{(architecture == "amd64" ? "x64" : architecture == "loong64" ? "loongarch64" : architecture)}";
}

using System.Runtime.InteropServices;

namespace Stillframe.Oci;

/// <summary>What an image runs on, in Go's words. OCI image specification, "Image Index", property <c>platform</c>.</summary>
public sealed record Platform(string Architecture, string Os, string? Variant = null)
{
    /// <summary>Linux on this machine's processor.</summary>
    public static Platform Current { get; } = RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => new("amd64", "linux"),
        System.Runtime.InteropServices.Architecture.Arm64 => new("arm64", "linux"),
        System.Runtime.InteropServices.Architecture.Arm => new("arm", "linux", "v7"),
        System.Runtime.InteropServices.Architecture.X86 => new("386", "linux"),
        var other => new(other.ToString().ToLowerInvariant(), "linux"),
    };

    /// <summary>What most images are for.</summary>
    internal static Platform Usual { get; } = new("amd64", "linux");

    /// <summary>Whether an image for <paramref name="offered"/> runs here; an unnamed variant fits every one.</summary>
    internal bool Accepts(Platform offered) =>
        Os == offered.Os
        && Architecture == offered.Architecture
        && (Variant is null || offered.Variant is null || Variant == offered.Variant);

    /// <inheritdoc/>
    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";
}

using System.Runtime.Versioning;
using Stillframe.Verification;

namespace Stillframe.Tests.Verification;

[UnsupportedOSPlatform("windows")]
public sealed class SealedFrames : IDisposable
{
    const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    [Fact]
    public void Leave_alone_what_their_links_lead_to()
    {
        var outside = Directory.CreateDirectory(Path.Combine(directory.Path, "outside"), Private).FullName;
        var file = Path.Combine(outside, "file");
        File.WriteAllText(file, "");
        File.SetUnixFileMode(file, Private);
        var root = Directory.CreateDirectory(Path.Combine(directory.Path, "root")).FullName;
        var own = Directory.CreateDirectory(Path.Combine(root, "own")).FullName;
        File.WriteAllText(Path.Combine(own, "file"), "");
        File.CreateSymbolicLink(Path.Combine(root, "run"), outside);

        UnpackedFrame.Seal(root);
        var (sealedMode, outsideMode, fileMode) = (File.GetUnixFileMode(Path.Combine(own, "file")), File.GetUnixFileMode(outside), File.GetUnixFileMode(file));
        UnpackedFrame.Unseal(root);

        Assert.Equal((Private, Private), (outsideMode, fileMode));
        Assert.False(sealedMode.HasFlag(UnixFileMode.UserWrite));
        Assert.True(File.GetUnixFileMode(own).HasFlag(UnixFileMode.UserWrite));
    }

    public void Dispose() => directory.Dispose();
}

using Stillframe.MSBuild;

namespace Stillframe.Tests.MSBuild;

public class ArchitecturesOfAService
{
    [Theory]
    [InlineData("amd64", "linux-x64")]
    [InlineData("amd64", "linux-musl-x64;linux-bionic-x64")]
    [InlineData("arm64", "linux-arm64")]
    [InlineData("amd64", "win-arm64;osx-arm64;linux;any")] // no frame runs there, or there is nothing to compare
    [InlineData("amd64", "")]
    public void Of_its_frame_are_no_others(string frame, string runtimes) =>
        Assert.Empty(ServiceArchitectures.OtherThan([frame], runtimes.Split(';')));

    [Theory]
    [InlineData("amd64", "linux-x64;linux-arm64", "arm64")]
    [InlineData("arm64", "linux-x64", "amd64")]
    [InlineData("amd64", "linux-musl-arm;linux-x86;linux-s390x", "386 arm s390x")]
    public void Other_than_its_frames_are_named_as_images_name_them(string frame, string runtimes, string others) =>
        Assert.Equal(others.Split(' '), ServiceArchitectures.OtherThan([frame], runtimes.Split(';')));
}

using Stillframe.MSBuild;
using Stillframe.Oci;

namespace Stillframe.Tests.MSBuild;

public class ArchitecturesOfAFrame
{
    static readonly string Here = Runtime(Platform.Current.Architecture);

    static readonly string Other = Here == "linux-x64" ? "linux-arm64" : "linux-x64";

    static string Runtime(string architecture) => $"linux-{(architecture == "amd64" ? "x64" : architecture)}";

    static IEnumerable<string> Of(string asked, string service = "") => FrameArchitectures.Of(Split(asked), Split(service)).Select(platform => Runtime(platform.Architecture));

    static string[] Split(string list) => list.Split('|', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Are_those_that_are_named_in_whatever_way()
    {
        Assert.Equal([Here, Other], Of($"{Here}|{Other}"));
        Assert.Equal([Other, Here], Of($"{Other};{Here}", Here)); // of a command line, where MSBuild does not part it
        Assert.Equal([Here, Other], Of($" {Here} |{Here.Replace("linux", "linux-musl", StringComparison.Ordinal)}|{Other}"));
    }

    [Fact]
    public void Are_the_services_that_a_frame_can_be_for_where_none_are_named() =>
        Assert.Equal([Other, Here], Of("", $"{Other}|win-x64|linux-s390x|linux-arm|{Here}|osx-arm64"));

    [Fact]
    public void Are_this_machines_alone_where_one_is_named_or_the_service_has_not_this_one()
    {
        Assert.Empty(Of(Here, $"{Here}|{Other}"));
        Assert.Empty(Of("", Here));
        Assert.Empty(Of("", Other));
        Assert.Empty(Of("", $"{Other}|linux-riscv64"));
        Assert.Empty(Of("", ""));
    }

    [Theory]
    [InlineData("linux-s390x")]
    [InlineData("linux-arm")]
    [InlineData("win-x64")]
    [InlineData("amd64")]
    public void That_have_no_frame_are_refused_by_name(string runtime)
    {
        var error = Assert.Throws<StillframeException>(() => Of($"{Here}|{runtime}"));

        Assert.Equal(ErrorCodes.OptionInvalid, error.Code);
        Assert.Contains($"'{runtime}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("linux-x64;linux-arm64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_this_machines_are_refused()
    {
        var error = Assert.Throws<StillframeException>(() => Of(Other));

        Assert.Equal(ErrorCodes.OptionInvalid, error.Code);
        Assert.Contains($"this machine is {Here}", error.Message, StringComparison.Ordinal);
    }
}

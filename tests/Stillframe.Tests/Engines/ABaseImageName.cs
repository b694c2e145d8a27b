using Stillframe.Engines;

namespace Stillframe.Tests.Engines;

public class ABaseImageName
{
    [Theory]
    [InlineData("mariadb:11.8", "sha256:1d mariadb@sha256:aa", "docker.io/library/mariadb@sha256:aa")]
    [InlineData("docker.io/library/mariadb:11.8", "sha256:1d other/copy@sha256:bb mariadb@sha256:aa", "docker.io/library/mariadb@sha256:aa")]
    [InlineData("registry.local:5000/team/db:7", "sha256:1d registry.local:5000/team/db@sha256:cc", "registry.local:5000/team/db@sha256:cc")]
    [InlineData("mariadb:tagged-here", "sha256:1d somebody/else@sha256:dd", "docker.io/somebody/else@sha256:dd")]
    [InlineData("mariadb:10.11-test", "sha256:1d", "sha256:1d")]
    [InlineData("localhost/mariadb:10.11-test", "1d", "sha256:1d")]
    public void Is_pinned_to_its_own_repositorys_digest_or_else_its_id(string image, string names, string pinned) =>
        Assert.Equal(pinned, BaseImageSource.Pinned(image, names.Split(' ')));

    [Theory]
    [InlineData(EngineKind.Local, "mariadb:11.8", "Use the engine docker or podman")]
    [InlineData(EngineKind.Embedded, "mariadb:11.8", "Use the engine docker or podman")]
    [InlineData(EngineKind.Docker, "self", "Use the engine local or embedded")]
    [InlineData(EngineKind.Podman, "Self", "Use the engine local or embedded")]
    public async Task That_does_not_go_with_the_engine_is_refused(EngineKind kind, string image, string advice)
    {
        var options = new EngineOptions(kind, image, null, Path.GetTempPath());

        var error = await Assert.ThrowsAsync<StillframeException>(() => EngineSelector.SelectAsync(options, SilentReporter.Instance, CancellationToken.None));

        Assert.Equal(ErrorCodes.OptionInvalid, error.Code);
        Assert.Contains(image, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }
}

using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;

namespace Stillframe.EndToEnd.Engines;

[Collection(nameof(Engines))]
public class ABaseImage
{
    static async Task<StillframeException> OpenAsync(string image)
    {
        var engine = new ContainerEngine(ContainerCommand.Docker, Bench.Options(EngineKind.Docker) with { BaseImage = image });
        return await Assert.ThrowsAsync<StillframeException>(() => engine.OpenAsync(SilentReporter.Instance, CancellationToken.None));
    }

    [NeedsFact(Need.Docker)]
    public async Task That_is_nowhere_is_named_with_the_engines_words()
    {
        var error = await OpenAsync("127.0.0.1:9/no-such-image:1");

        Assert.Equal(ErrorCodes.BaseImageMissing, error.Code);
        Assert.Contains("'127.0.0.1:9/no-such-image:1'", error.Message, StringComparison.Ordinal);
        Assert.Contains("connection refused", error.Message, StringComparison.Ordinal);
        Assert.Contains("docker login", error.Message, StringComparison.Ordinal);
    }

    [NeedsFact(Need.Docker)]
    public async Task Without_a_shell_can_not_be_used()
    {
        const string Name = "stillframe-test:no-shell";
        await Command.SucceedAsync("/bin/sh", ["-c", $"cd / && tar -cf - etc/hostname | docker import - {Name}"]);
        try
        {
            var error = await OpenAsync(Name);
            Assert.Equal(ErrorCodes.BaseImageUnusable, error.Code);
            Assert.Contains("no shell", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            await Command.SucceedAsync("docker", ["image", "rm", Name]);
        }
    }

    [NeedsFact(Need.Docker)]
    public async Task Without_a_server_can_not_be_used()
    {
        const string Name = "stillframe-test:no-server", Container = "stillframe-test-no-server";
        await Command.SucceedAsync("docker", ["run", "--name", Container, "--entrypoint", "rm", Needs.BaseImage, "/usr/sbin/mariadbd"]);
        await Command.SucceedAsync("docker", ["commit", Container, Name]);
        await Command.SucceedAsync("docker", ["rm", "-v", Container]);
        try
        {
            var error = await OpenAsync(Name);
            Assert.Equal(ErrorCodes.BaseImageUnusable, error.Code);
            Assert.Contains("lacks the program 'mariadbd'", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            await Command.SucceedAsync("docker", ["image", "rm", Name]);
        }
    }
}

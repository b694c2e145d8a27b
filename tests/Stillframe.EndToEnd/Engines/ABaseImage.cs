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
        await using var image = await ChangedImage.MakeAsync("no-server", ["rm", "/usr/sbin/mariadbd"]);

        var error = await OpenAsync(image.Name);

        Assert.Equal(ErrorCodes.BaseImageUnusable, error.Code);
        Assert.Contains("lacks the program 'mariadbd'", error.Message, StringComparison.Ordinal);
    }

    [NeedsFact(Need.Docker)]
    public async Task That_declares_a_volume_leaves_none()
    {
        await using var image = await ChangedImage.MakeAsync("volume", ["true"], "VOLUME /var/lib/mysql");
        var engine = new ContainerEngine(ContainerCommand.Docker, Bench.Options(EngineKind.Docker) with { BaseImage = image.Name });
        string volume;
        await using (var bench = await engine.OpenAsync(SilentReporter.Instance, CancellationToken.None))
            volume = (await Command.SucceedAsync("docker", ["inspect", "--format", "{{range .Mounts}}{{.Name}}{{end}}", Bench.PlaceOf(bench)])).Trim();

        Assert.Matches("^[0-9a-f]{64}$", volume);
        Assert.DoesNotContain(volume, await Command.SucceedAsync("docker", ["volume", "ls", "--quiet"]), StringComparison.Ordinal);
    }
}

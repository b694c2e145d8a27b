using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Engines;

/// <summary>The tests' base image after a command; gone after its disposal.</summary>
sealed record ChangedImage(string Name) : IAsyncDisposable
{
    public static async Task<ChangedImage> MakeAsync(string tag, string[] command, params string[] changes)
    {
        var container = $"stillframe-test-{tag}-{Environment.ProcessId}";
        var image = new ChangedImage($"stillframe-test:{tag}");
        await Command.SucceedAsync("docker", ["run", "--name", container, "--entrypoint", command[0], Needs.BaseImage, .. command[1..]]);
        await Command.SucceedAsync("docker", ["commit", .. changes.SelectMany(change => new[] { "--change", change }), container, image.Name]);
        await Command.SucceedAsync("docker", ["rm", "-v", container]);
        return image;
    }

    public async ValueTask DisposeAsync() => await Command.SucceedAsync("docker", ["image", "rm", Name]);
}

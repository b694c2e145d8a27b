namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>Images that a test has given docker.</summary>
static class EngineImages
{
    /// <param name="references">As <c>docker image ls</c> filters by them.</param>
    public static async Task RemoveAsync(params string[] references)
    {
        if (Needs.WhyNot([Need.Docker]) is not null)
            return;
        var images = await Command.SucceedAsync("docker", ["image", "ls", "--quiet", .. references.SelectMany(reference => new[] { "--filter", $"reference={reference}" })]);
        if (images.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() is { Length: > 0 } ids)
            await Command.SucceedAsync("docker", ["image", "rm", "--force", .. ids]);
    }
}

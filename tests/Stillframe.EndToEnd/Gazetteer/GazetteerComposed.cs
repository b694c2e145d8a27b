using System.Globalization;
using System.Net;
using System.Text.Json;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Samples;

namespace Stillframe.EndToEnd.Gazetteer;

/// <summary>What publishing wrote, started as it stands.</summary>
[Collection("composed")]
public sealed class GazetteerComposed(RegistryFixture fixture) : IClassFixture<RegistryFixture>, IAsyncLifetime
{
    const string Password = "it's $ecret";

    /// <summary>Nobody else's images are called so.</summary>
    readonly string name = $"gazetteer-{Guid.NewGuid():n}";

    [NeedsFact(Need.Docker, Need.Registry, Need.Compose)]
    [Trait(Soaking.Category, Soaking.Only)] // roll-outs run the same pair by compose, and the other samples theirs
    public async Task Answers_from_archives_and_from_a_registry()
    {
        using var sample = new PublishedSample("Gazetteer", name);
        Directory.CreateDirectory(sample.PathOf(""));
        await sample.PublishAsync(
            fixture.Registry, "-p:ContainerImageTags=\"1.2;stable\"", $"-p:ContainerArchiveOutputPath={sample.PathOf("gazetteer.tar")}", $"-p:DatabaseImageArchiveOutputPath={sample.PathOf("gazetteer-db.tar")}");
        foreach (var archive in (string[])["gazetteer.tar", "gazetteer-db.tar"])
            await Command.SucceedAsync("docker", ["load", "--quiet", "--input", sample.PathOf(archive)]);
        Assert.Contains($"image: {name}:1.2\n", await File.ReadAllTextAsync(sample.PathOf("compose.yaml")), StringComparison.Ordinal);
        await AssertAnswersAsync(sample.PathOf("compose.yaml"));

        await sample.PublishAsync(fixture.Registry, $"-p:ContainerRegistry={fixture.Registry.Host}", $"-p:DatabaseReaderPassword={Password}");
        var pushed = await File.ReadAllTextAsync(sample.PathOf("compose.yaml"));
        Assert.Matches($"image: {fixture.Registry.Host}/{name}@sha256:[0-9a-f]{{64}}\n", pushed);
        Assert.Matches($"image: {fixture.Registry.Host}/{name}-db@sha256:[0-9a-f]{{64}}\n", pushed);
        Assert.DoesNotContain(Password, pushed, StringComparison.Ordinal);
        await AssertAnswersAsync(sample.PathOf("compose.yaml"), Password);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => EngineImages.RemoveAsync($"{name}*", $"*/{name}*");

    /// <summary>Up, some questions, down; with each form of compose that this machine has.</summary>
    static async Task AssertAnswersAsync(string file, string? password = null)
    {
        foreach (var compose in Needs.Compose)
        {
            var project = $"project-{Guid.NewGuid():n}";
            var port = Ports.Free();
            var environment = new Dictionary<string, string?> { ["GAZETTEER_PORT"] = port.ToString(CultureInfo.InvariantCulture), ["GAZETTEER_DB_PASSWORD"] = password };
            try
            {
                await Command.SucceedAsync(compose[0], [.. compose[1..], "-f", file, "-p", project, "up", "--detach"], environment: environment);
                using var client = new HttpClient { BaseAddress = new UriBuilder("http", "127.0.0.1", port).Uri };
                await Eventually.IsTrueAsync(() => AnswersAsync(client), () => Command.RunAsync(compose[0], [.. compose[1..], "-f", file, "-p", project, "logs"], environment: environment).Result.Output);

                Assert.Equal("Concepción", (await GetAsync(client, "/places?name=Concepci%C3%B3n"))[0].GetProperty("name").GetString());
                Assert.True((await GetAsync(client, "/version")).GetProperty("match").GetBoolean());
            }
            finally
            {
                await Command.RunAsync(compose[0], [.. compose[1..], "-f", file, "-p", project, "down", "--volumes"], environment: environment);
            }

            foreach (var kind in (string[])["container", "network", "volume"])
            {
                string[] all = kind == "container" ? ["--all"] : [];
                Assert.Empty(await Command.SucceedAsync("docker", [kind, "ls", "--quiet", .. all, "--filter", $"label=com.docker.compose.project={project}"]));
            }
        }
    }

    static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }

    static async Task<JsonElement> GetAsync(HttpClient client, string path) =>
        JsonSerializer.Deserialize<JsonElement>(await client.GetStringAsync(new Uri(path, UriKind.Relative)));
}

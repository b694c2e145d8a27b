using System.Globalization;
using System.Net;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Samples;

/// <summary>The samples' <c>compose.yaml</c> as it stands, with images that were published for it.</summary>
[Collection("composed")]
public sealed class TheSamplesComposed(RegistryFixture fixture) : IClassFixture<RegistryFixture>, IAsyncLifetime
{
    /// <summary>What the entry point of MariaDB's image does, for an image that has none: on a machine without an image registry, the build makes such a one of the distribution's packages.</summary>
    const string EntryPoint = """
        set -e
        if [ ! -d /var/lib/mysql/mysql ]; then
          mkdir -p /var/lib/mysql/mysql
          { printf "%s\n" "USE mysql;" "SET @auth_root_socket=NULL;"; cd /usr/share/mysql 2>/dev/null || cd /usr/share/mariadb; cat m*_system_tables.sql m*_performance_tables.sql m*_system_tables_data.sql; } |
            mariadbd --no-defaults --user=root --datadir=/var/lib/mysql --bootstrap --skip-networking
          mariadbd --no-defaults --user=root --datadir=/var/lib/mysql --socket=/tmp/first --skip-networking & server=$$!
          until mariadb --no-defaults --socket=/tmp/first -e "SELECT 1" >/dev/null 2>&1; do sleep 0.1; done
          { echo "CREATE DATABASE $$MARIADB_DATABASE; CREATE USER $$MARIADB_USER IDENTIFIED BY '$$MARIADB_PASSWORD'; GRANT ALL ON $$MARIADB_DATABASE.* TO $$MARIADB_USER;"; cat /docker-entrypoint-initdb.d/*.sql; } |
            mariadb --no-defaults --socket=/tmp/first --default-character-set=utf8mb4
          kill $$server; wait $$server
        fi
        exec mariadbd --no-defaults --user=root --datadir=/var/lib/mysql --socket=/tmp/socket --bind-address=0.0.0.0 "$$@"
        """;

    readonly string name = $"labels-{Guid.NewGuid():n}";
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    string Images => Path.Combine(directory.Path, "images.env");

    [NeedsFact(Need.Docker, Need.Registry, Need.Compose)]
    public async Task Serve_users_and_workers_and_read_on_when_the_master_is_stopped()
    {
        await PublishAsync();
        await using var composed = await ComposedProject.UpAsync(await FilesAsync(), await EnvironmentAsync());
        using var user = ComposedProject.User(await composed.AddressAsync("labels", 8080));
        await composed.UntilAsync(async () => (await AskAsync(user, "/health")).Html == "Healthy"); // frame and master are there

        var page = await APage.GetAsync(user, "/objects/7");
        Assert.Equal("a frame", page.Text("source"));
        var changed = await APage.SendAsync(user, 7, page, "Changed in a container.");
        Assert.Equal(("the master", "Changed in a container."), (changed.Text("source"), changed.Text("shown")));
        using (await user.PostAsync(new Uri("/objects/7/similar", UriKind.Relative), null))
            await composed.UntilAsync(async () => (await APage.GetAsync(user, "/objects/7")).Html.Contains("id=\"similar-version\"", StringComparison.Ordinal));
        Assert.Equal(page.Text("data-version"), (await APage.GetAsync(user, "/objects/7")).Text("similar-version"));

        await composed.RunAsync("stop", "master");

        var read = await APage.GetAsync(user, "/objects/7");
        Assert.Equal((HttpStatusCode.OK, page.Text("shown")), (read.Status, read.Text("shown")));
        Assert.EndsWith("and the master is away: you see the labels as they were before.", read.Text("own"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await APage.SendAsync(user, 7, read, "Not saved.")).Status);

        await composed.RunAsync("start", "master"); // what was written is in its volume
        await composed.UntilAsync(async () => (await AskAsync(user, "/objects/7")).Html.Contains("Changed in a container.", StringComparison.Ordinal));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await directory.DisposeAsync();
        await EngineImages.RemoveAsync($"*/{name}*");
    }

    async Task PublishAsync()
    {
        using var service = new PublishedSample("Labels", name);
        using var worker = new PublishedSample("Labels.Worker", $"{name}-worker");
        await service.PublishAsync(fixture.Registry, $"-p:ContainerRegistry={fixture.Registry.Host}", $"-p:DatabaseImagesFile={Images}");
        await worker.PublishAsync(fixture.Registry, $"-p:ContainerRegistry={fixture.Registry.Host}", "-p:ContainerImageTag=1");
    }

    async Task<IReadOnlyList<string>> FilesAsync()
    {
        var file = Repository.PathOf("src/Samples/Labels/compose.yaml");
        if ((await Command.RunAsync("docker", ["run", "--rm", "--pull=never", "--entrypoint", "/bin/sh", Needs.BaseImage, "-c", "command -v docker-entrypoint.sh"])).ExitCode == 0)
            return [file];
        var own = Path.Combine(directory.Path, "entrypoint.yaml");
        await File.WriteAllTextAsync(own, $"services:\n  master:\n    entrypoint:\n      - /bin/sh\n      - -c\n      - |\n        {EntryPoint.ReplaceLineEndings("\n        ")}\n      - sh\n");
        return [file, own];
    }

    async Task<Dictionary<string, string?>> EnvironmentAsync()
    {
        var environment = (await File.ReadAllLinesAsync(Images)).Select(line => line.Split('=', 2)).ToDictionary(parts => parts[0], string? (parts) => parts[1]);
        Assert.Equal(["DATABASE_IMAGE", "SERVICE_IMAGE"], environment.Keys.Order());
        environment["WORKER_IMAGE"] = $"{fixture.Registry.Host}/{name}-worker:1";
        environment["MASTER_IMAGE"] = Needs.BaseImage;
        environment["LABELS_PORT"] = "";
        foreach (var secret in (string[])["LABELS_KEY", "LABELS_MASTER_PASSWORD", "MASTER_ROOT_PASSWORD"])
            environment[secret] = Guid.NewGuid().ToString("n", CultureInfo.InvariantCulture);
        return environment;
    }

    /// <summary>A service that is not there yet has no page.</summary>
    static async Task<APage> AskAsync(HttpClient user, string path)
    {
        try
        {
            return await APage.GetAsync(user, path);
        }
        catch (HttpRequestException e)
        {
            return new(HttpStatusCode.BadGateway, e.Message);
        }
    }
}

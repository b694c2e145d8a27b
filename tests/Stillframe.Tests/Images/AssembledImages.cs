using System.Text;
using System.Text.Json.Nodes;
using Stillframe.Images;
using Stillframe.Oci;

namespace Stillframe.Tests.Images;

public class AssembledImages
{
    const string BaseConfig = """
        {"architecture":"amd64","os":"linux","os.features":["x"],"created":"2024-01-01T00:00:00Z","container":"abc","container_config":{"Volumes":{"/var/lib/mysql":{}}},
         "config":{"User":"root","Volumes":{"/var/lib/mysql":{}},"Env":["PATH=/bin","LANG=C"],"Entrypoint":["docker-entrypoint.sh"],"Cmd":["mariadbd"],"Labels":{"maintainer":"someone"},"WorkingDir":"/srv"},
         "rootfs":{"type":"layers","diff_ids":["sha256:1111111111111111111111111111111111111111111111111111111111111111"]},
         "history":[{"created_by":"ADD rootfs"},{"created_by":"VOLUME","empty_layer":true}]}
        """;

    static readonly FrameConfig Frame = new()
    {
        Entrypoint = ["/usr/sbin/mariadbd", "--innodb-read-only"],
        Environment = new Dictionary<string, string> { ["LANG"] = "C.UTF-8" },
        Labels = new Dictionary<string, string> { ["io.stillframe.data-version"] = "abc<é>" },
        Created = new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)),
    };

    [Fact]
    public void The_configuration_has_exactly_these_bytes()
    {
        const string expected = """
            {"architecture":"amd64","os":"linux","os.features":["x"],"created":"2026-01-02T02:04:05Z","config":{"User":"999:999","Env":["PATH=/bin","LANG=C.UTF-8"],"Entrypoint":["/usr/sbin/mariadbd","--innodb-read-only"],"Labels":{"io.stillframe.data-version":"abc<é>","maintainer":"someone"},"WorkingDir":"/srv","ExposedPorts":{"3306/tcp":{}},"StopSignal":"SIGTERM"},"rootfs":{"type":"layers","diff_ids":["sha256:1111111111111111111111111111111111111111111111111111111111111111","sha256:3333333333333333333333333333333333333333333333333333333333333333"]},"history":[{"created_by":"ADD rootfs"},{"created_by":"VOLUME","empty_layer":true},{"created":"2026-01-02T02:04:05Z","created_by":"stillframe: table shop.orders"}]}
            """;

        Assert.Equal(expected, Text(Assemble().Config));
    }

    [Fact]
    public void A_health_check_is_run_without_a_shell_and_takes_the_place_of_the_base_images()
    {
        const string expected = """
            {"Test":["CMD","/usr/bin/mariadb-admin","ping"],"Interval":10000000000,"Timeout":5000000000,"StartPeriod":60000000000,"StartInterval":1000000000,"Retries":3}
            """;
        var withOne = BaseConfig.Replace("\"Cmd\"", "\"Healthcheck\":{\"Test\":[\"CMD-SHELL\",\"healthcheck.sh\"]},\"Cmd\"", StringComparison.Ordinal);

        Assert.Contains($"\"Healthcheck\":{expected}", Text(Assemble(withOne, ["/usr/bin/mariadb-admin", "ping"]).Config), StringComparison.Ordinal);
        Assert.DoesNotContain("Healthcheck", Text(Assemble(withOne).Config), StringComparison.Ordinal);
    }

    [Fact]
    public void The_manifest_has_exactly_these_bytes()
    {
        var image = Assemble();
        var expected = "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
            + $"\"config\":{{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"{image.Config.Descriptor.Digest}\",\"size\":{image.Config.Descriptor.Size}}},"
            + "\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"sha256:2222222222222222222222222222222222222222222222222222222222222222\",\"size\":10},"
            + "{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"sha256:4444444444444444444444444444444444444444444444444444444444444444\",\"size\":20}]}";

        Assert.Equal(expected, Text(image.Manifest));
    }

    [Fact]
    public void Layers_of_the_base_remember_where_they_came_from()
    {
        var image = Assemble();

        Assert.Equal(new("docker.io", "library/mariadb"), image.Layers[0].Origin);
        Assert.Null(image.Layers[1].Origin);
    }

    [Fact]
    public void A_base_without_history_gets_one_entry_for_each_layer()
    {
        var config = JsonNode.Parse(BaseConfig)!.AsObject();
        config.Remove("history");
        var history = JsonNode.Parse(Text(Assemble(config.ToJsonString()).Config))!["history"]!.AsArray();

        Assert.Equal(2, history.Count);
    }

    [Fact]
    public void A_configuration_that_is_none_is_refused() =>
        Assert.Equal(ErrorCodes.BaseImageUnusable, Assert.Throws<StillframeException>(() => ImageConfig.Parse("[1]"u8, "x")).Code);

    static OciImage Assemble(string config = BaseConfig, IReadOnlyList<string>? healthCheck = null)
    {
        var layer = new Blob(new(MediaTypes.DockerLayerGzip, Digest('2'), 10), _ => throw new NotSupportedException(), new("docker.io", "library/mariadb"));
        var baseImage = new BaseImage("mariadb:11.8", Digest('9'), ImageConfig.Parse(Encoding.UTF8.GetBytes(config), "mariadb"), [layer]);
        return ImageAssembler.Assemble(baseImage, [ImageLayer.Of(new(new(MediaTypes.OciLayerGzip, Digest('4'), 20), Digest('3'), 100, "/nowhere", "table shop.orders"))], Frame with { HealthCheck = healthCheck ?? [] });
    }

    static Digest Digest(char digit) => Stillframe.Oci.Digest.Parse("sha256:" + new string(digit, 64));

    static string Text(Blob blob)
    {
        using var stream = (MemoryStream)blob.Open(default).Result;
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

using Stillframe.Oci;

namespace Stillframe.Tests.Registries;

public class References
{
    const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("mariadb", "docker.io", "library/mariadb", null)]
    [InlineData("mariadb:11.8", "docker.io", "library/mariadb", "11.8")]
    [InlineData("docker.io/mariadb", "docker.io", "library/mariadb", null)]
    [InlineData("index.docker.io/library/mariadb:lts", "docker.io", "library/mariadb", "lts")]
    [InlineData("bitnami/mariadb", "docker.io", "bitnami/mariadb", null)]
    [InlineData("localhost/shop", "localhost", "shop", null)]
    [InlineData("localhost:5000/shop-db:1.0", "localhost:5000", "shop-db", "1.0")]
    [InlineData("127.0.0.1:5000/a/b/c", "127.0.0.1:5000", "a/b/c", null)]
    [InlineData("[::1]:5000/a", "[::1]:5000", "a", null)]
    [InlineData("ghcr.io/owner/shop_db:v1", "ghcr.io", "owner/shop_db", "v1")]
    public void Names_are_read_as_docker_reads_them(string text, string registry, string repository, string? tag)
    {
        var reference = Reference.Parse(text);

        Assert.Equal((registry, repository, tag), (reference.Registry, reference.Repository, reference.Tag));
        Assert.Equal(reference, Reference.Parse(reference.ToString()));
    }

    [Fact]
    public void A_digest_names_the_manifest_before_a_tag_does()
    {
        var reference = Reference.Parse($"ghcr.io/a/b:1@sha256:{Hex}");

        Assert.Equal("sha256:" + Hex, reference.ManifestName);
        Assert.Equal("1", reference.Tag);
        Assert.Equal($"ghcr.io/a/b:1@sha256:{Hex}", reference.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Shop")]
    [InlineData("shop db")]
    [InlineData("https://ghcr.io/a/b")]
    [InlineData("ghcr.io/")]
    [InlineData("ghcr.io/a//b")]
    [InlineData("ghcr.io/a:")]
    [InlineData("ghcr.io/a:.x")]
    [InlineData("ghcr.io/a@sha256:12")]
    [InlineData("ghcr.io/a@md5:12")]
    [InlineData("-host.io/a")]
    [InlineData("a\n")]
    public void What_no_registry_would_take_is_refused(string text)
    {
        var e = Assert.Throws<StillframeException>(() => Reference.Parse(text));

        Assert.Equal(ErrorCodes.ReferenceInvalid, e.Code);
    }

    [Fact]
    public void A_tag_that_is_too_long_is_refused() =>
        Assert.Throws<StillframeException>(() => Reference.Parse("ghcr.io/a/b").WithTag(new string('a', 129)));
}

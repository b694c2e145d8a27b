using Stillframe.Registries;

namespace Stillframe.Tests.Registries;

public class Challenges
{
    [Fact]
    public void Bearer_tells_where_tokens_are() =>
        Assert.Equal(
            new(true, "https://auth.docker.io/token", "registry.docker.io", "repository:library/mariadb:pull,push"),
            Read("Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\",scope=\"repository:library/mariadb:pull,push\""));

    [Fact]
    public void Bearer_comes_before_basic() =>
        Assert.True(Read("Basic realm=\"x\"", "Bearer realm=https://a/token , service=s")!.IsBearer);

    [Fact]
    public void Basic_is_basic() => Assert.Equal(new(false, null, null, null), Read("Basic realm=\"basic-realm\""));

    [Fact]
    public void Others_are_nothing_we_can_answer() => Assert.Null(Read("Negotiate"));

    static Challenge? Read(params string[] headers)
    {
        using var response = new HttpResponseMessage();
        foreach (var header in headers)
            response.Headers.TryAddWithoutValidation("WWW-Authenticate", header);
        return Challenge.From(response.Headers);
    }
}

using Stillframe.Engines;

namespace Stillframe.Tests.Engines;

public class ABuilderContainer
{
    const string Whole = """
        WARNING: something the engine says first
        user=999:999
        server=/usr/sbin/mariadbd
        version=mariadbd  Ver 11.8.3-MariaDB for Linux on x86_64 (options=some)
        share=/usr/share/mariadb
        share=/usr/share/mysql
        admin=/usr/bin/mariadb-admin
        stillframe-ready
        """;

    [Fact]
    public void Says_what_its_image_holds()
    {
        var probe = BuilderProbe.Parse(Whole);

        Assert.Equal(("999:999", "/usr/sbin/mariadbd", "/usr/share/mariadb"), (probe.User, probe.Server, probe.Share));
        Assert.Equal("/usr/bin/mariadb-admin", probe.Admin);
        Assert.Equal("MariaDB 11.8.3", probe.Require("x").ToString());
    }

    [Theory]
    [InlineData("server=/usr/sbin/mariadbd", "server=", "'mariadbd'")]
    [InlineData("share=", "shared=", "share directory")]
    [InlineData("11.8.3-MariaDB", "9.7.0-MySQL", "not a MariaDB release")]
    public void Of_an_image_that_lacks_something_can_not_be_used(string there, string instead, string lack)
    {
        var error = Assert.Throws<StillframeException>(() => BuilderProbe.Parse(Whole.Replace(there, instead, StringComparison.Ordinal)).Require("team/db:7"));

        Assert.Equal(ErrorCodes.BaseImageUnusable, error.Code);
        Assert.Contains("'team/db:7'", error.Message, StringComparison.Ordinal);
        Assert.Contains(lack, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("unix:///var/run/docker.sock", null)]
    [InlineData("npipe:////./pipe/docker_engine", null)]
    [InlineData("tcp://localhost:2375", null)]
    [InlineData("tcp://docker:2375", "docker")]
    [InlineData("ssh://me@builder.example", "builder.example")]
    public void Is_reached_on_the_engines_machine(string? address, string? host) => Assert.Equal(host, ContainerCommand.RemoteHost(address));
}

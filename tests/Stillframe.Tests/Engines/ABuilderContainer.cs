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
        Assert.Equal("MariaDB 11.8.3", probe.Require("x", ServerProgram.MariaDb).ToString());
    }

    [Theory]
    [InlineData("server=/usr/sbin/mariadbd", "server=", "'mariadbd'")]
    [InlineData("share=", "shared=", "share directory")]
    [InlineData("11.8.3-MariaDB", "9.7.0", "DatabaseServer=mysql")]
    public void Of_an_image_that_lacks_something_can_not_be_used(string there, string instead, string lack)
    {
        var error = Assert.Throws<StillframeException>(() => BuilderProbe.Parse(Whole.Replace(there, instead, StringComparison.Ordinal)).Require("team/db:7", ServerProgram.MariaDb));

        Assert.Equal(ErrorCodes.BaseImageUnusable, error.Code);
        Assert.Contains("'team/db:7'", error.Message, StringComparison.Ordinal);
        Assert.Contains(lack, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_MySQL_needs_no_share_directory()
    {
        var probe = BuilderProbe.Parse("server=/usr/sbin/mysqld\nversion=/usr/sbin/mysqld  Ver 8.4.6 for Linux on x86_64 (MySQL Community Server - GPL)\nstillframe-ready");

        Assert.Equal("MySQL 8.4.6", probe.Require("mysql:8.4", ServerProgram.MySql).ToString());
        Assert.Contains("DatabaseServer=mysql", Assert.Throws<StillframeException>(() => probe.Require("mysql:8.4", ServerProgram.MariaDb)).Message, StringComparison.Ordinal);
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

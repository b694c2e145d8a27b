using Stillframe.Engines;

namespace Stillframe.Tests.Engines;

public class AServerVersion
{
    [Theory]
    [InlineData("mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12)\n", "MariaDB", "10.11.19", "10.11.19-MariaDB-0+deb12u1")]
    [InlineData("/usr/sbin/mariadbd  Ver 11.8.3-MariaDB-ubu2404 for debian-linux-gnu on aarch64 (mariadb.org binary distribution)\n", "MariaDB", "11.8.3", "11.8.3-MariaDB-ubu2404")]
    [InlineData("/usr/sbin/mysqld  Ver 8.0.36 for Linux on x86_64 (MySQL Community Server - GPL)\n", "MySQL", "8.0.36", "8.0.36")]
    public void Gives_product_number_and_text(string said, string product, string version, string text) =>
        Assert.Equal(new ServerRelease(product, Version.Parse(version), text), ServerReleaseText.Parse(said));

    [Theory]
    [InlineData("")]
    [InlineData("mariadbd: error while loading shared libraries: libaio.so.1: cannot open shared object file")]
    public void Is_not_seen_in_other_words(string said) => Assert.Null(ServerReleaseText.Parse(said));
}

using Stillframe.Freezing;

namespace Stillframe.Tests.Freezing;

public class OptionsOfAFrame
{
    static IReadOnlyList<string> With(string name, string value = "") => ReadOnlyServer.Options(new Dictionary<string, string> { [name] = value });

    [Theory]
    [InlineData("innodb_read_only")]
    [InlineData("--innodb-read-only")]
    [InlineData("INNODB_Read-Only")]
    [InlineData("skip_innodb_read_only")]
    [InlineData("skip-innodb-read-only")]
    [InlineData("disable_innodb_read_only")]
    [InlineData("enable-read-only")]
    [InlineData("maximum-read-only")]
    [InlineData("autoset_tmpdir")]
    [InlineData("loose-innodb-read-only")]
    [InlineData("loose_skip_innodb_read_only")]
    [InlineData("skip-loose-innodb_read_only")]
    [InlineData("loose-loose-read-only")]
    [InlineData("plugin_innodb_read_only")] // every plugin's option has this second name
    [InlineData("loose_skip_plugin-innodb-read-only")]
    [InlineData("read-onl")] // the server takes what is unambiguous
    [InlineData("skip-read-on")]
    [InlineData("datad")]
    [InlineData("skip_innodb")]
    [InlineData("innodb")]
    [InlineData("plugin-load-add")]
    [InlineData("plugin_load")]
    [InlineData("init-file")]
    [InlineData("secure-file-priv")]
    [InlineData("general-log")]
    [InlineData("general-log-file")]
    [InlineData("slow-query-log")]
    [InlineData("slow-query-log-file")]
    [InlineData("log-slow-query-file")]
    [InlineData("log-output")]
    [InlineData("log-error")]
    [InlineData("log-bin")]
    [InlineData("log-basename")]
    [InlineData("relay-log")]
    [InlineData("relay-log-info-file")]
    [InlineData("socket")]
    [InlineData("pid-file")]
    [InlineData("super-read-only")] // of MySQL, as those that follow
    [InlineData("mysqlx")]
    [InlineData("mysqlx-port")]
    [InlineData("innodb-temp-tablespaces-dir")]
    [InlineData("skip-replica-start")]
    [InlineData("admin-port")]
    [InlineData("initialize-insecure")]
    [InlineData("daemonize")]
    [InlineData("chroot")]
    [InlineData("bootstrap")]
    [InlineData("skip-networking")]
    [InlineData("networking")]
    [InlineData("bind-address")]
    [InlineData("port")]
    [InlineData("extra-port")]
    [InlineData("skip-grant-tables")]
    [InlineData("loose-skip-grant-tables")]
    [InlineData("enable-skip-grant-tables")]
    [InlineData("innodb-data-home-dir")]
    [InlineData("innodb-undo-directory")]
    [InlineData("innodb-log-group-home-dir")]
    [InlineData("getopt-prefix-matching")]
    [InlineData("user")]
    [InlineData("help")]
    public void Are_fixed_however_they_are_spelled(string name)
    {
        var error = Assert.Throws<StillframeException>(() => With(name, "0"));

        Assert.Equal(ErrorCodes.OptionInvalid, error.Code);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("DatabaseServerOption", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("innodb_buffer_pool_size", "64M", "--innodb-buffer-pool-size=64M")]
    [InlineData("innodb-buffer-pool-size", "64M", "--innodb-buffer-pool-size=64M")]
    [InlineData("loose_innodb_buffer_pool_size", "64M", "--loose-innodb-buffer-pool-size=64M")]
    [InlineData("maximum_innodb_ft_cache_size", "8M", "--maximum-innodb-ft-cache-size=8M")]
    [InlineData("skip_name_resolve", "", "--skip-name-resolve")]
    [InlineData("max_connections", "20", "--max-connections=20")]
    [InlineData("plugin_maturity", "stable", "--plugin-maturity=stable")]
    [InlineData("innodb_read_only_compressed", "1", "--innodb-read-only-compressed=1")]
    [InlineData("performance_schema", "on", "--performance-schema=on")]
    public void Take_other_variables(string name, string value, string option) => Assert.Contains(option, With(name, value));

    [Theory]
    [InlineData("")]
    [InlineData("--")]
    [InlineData("a b")]
    [InlineData("o=1")]
    public void Refuse_what_is_no_name(string name) =>
        Assert.Equal(ErrorCodes.OptionInvalid, Assert.Throws<StillframeException>(() => With(name)).Code);

    [Fact]
    public void Turn_off_the_abbreviating_of_names_before_any_of_the_users()
    {
        var options = With("aaa").ToList();

        Assert.True(options.IndexOf("--loose-skip-getopt-prefix-matching") is var off and > 0 && off < options.IndexOf("--aaa"));
    }
}

using Microsoft.Build.Utilities;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.MSBuild;

namespace Stillframe.Tests.MSBuild;

public class Settings
{
    [Theory]
    [InlineData(null, EngineKind.Auto)]
    [InlineData("", EngineKind.Auto)]
    [InlineData(" Podman ", EngineKind.Podman)]
    [InlineData("embedded", EngineKind.Embedded)]
    public void Choose_an_engine(string? value, EngineKind expected) => Assert.Equal(expected, Setting.Engine(value));

    [Theory]
    [InlineData("", ServerKind.MariaDb)]
    [InlineData("MariaDB", ServerKind.MariaDb)]
    [InlineData("mysql", ServerKind.MySql)]
    public void Choose_a_family_of_servers(string value, ServerKind expected) => Assert.Equal(expected, Setting.Server(value));

    [Fact]
    public void With_an_unknown_engine_list_the_known_ones()
    {
        var error = Assert.Throws<StillframeException>(() => Setting.Engine("dokcer"));

        Assert.Equal(ErrorCodes.OptionInvalid, error.Code);
        Assert.Equal("DatabaseEngine is 'dokcer'; it can be 'auto', 'docker', 'podman', 'local', 'embedded'.", error.Message);
    }

    [Theory]
    [InlineData("", 30)]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    public void Count_days(string value, int days) => Assert.Equal(TimeSpan.FromDays(days), Setting.Days("DatabaseServerMaximumAge", value, 30));

    [Theory]
    [InlineData("-1")]
    [InlineData("a week")]
    [InlineData("999999")]
    public void Refuse_what_is_no_number_of_days(string value) =>
        Assert.Equal(ErrorCodes.OptionInvalid, Assert.Throws<StillframeException>(() => Setting.Days("DatabaseServerMaximumAge", value, 30)).Code);

    [Fact]
    public void Keep_a_password_as_it_is() => Assert.Equal(" p;w ", Setting.Reader("r", " p;w ", false).Password);

    [Fact]
    public void Take_the_last_item_of_a_name()
    {
        var items = new[] { Item("max_connections", "10"), Item("sql_mode", ""), Item("max_connections", "20") };

        Assert.Equal(
            new Dictionary<string, string> { ["max_connections"] = "20", ["sql_mode"] = "" },
            Setting.Values("DatabaseServerOption", items));
    }

    [Fact]
    public void With_a_value_in_the_name_say_how_to_write_it()
    {
        var error = Assert.Throws<StillframeException>(() => Setting.Values("DatabaseServerOption", [Item("max_connections=10", "")]));

        Assert.Contains("<DatabaseServerOption Include=\"max_connections\" Value=\"10\" />", error.Message, StringComparison.Ordinal);
    }

    static TaskItem Item(string name, string value) => new(name, new Dictionary<string, string> { ["Value"] = value });
}

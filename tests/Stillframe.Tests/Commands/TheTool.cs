using System.Text;
using System.Text.Json;
using Stillframe.Tool;

namespace Stillframe.Tests.Commands;

public sealed class TheTool : IDisposable
{
    const string Dump = """
        -- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)
        --
        -- Host: master.example    Database: shop
        -- ------------------------------------------------------
        -- Server version	10.11.19-MariaDB-log
        CREATE TABLE orders (id INT PRIMARY KEY);
        INSERT INTO orders VALUES (1),(2);
        -- Dump completed on 2026-11-19  3:04:05

        """;

    readonly TemporaryDirectory directory = TemporaryDirectory.Create();
    readonly StringBuilder output = new(), errors = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("'stillframe --help'")]
    [InlineData("'difff'", "difff")]
    [InlineData("'stillframe diff --help'", "diff", "one.sql")]
    [InlineData("'three.sql'", "diff", "one.sql", "two.sql", "three.sql")]
    [InlineData("'--jsn'", "log", "host/shop-db", "--jsn")]
    [InlineData("'kvm' is no engine", "verify", "shop.tar", "--engine", "kvm")]
    [InlineData("'3' is no engine", "verify", "shop.tar", "--engine", "3")]
    [InlineData("'0' is no port", "run", "shop.tar", "--port", "0")]
    [InlineData("'65536' is no port", "run", "shop.tar", "--port", "65536")]
    [InlineData("'many' is no port", "run", "shop.tar", "--port", "many")]
    [InlineData("'stillframe check --help'", "check")]
    [InlineData("--engine", "verify", "shop.tar", "--engine")]
    public async Task Says_in_one_line_what_is_wrong_with_its_arguments(string said, params string[] arguments)
    {
        Assert.Equal(2, await RunAsync(arguments));
        Assert.Equal("", output.ToString());
        Assert.StartsWith("error: ", Assert.Single(Errors()), StringComparison.Ordinal);
        Assert.Contains(said, errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify <FRAME>", "--help")]
    [InlineData("--engine", "verify", "--help")]
    [InlineData("DUMP", "check", "--help")]
    [InlineData(".", "--version")]
    public async Task Says_what_it_can(string said, params string[] arguments)
    {
        Assert.Equal(0, await RunAsync(arguments));
        Assert.Contains(said, output.ToString(), StringComparison.Ordinal);
        Assert.Empty(Errors());
    }

    [Fact]
    public async Task Says_what_a_build_would_say_of_a_dump()
    {
        Assert.Equal(0, await RunAsync("check", Write("shop.sql", Dump)));

        Assert.Empty(Errors());
        Assert.Contains("shop.orders     2", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Made by mariadb-dump 10.19 Distrib 10.11.19-MariaDB of server 10.11.19-MariaDB-log on 'master.example'.", Lines());
        Assert.Contains("Made at 2026-11-19 03:04:05, by the clock of its host.", Lines());
        Assert.Contains("Each table can be loaded for itself.", Lines());
    }

    [Fact]
    public async Task Says_why_and_where_tables_depend_on_each_other()
    {
        var path = Write("shop.sql", Dump.Replace("(1),(2);", "(1);\nUPDATE orders SET id = 3;", StringComparison.Ordinal));
        Assert.Equal(0, await RunAsync("check", path));
        Assert.Contains($"It is loaded as a whole, in its own order: a statement reads or changes more than its own rows ({path}:8).", Lines());
    }

    [Fact]
    public async Task Gives_nothing_but_JSON_on_standard_output()
    {
        var path = Write("shop.sql", Dump + "CREATE USER somebody;\n");
        Assert.Equal(0, await RunAsync("check", path, "--json", "--skip-refused", "--user", "me", "--password", "secret"));

        using var json = JsonDocument.Parse(output.ToString());
        Assert.Equal(2, json.RootElement.GetProperty("tables")[0].GetProperty("rows").GetInt64());
        Assert.True(json.RootElement.GetProperty("tablesAreIndependent").GetBoolean());
        Assert.Equal(64, json.RootElement.GetProperty("dataVersion").GetString()!.Length);
        Assert.DoesNotContain("secret", output.ToString(), StringComparison.Ordinal);
        Assert.StartsWith($"{path}(9): warning SF1006: CREATE USER", Assert.Single(Errors()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE t (id INT);\nINSERT INTO t VALUES (1),\n", "(2): error SF1003: ")]
    [InlineData("CREATE TABLE t (id INT);\nCREATE USER u;\n", "(2): error SF1006: ")]
    public async Task Says_what_is_wrong_with_a_dump_and_where(string dump, string said)
    {
        var path = Write("shop.sql", dump);
        Assert.Equal(1, await RunAsync("check", path));
        Assert.Equal("", output.ToString());
        Assert.StartsWith(path + said, Assert.Single(Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compares_dumps()
    {
        Assert.Equal(0, await RunAsync("diff", Write("one.sql", Dump), Write("two.sql", Dump.Replace("(1),(2)", "(1),(2),(3)", StringComparison.Ordinal)), "--json"));
        using var json = JsonDocument.Parse(output.ToString());
        Assert.Equal("rows", json.RootElement.GetProperty("tables")[0].GetProperty("change").GetString());
    }

    [Theory]
    [InlineData("error SF3009: ", "verify", "missing.tar", "--engine", "local")]
    [InlineData("error SF1101: 'missing' is no frame", "verify", "missing", "--engine", "local")]
    [InlineData("error SF1103: ", "log", "host/shop db")]
    [InlineData("error SF3002: ", "log", "127.0.0.1:1/shop-db")]
    public async Task Says_in_one_line_what_is_not_there(string said, params string[] arguments)
    {
        Assert.Equal(1, await RunAsync(arguments));
        Assert.Equal("", output.ToString());
        Assert.StartsWith(said, Errors()[^1], StringComparison.Ordinal);
        Assert.Single(Errors(), line => line.Contains("error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Is_coloured_where_it_may_be()
    {
        await RunAsync(colour: true, "check", Write("shop.sql", "CREATE USER u;\n"));
        Assert.Contains("\e[31merror SF1006\e[0m: ", errors.ToString(), StringComparison.Ordinal);
    }

    Task<int> RunAsync(params string[] arguments) => RunAsync(colour: false, arguments);

    async Task<int> RunAsync(bool colour, params string[] arguments)
    {
        await using StringWriter to = new(output), about = new(errors);
        return await CommandLine.RunAsync(arguments, new(to, about, colour));
    }

    string Write(string name, string text)
    {
        var path = Path.Combine(directory.Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    string[] Lines() => output.ToString().Split(Environment.NewLine);

    string[] Errors() => errors.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}

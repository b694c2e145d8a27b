using Stillframe.Dumps;

namespace Stillframe.EndToEnd.Attacks;

/// <summary>The first wall alone: no dump with an attack in it reaches a server.</summary>
[Trait("Wall", "reader")]
public class TheReader
{
    static readonly string[] Refusals = [ErrorCodes.StatementRefused, ErrorCodes.ClientCommandRefused, ErrorCodes.SchemaReserved];

    [Fact]
    public void Refuses_every_statement_that_a_client_would_run() =>
        AssertRefused(from attack in Attack.All from place in Place.All where (place.Runs && !attack.OnlyKept) || attack.AnywhereWrong select ($"{attack}, {place}", place.Statements(attack.Sql)));

    [Fact]
    public void Refuses_every_expression_that_reads_a_file() =>
        AssertRefused(from place in Place.OfExpressions select ($"expression, {place}", place.Statements(Attack.Expression)));

    [Fact]
    public void Refuses_every_command_of_a_client() =>
        AssertRefused(from command in Place.ClientCommands select (command, (IReadOnlyList<string>)[command]));

    static void AssertRefused(IEnumerable<(string Name, IReadOnlyList<string> Statements)> attacks)
    {
        using var canaries = new Canaries();
        using var directory = TemporaryDirectory.Create();
        var passed = new List<string>();
        var all = 0;
        foreach (var (name, statements) in attacks)
        {
            if (!Soaking.IsOfThisRun(all++, 3))
                continue;
            var file = Path.Combine(directory.Path, "dump.sql");
            var text = string.Concat(statements.Select(statement => $"{canaries.Of(statement)}\n//\n"));
            File.WriteAllText(
                file,
                "CREATE DATABASE `shop`;\nUSE `shop`;\nCREATE TABLE `t` (`id` INT PRIMARY KEY, `v` TEXT);\nCREATE TABLE `s` (`v` TEXT);\nDELIMITER //\n" + text + "DELIMITER ;\n");
            var error = Record.Exception(() => DumpInspector.Inspect([file], new(), SilentReporter.Instance, default));
            if (error is not StillframeException { Code: var code, Location: { Line: > 4 } } || !Refusals.Contains(code))
                passed.Add($"{name} [{error?.Message ?? "accepted"}]");
        }

        Assert.True(passed.Count == 0, $"{passed.Count} of {all} passed:\n{string.Join('\n', passed)}");
    }
}

using Nuke.Common;
using Nuke.Common.Execution;
using Assert = Xunit.Assert;

namespace Stillframe.Tests.Build;

public class StandInForNuke
{
    readonly Recorded build = new();

    [Fact]
    public void Runs_dependencies_first_and_each_once() => Assert.Equal(["Restore", "Compile", "Pack", "Test"], Planned("Test", "Pack"));

    [Fact]
    public void Orders_what_is_planned_anyway() => Assert.Equal(["Clean", "Restore", "Compile"], Planned("Compile", "Clean"));

    [Fact]
    public void Does_not_run_what_only_comes_before() => Assert.DoesNotContain("Clean", Planned("Compile"));

    [Fact]
    public void Refuses_a_circle()
    {
        var error = Assert.Throws<UsageException>(() => Planned("Egg"));
        Assert.Equal("Targets depend on each other in a circle: Hen → Egg → Hen.", error.Message);
    }

    [Fact]
    public void Takes_targets_with_and_without_their_option() =>
        Assert.Equal(["Clean", "Test", "Pack"], CommandLine.Parse(["Clean", "--target", "Test", "Pack"], build).Targets);

    [Fact]
    public void Sets_parameters_by_their_kebab_name()
    {
        CommandLine.Parse(["Test", "--some-value", "x y", "--count", "3", "--flag"], build);
        Assert.Equal(("x y", 3, true), (build.SomeValue, build.Count, build.Flag));
    }

    [Theory]
    [InlineData("There is no parameter '--some-valeu'. './build.sh --help' lists them.", "--some-valeu", "x")]
    [InlineData("The parameter '--some-value' needs a value.", "--some-value")]
    [InlineData("'three' is no value for the parameter '--count'.", "--count", "three")]
    public void Refuses_what_it_does_not_know(string message, params string[] arguments) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => CommandLine.Parse(arguments, build)).Message);

    [Theory]
    [InlineData("SomeValue", "of any name")]
    [InlineData("NUKE_SomeValue", "of NUKE's")]
    [InlineData("nuke_some_value", "whatever the case")]
    public void Takes_parameters_of_the_environment_before_those_of_files(string variable, string value)
    {
        using var directory = TemporaryDirectory.Create();
        File.WriteAllText(Path.Combine(directory.Path, "parameters.json"), """{ "$schema": "./build.schema.json", "SomeValue": "of a file", "Count": 2 }""");
        Environment.SetEnvironmentVariable(variable, value);
        try
        {
            CommandLine.Parse(["Test"], build, directory.Path);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        Assert.Equal((value, 2), (build.SomeValue, build.Count));
    }

    [Fact]
    public void Takes_what_the_command_line_gives_before_a_profile_and_that_before_all_profiles()
    {
        using var directory = TemporaryDirectory.Create();
        File.WriteAllText(Path.Combine(directory.Path, "parameters.json"), """{ "SomeValue": "all", "Count": 1, "flag": true }""");
        File.WriteAllText(Path.Combine(directory.Path, "parameters.nightly.json"), """{ "SomeValue": "nightly", "Count": 2 }""");

        Assert.Equal(["Test"], CommandLine.Parse(["Test", "--profile", "nightly", "--count", "3"], build, directory.Path).Targets);

        Assert.Equal(("nightly", 3, true), (build.SomeValue, build.Count, build.Flag));
    }

    [Theory]
    [InlineData("[1]", "'.nuke/parameters.json' is no JSON object of parameters.")]
    [InlineData("{", "'.nuke/parameters.json' is no JSON: ")]
    public void Refuses_a_file_of_parameters_that_can_not_be_read(string text, string message)
    {
        using var directory = TemporaryDirectory.Create();
        File.WriteAllText(Path.Combine(directory.Path, "parameters.json"), text);

        Assert.StartsWith(message, Assert.Throws<UsageException>(() => CommandLine.Parse(["Test"], build, directory.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "Clean")]
    [InlineData(2, "Cleen")]
    [InlineData(2, "Needy")]
    [InlineData(-1, "Broken")]
    public void Says_by_its_exit_code_how_it_went(int code, string target) =>
        Assert.Equal(code, NukeBuild.Execute<Recorded>(x => x.Compile, [target]));

    string[] Planned(params string[] names)
    {
        var all = ExecutableTarget.Of(build);
        return [.. ExecutionPlanner.Plan(all, [.. names.Select(name => all.Single(target => target.Name == name))]).Select(target => target.Name)];
    }

#pragma warning disable CS0649, CA1822 // found and set by reflection
    sealed class Recorded : NukeBuild
    {
        [Parameter("Any text")]
        public readonly string? SomeValue;

        [Parameter("Any number")]
        public readonly int Count;

        [Parameter("Yes or no")]
        public readonly bool Flag;

        Target Clean => _ => _.Before(Restore);

        Target Restore => _ => _;

        public Target Compile => _ => _.DependsOn(Restore);

        Target Pack => _ => _.DependsOn(Compile).Before(Test);

        Target Test => _ => _.DependsOn(Compile);

        Target Hen => _ => _.DependsOn(Egg);

        Target Egg => _ => _.DependsOn(Hen);

        Target Needy => _ => _.Requires(() => SomeValue);

        Target Broken => _ => _.Executes(() => throw new InvalidOperationException("on purpose"));
    }
}

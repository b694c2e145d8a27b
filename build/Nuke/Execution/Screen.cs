using System.Globalization;

namespace Nuke.Common.Execution;

/// <summary>What the build itself prints.</summary>
static class Screen
{
    public static void Help(TextWriter output, IReadOnlyList<ExecutableTarget> targets, ExecutableTarget defaultTarget, NukeBuild build)
    {
        output.WriteLine("Targets (with what they run first):");
        foreach (var target in targets)
        {
            var dependencies = target.Dependencies.Count == 0 ? "" : $"  [{string.Join(", ", target.Dependencies.Select(t => t.Name))}]";
            output.WriteLine($"  {target.Name + (target == defaultTarget ? " (default)" : ""),-20} {target.Text}{dependencies}");
        }

        output.WriteLine();
        output.WriteLine("Parameters:");
        var parameters = CommandLine.Parameters(build).Select(parameter => ($"--{parameter.Name}", parameter.Description))
            .Append(("--target", "Targets to run; they may also be given without it."))
            .Append(("--skip", "Targets to leave out; without names, all that weren't named."))
            .Append(("--plan", "Shows what would run, in which order."))
            .Append(("--help", "Shows this."));
        foreach (var (name, description) in parameters)
            output.WriteLine($"  {name,-26} {description}");
    }

    public static void Plan(TextWriter output, IReadOnlyList<ExecutableTarget> plan)
    {
        foreach (var target in plan)
            output.WriteLine($"{target.Name}{(target.Status is ExecutionStatus.Skipped ? " (skipped)" : "")}");
    }

    public static void Heading(ExecutableTarget target)
    {
        Console.WriteLine();
        Console.WriteLine($"═══ {target.Name} ═══");
    }

    public static void Summary(TextWriter output, IReadOnlyList<ExecutableTarget> plan)
    {
        var line = new string('═', 72);
        output.WriteLine();
        output.WriteLine(line);
        output.WriteLine($"{"Target",-16}{"Status",-14}{"Duration",8}");
        output.WriteLine(new string('─', 72));
        foreach (var target in plan)
        {
            var told = target.Summary.Count == 0 ? "" : $"   // {string.Join(", ", target.Summary.Select(pair => $"{pair.Key}: {pair.Value}"))}";
            output.WriteLine($"{target.Name,-16}{target.Status,-14}{Time(target.Duration.Elapsed),8}{told}");
        }

        output.WriteLine(new string('─', 72));
        output.WriteLine($"{"Total",-30}{Time(TimeSpan.FromTicks(plan.Sum(target => target.Duration.Elapsed.Ticks))),8}");
        output.WriteLine(line);
    }

    static string Time(TimeSpan time) =>
        time < TimeSpan.FromSeconds(1) ? "< 1sec" : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}");
}

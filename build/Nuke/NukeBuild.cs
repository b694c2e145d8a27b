using System.Linq.Expressions;
using Nuke.Common.Execution;
using Nuke.Common.IO;
using Nuke.Common.Tooling;

namespace Nuke.Common.Tooling
{
    public delegate T Configure<T>(T options);
}

namespace Nuke.Common
{
    /// <summary>Base class of a build: its targets are properties of type <see cref="Target"/>, its parameters fields with <see cref="ParameterAttribute"/>.</summary>
    public abstract class NukeBuild
    {
        const int Failure = -1, UsageError = 2, Interrupted = 130;

        ExecutableTarget? running;

        /// <summary>The nearest directory, from the current one upwards, that has <c>.nuke</c>.</summary>
        public static AbsolutePath RootDirectory { get; } = FindRoot();

        /// <summary>Runs the targets that the command line names, or the default one.</summary>
        /// <returns>The process's exit code.</returns>
        protected static int Execute<T>(params Expression<Func<T, Target>>[] defaultTargetExpressions)
            where T : NukeBuild, new() =>
            Execute(defaultTargetExpressions[0], Environment.GetCommandLineArgs()[1..]);

        internal static int Execute<T>(Expression<Func<T, Target>> defaultTarget, IReadOnlyList<string> arguments)
            where T : NukeBuild, new()
        {
            try
            {
                var build = new T();
                var targets = ExecutableTarget.Of(build);
                var fallback = Find(targets, ((MemberExpression)defaultTarget.Body).Member.Name);
                var commandLine = CommandLine.Parse(arguments, build);
                if (commandLine.Help)
                {
                    Screen.Help(Console.Out, targets, fallback, build);
                    return 0;
                }

                IReadOnlyList<ExecutableTarget> invoked = commandLine.Targets.Count == 0 ? [fallback] : [.. commandLine.Targets.Select(name => Find(targets, name))];
                var plan = ExecutionPlanner.Plan(targets, invoked);
                Skip(plan, invoked, commandLine.Skipped?.Select(name => Find(targets, name)).ToList());
                if (commandLine.Plan)
                {
                    Screen.Plan(Console.Out, plan);
                    return 0;
                }

                return build.Run(plan);
            }
            catch (UsageException e)
            {
                Console.Error.WriteLine($"error: {e.Message}");
                return UsageError;
            }
        }

        /// <summary>Puts values beside the running target into the summary.</summary>
        public void ReportSummary(Configure<Dictionary<string, string>> configurator) => running!.Summary = configurator([]);

        static void Skip(IReadOnlyList<ExecutableTarget> plan, IReadOnlyList<ExecutableTarget> invoked, List<ExecutableTarget>? skipped)
        {
            if (skipped is null)
                return;
            foreach (var target in plan.Where(target => skipped.Count == 0 ? !invoked.Contains(target) : skipped.Contains(target)))
                target.Status = ExecutionStatus.Skipped;
        }

        int Run(IReadOnlyList<ExecutableTarget> plan)
        {
            foreach (var target in plan.Where(target => target.Status is not ExecutionStatus.Skipped))
            {
                if (target.Requirements.FirstOrDefault(requirement => requirement.Value() is null).Parameter is { } missing)
                    throw new UsageException($"The target '{target.Name}' needs the parameter '--{CommandLine.Kebab(missing)}'.");
            }

            using var watch = Interruption.Watch();
            var failed = false;
            foreach (var target in plan.Where(target => target.Status is not ExecutionStatus.Skipped))
            {
                target.Status = failed || Interruption.Requested ? ExecutionStatus.NotRun : Run(target);
                failed |= target.Status is not ExecutionStatus.Succeeded;
            }

            Screen.Summary(Console.Out, plan);
            return Interruption.Requested ? Interrupted : failed ? Failure : 0;
        }

        ExecutionStatus Run(ExecutableTarget target)
        {
            Screen.Heading(target);
            running = target;
            target.Duration.Start();
            try
            {
                foreach (var action in target.Actions)
                    action().GetAwaiter().GetResult();
                return ExecutionStatus.Succeeded;
            }
            catch (OperationCanceledException)
            {
                return ExecutionStatus.Aborted;
            }
            catch (Exception e)
            {
                Console.Error.WriteLine($"error: {e.Message}");
                return Interruption.Requested ? ExecutionStatus.Aborted : ExecutionStatus.Failed;
            }
            finally
            {
                target.Duration.Stop();
            }
        }

        static ExecutableTarget Find(IEnumerable<ExecutableTarget> targets, string name) =>
            targets.FirstOrDefault(target => target.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"There is no target '{name}'. './build.sh --help' lists them.");

        static AbsolutePath FindRoot()
        {
            for (var directory = Environment.CurrentDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
            {
                if (Path.Exists(Path.Combine(directory, ".nuke")))
                    return directory;
            }

            return Environment.CurrentDirectory;
        }
    }
}

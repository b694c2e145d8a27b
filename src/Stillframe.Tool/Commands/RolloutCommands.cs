using System.CommandLine;
using Stillframe.Rollouts;

namespace Stillframe.Tool.Commands;

/// <summary><c>rollout</c>, <c>rollback</c> and <c>status</c>: what was published, to where it runs.</summary>
static class RolloutCommands
{
    public static Command CreateRollout(ToolConsole console) => Create(
        "rollout", "Rolls out the pair of service and frame that was published last, waits until it answers, and goes back where it is not healthy.", console, Rollout.RunAsync);

    public static Command CreateRollback(ToolConsole console) => Create("rollback", "Goes back to the pair that ran before the last roll-out.", console, Rollout.BackAsync);

    public static Command CreateStatus(ToolConsole console)
    {
        var options = new RolloutOptions();
        return ToolCommand.Create(
            "status",
            "Shows what each replica serves: service, frame, data version, and how old the data is.",
            console,
            async (result, reporter, cancellationToken) =>
            {
                foreach (var line in await Rollout.StatusAsync(options.Read(result), DateTimeOffset.UtcNow, reporter, cancellationToken))
                    console.Output.WriteLine(line);
                return ExitCode.Success;
            },
            options.All);
    }

    static Command Create(string name, string description, ToolConsole console, Func<RolloutRequest, IReporter, CancellationToken, Task> run)
    {
        var options = new RolloutOptions();
        return ToolCommand.Create(
            name,
            description,
            console,
            async (result, reporter, cancellationToken) =>
            {
                await run(options.Read(result), reporter, cancellationToken);
                return ExitCode.Success;
            },
            options.All);
    }

    sealed class RolloutOptions
    {
        readonly Argument<string> directory = new("directory") { Description = "What DatabaseDeployDirectory of the project names, such as 'deploy'" };
        readonly Option<OrchestratorKind> to = new("--to") { Description = "Who runs the replicas: swarm, kubernetes or compose", HelpName = "swarm|kubernetes|compose", Required = true };
        readonly Option<string> name = new("--name") { Description = "Name of the stack, the deployment or the compose project", HelpName = "NAME", Required = true };
        readonly Option<int> limit = new("--limit") { Description = "Seconds after which a pair that does not answer is taken back", HelpName = "SECONDS", DefaultValueFactory = _ => 300 };

        public Symbol[] All => [directory, to, name, limit];

        public RolloutRequest Read(ParseResult result) => new(result.GetValue(directory)!, result.GetValue(to), result.GetValue(name)!) { Limit = TimeSpan.FromSeconds(result.GetValue(limit)) };
    }
}

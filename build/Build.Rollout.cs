using Nuke.Common;
using Nuke.Common.IO;
using Stillframe;
using Stillframe.Consoles;
using Stillframe.Reporting;
using Stillframe.Rollouts;

partial class Build
{
    [Parameter("What Publish and Refresh write for a roll-out, and Rollout reads; artifacts/images/deploy")]
    readonly string? DeployDirectory;

    [Parameter("Name of the stack, the deployment or the compose project of Rollout, Rollback and Status; gazetteer")]
    readonly string StackName = "gazetteer";

    AbsolutePath Deploy => DeployDirectory is { } given ? RootDirectory / given : Images / "deploy";

    RolloutRequest RolloutRequest => new(
        Deploy,
        Enum.TryParse<OrchestratorKind>(To, ignoreCase: true, out var kind) ? kind : throw new StillframeException(ErrorCodes.OptionInvalid, $"'{To}' is nothing to roll out to: --to is swarm, kubernetes or compose."),
        StackName);

    Target Rollout => _ => _
        .Description("Rolls out what was published last to --to swarm, kubernetes or compose, waits until every replica answers, and goes back where the new ones are not healthy")
        .Requires(() => To)
        .Executes(() => Answers.PrintAsync(false, RunAsync(Stillframe.Rollouts.Rollout.RunAsync), lines => lines));

    Target Rollback => _ => _
        .Description("Goes back to what ran before the last Rollout --to swarm, kubernetes or compose")
        .Requires(() => To)
        .Executes(() => Answers.PrintAsync(false, RunAsync(Stillframe.Rollouts.Rollout.BackAsync), lines => lines));

    Target Status => _ => _
        .Description("What each replica of --to swarm, kubernetes or compose serves: service, frame, data version, age")
        .Requires(() => To)
        .Executes(() => Answers.PrintAsync(
            false, () => Stillframe.Rollouts.Rollout.StatusAsync(RolloutRequest, DateTimeOffset.UtcNow, new ConsoleReporter(Console.Out), Interrupt.Token), lines => lines));

    Func<Task<IReadOnlyList<string>>> RunAsync(Func<RolloutRequest, IReporter, CancellationToken, Task> run) => async () =>
    {
        await run(RolloutRequest, new ConsoleReporter(Console.Out), Interrupt.Token);
        return [];
    };
}

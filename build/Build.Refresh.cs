using Nuke.Common;
using Nuke.Common.IO;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

partial class Build
{
    [Parameter("Command that Refresh runs before it dumps")]
    readonly string? RefreshBefore;

    [Parameter("Command that Refresh runs when it has published a frame, with DATABASE_IMAGE and DATABASE_DATA_VERSION in its environment")]
    readonly string? RefreshAfter;

    Target Refresh => _ => _
        .Description("New data for the service that was released last: dumps the master of the environment variable DatabaseMaster, and where data changed, and no schema, publishes a frame to --registry and moves its tags")
        .DependsOn(Pack)
        .Requires(() => Registry)
        .Executes(() =>
        {
            string[] options =
            [
                $"-p:ContainerRegistry={Registry}", $"-p:DatabaseDeployDirectory={Deploy}",
                .. Property("DatabaseRefreshBefore", RefreshBefore), .. Property("DatabaseRefreshAfter", RefreshAfter), .. Property("DatabaseDumpDirectory", DumpDirectory),
            ];
            DotNet($"build {Sample} {SampleArguments:nq} {string.Join(' ', options.Select(Quoted)):nq} {ServiceBase.SelfContained(ServiceBaseImage):nq} -t:RefreshDatabaseImage");
        });
}

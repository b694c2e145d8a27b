using Stillframe.Engines;
using Stillframe.Processes;

namespace Stillframe.Benchmarks.Servers;

/// <summary>
/// What removes something of the container engine, at its time or when this process is killed. Then everything is removed at once, and an image
/// or a volume has to wait until the containers that use it are gone.
/// </summary>
static class Removal
{
    const string Repeatedly = """for second in 1 2 3 4 5 6 7 8 9 10; do "$@" && exit; sleep 1; done""";

    public static CleanupCommand Write(params string[] arguments) =>
        CleanupCommand.Write(["/bin/sh", "-c", Repeatedly, "sh", ContainerCommand.Docker.Program, .. arguments]);
}

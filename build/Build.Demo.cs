using System.Globalization;
using Nuke.Common;
using Nuke.Common.IO;
using Stillframe;
using Stillframe.Consoles;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

partial class Build
{
    [Parameter("Port of 127.0.0.1 of Demo's pages; 8090")]
    readonly int DemoPort = 8090;

    [Parameter("Ends Demo after so many refreshes; without it Ctrl+C does")]
    readonly int DemoRefreshes;

    [Parameter("Seconds between Demo's refreshes; 60")]
    readonly int DemoSeconds = 60;

    AbsolutePath LabelsSample => RootDirectory / "src" / "Samples" / "Labels";

    Target Demo => _ => _
        .Description("The whole way on this machine, with docker alone: a master, replicas with frames, users, a refresh every minute, releases, and a page with live figures; until Ctrl+C, and nothing of it stays")
        .DependsOn(Pack)
        .Executes(async () =>
        {
            var program = RootDirectory / "src" / "Samples" / "Demo";
            DotNet($"build {program} --configuration {Configuration} --nologo --verbosity quiet");
            await using var engine = await ContainerEngine.FindOrStartAsync()
                ?? throw new InvalidOperationException("Demo needs docker: start its engine, or run this as root where there is apt.");
            await using var registry = await DemoRegistry.StartAsync(Interrupt.Token);
            await using var serviceBase = await ServiceBase.ProvideAsync(ServiceBaseImage, Interrupt.Token);
            using var directory = TemporaryDirectory.Create();
            string[] publish = [.. Packaged(Path.Combine(directory.Path, "publish")), .. serviceBase.Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
            var environment = new Dictionary<string, string?>(engine.Environment);
            foreach (var (name, value) in ServiceBase.Insecure(serviceBase.Registry, registry.Host))
                environment[name] = value;
            await using var demo = BackgroundProgram.Start(
                "dotnet",
                [
                    program / "bin" / Configuration / "net10.0" / "Demo.dll", "--registry", registry.Host, "--project", LabelsSample, "--directory", directory.Path,
                    "--port", DemoPort.ToString(CultureInfo.InvariantCulture), "--refreshes", DemoRefreshes.ToString(CultureInfo.InvariantCulture), "--seconds", DemoSeconds.ToString(CultureInfo.InvariantCulture),
                    .. publish.Select(argument => $"--publish={argument}"),
                ],
                environment);
            await demo.Exited.WaitAsync(Interrupt.Token);
            if (demo.ExitCode != 0)
                Assert.Fail($"The demo has ended with exit code {demo.ExitCode}.");
        });
}

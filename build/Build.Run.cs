using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Nuke.Common;
using Nuke.Common.IO;
using Stillframe.Consoles;
using Stillframe.Verification;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

partial class Build
{
    [Parameter("Port of 127.0.0.1 on which Run serves the sample; 8080")]
    readonly int Port = 8080;

    Target Run => _ => _
        .Description("Runs the sample on its database image, both on this machine, until Ctrl+C")
        .DependsOn(Pack)
        .Executes(async () =>
        {
            DotNet($"build {Sample} {SampleArguments:nq}");
            var databasePort = LocalPort.Free();
            await using var database = BackgroundProgram.Start(
                "dotnet", ["build", Sample, .. SampleOptions, "-t:RunDatabaseImage", $"-p:DatabaseRunPort={databasePort}"]);
            await WaitForAsync(databasePort, database);

            await using var service = BackgroundProgram.Start(
                "dotnet",
                [PublishDirectory / "bin" / "Gazetteer" / "release" / "Gazetteer.dll"],
                new Dictionary<string, string?>
                {
                    ["Database__Host"] = "127.0.0.1",
                    ["Database__Port"] = databasePort.ToString(CultureInfo.InvariantCulture),
                    ["ASPNETCORE_HTTP_PORTS"] = null,
                    ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Port}",
                });
            Console.WriteLine($"Try: curl 'http://127.0.0.1:{Port}/places?name=Concepci%C3%B3n' (Ctrl+C ends both)");
            var interrupted = Task.Delay(Timeout.Infinite, Interrupt.Token);
            if (await Task.WhenAny(database.Exited, service.Exited, interrupted) != interrupted && !Interrupt.Token.IsCancellationRequested)
                Assert.Fail(service.Exited.IsCompleted ? "The service has ended by itself." : "The database has ended by itself.");
        });

    static async Task WaitForAsync(int port, BackgroundProgram database)
    {
        while (!database.Exited.IsCompleted)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, Interrupt.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(200, Interrupt.Token);
            }
        }

        Interrupt.Token.ThrowIfCancellationRequested();
        Assert.Fail("The database image doesn't run; see above.");
    }
}

using Stillframe.Destinations;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Oci;
using Stillframe.Processes;

namespace Stillframe.EndToEnd.Package;

/// <summary>The packed tool, installed as anybody does it, and a frame in a registry and an archive for it to look into.</summary>
public sealed class InstalledTool : IAsyncLifetime, IDisposable
{
    const string Dump = "CREATE TABLE orders (id INT PRIMARY KEY) ENGINE=InnoDB;\nINSERT INTO orders VALUES (1),(2);\n";

    readonly FrameWorkshop workshop = new();
    FreshFolder folder = null!;
    LocalRegistry registry = null!;

    /// <summary>Only where the tests' needs are met.</summary>
    public bool IsThere { get; } = Needs.WhyNot([Need.LocalServer, Need.Registry]) is null;

    public string Program => folder.PathOf("tools/stillframe");

    public string Path => folder.Path;

    public string Host => registry.Host;

    public string Archive => workshop.PathOf("shop.tar");

    public string FirstDump => workshop.PathOf("shop.sql");

    public string SecondDump => workshop.PathOf("later.sql");

    /// <summary>Of the tool's programs: what they leave there is seen.</summary>
    public string Temporary => folder.PathOf("temporary");

    public FrameBuild Frame { get; private set; } = null!;

    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["TMPDIR"] = Temporary,
        ["DatabaseReaderPassword"] = FrameWorkshop.Reader.Password,
    };

    public async Task InitializeAsync()
    {
        if (!IsThere)
            return;
        folder = await FreshFolder.CreateAsync();
        Directory.CreateDirectory(Temporary);
        await Command.SucceedAsync("chmod", ["755", System.IO.Path.GetDirectoryName(folder.Path)!, folder.Path, Temporary]); // a frame started by root runs as somebody else
        var package = await PackedPackage.GetAsync();
        var installed = await folder.DotNetAsync(["tool", "install", PackedPackage.ToolId, "--tool-path", folder.PathOf("tools"), "--version", package.Version]);
        Assert.True(installed.ExitCode == 0, installed.AllOutput);

        workshop.Dump("later.sql", Dump.Replace("(1),(2)", "(1),(2),(3)", StringComparison.Ordinal));
        Frame = await FrameWorkshop.BuildAsync(workshop.Request([workshop.Dump("shop.sql", Dump)], EngineKind.Local) with { Schema = "shop" });
        var image = await ImageLayout.ReadAsync(Frame.LayoutDirectory);
        await new OciArchiveDestination(Archive, Reference.Of("localhost:5000", "shop-db")).DeliverAsync(image, ["1.0"], SilentReporter.Instance, default);
        registry = await LocalRegistry.StartAsync();
        await new RegistryDestination(Reference.Of(Host, "shop-db"), new()).DeliverAsync(image, ["1.9", "latest"], SilentReporter.Instance, default);
    }

    /// <summary>Runs it, whatever its exit code.</summary>
    public Task<ProcessResult> RunAsync(params string[] arguments) => Command.RunAsync(Program, arguments, Path, Environment);

    public async Task DisposeAsync()
    {
        if (registry is not null)
            await registry.DisposeAsync();
    }

    public void Dispose()
    {
        folder?.Dispose();
        workshop.Dispose();
    }
}

using Stillframe.EndToEnd.Engines;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Layers;
using Stillframe.Oci;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Frames;

/// <summary>Base images that are arranged in another way than Debian's and the official ones.</summary>
[Collection(nameof(Engines))]
public sealed class FramesOnOtherBases : IDisposable
{
    const string Dump = "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20) COLLATE latin2_czech_cs) ENGINE=InnoDB;\nINSERT INTO t VALUES (1,'a');\n";

    readonly FrameWorkshop workshop = new();

    [Trait(Soaking.Category, Soaking.Only)]
    [NeedsFact(Need.Docker)]
    public async Task With_the_server_elsewhere_run_it_there()
    {
        const string Move = "mkdir -p /opt/db/bin && mv /usr/sbin/mariadbd /opt/db/bin/ && { cp -aL /usr/share/mysql /opt/db/share || cp -aL /usr/share/mariadb /opt/db/share; } && rm -rf /usr/share/mysql /usr/share/mariadb";
        await using var image = await ChangedImage.MakeAsync("server-elsewhere", ["sh", "-c", Move]);

        var config = await VerifyAsync(image.Name);

        Assert.Equal("/opt/db/bin/mariadbd", config.Entrypoint[0]);
        Assert.Contains("--lc-messages-dir=/opt/db/share", config.Entrypoint);
    }

    [Trait(Soaking.Category, Soaking.Only)] // that a frame's user is a number is a check of every verification
    [NeedsFact(Need.Docker)]
    public async Task Without_the_account_mysql_run_as_a_number()
    {
        await using var image = await ChangedImage.MakeAsync("no-account", ["sh", "-c", "sed -i /^mysql:/d /etc/passwd /etc/group"]);

        Assert.Equal("999:999", (await VerifyAsync(image.Name)).User);
    }

    [Trait(Soaking.Category, Soaking.Only)]
    [NeedsFact(Need.Docker)]
    public async Task With_another_number_for_the_account_run_as_that()
    {
        await using var image = await ChangedImage.MakeAsync("other-number", ["sh", "-c", "sed -i 's/^mysql:.*/mysql:x:1234:2345::\\/nonexistent:\\/bin\\/false/' /etc/passwd"]);

        Assert.Equal("1234:2345", (await VerifyAsync(image.Name)).User);
    }

    [NeedsFact(Need.LocalServer)]
    public async Task With_the_hosts_server_elsewhere_run_it_there()
    {
        var home = workshop.PathOf("db");
        await Command.SucceedAsync("/bin/sh", ["-c", $"mkdir -p {home}/bin && cp /usr/sbin/mariadbd {home}/bin/ && cp -aL /usr/share/mysql {home}/share"]);
        var request = Request(EngineKind.Local);
        var frame = await FrameWorkshop.BuildAsync(request with { Engine = request.Engine with { ServerPath = $"{home}/bin/mariadbd" } });

        Assert.Equal($"{home}/bin/mariadbd", (await VerifyAsync(frame)).Entrypoint[0]);
    }

    async Task<ImageConfig> VerifyAsync(string baseImage)
    {
        var request = Request(EngineKind.Docker);
        return await VerifyAsync(await FrameWorkshop.BuildAsync(request with { Engine = request.Engine with { BaseImage = baseImage } }));
    }

    FrameRequest Request(EngineKind engine) => workshop.Request([workshop.Dump("d.sql", Dump)], engine) with { Compression = LayerCompression.None };

    static async Task<ImageConfig> VerifyAsync(FrameBuild frame)
    {
        await using var stage = await FrameWorkshop.StageAsync(frame);
        var report = await FrameVerifier.VerifyAsync(stage, frame.Contents, FrameWorkshop.Reader, SilentReporter.Instance, CancellationToken.None);
        Assert.True(report.Passed, string.Join(Environment.NewLine, report.Lines()));
        return await (await ImageLayout.ReadAsync(frame.LayoutDirectory)).ReadConfigAsync(CancellationToken.None);
    }

    public void Dispose() => workshop.Dispose();
}

using System.Text;
using System.Text.Json.Nodes;
using Stillframe.Engines;
using Stillframe.Freezing;
using Stillframe.Layers;
using Stillframe.Oci;

namespace Stillframe.Images;

/// <summary>A base image made of nothing but the server's own files: no shell, no package manager.</summary>
static class SelfBaseImage
{
    /// <summary>What Debian's and the official images' <c>mysql</c> user has.</summary>
    public const int UserId = 999;

    /// <summary>Its one layer.</summary>
    public static LayerPlan Plan(IReadOnlyList<ServerFile> files) =>
        new("server", [.. files.Select(Entry), .. Directories().Where(entry => files.All(file => file.ImagePath.Trim('/') != entry.Path))]);

    /// <param name="layer">Made by <see cref="Plan"/>.</param>
    public static BaseImage Of(Platform platform, ImageLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var json = ImageConfig.Empty(platform).ToJson();
        json["config"] = new JsonObject
        {
            ["Env"] = new JsonArray("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        };
        json["rootfs"] = new JsonObject
        {
            ["type"] = "layers",
            ["diff_ids"] = new JsonArray(layer.DiffId.ToString()),
        };
        return new(BaseImages.Self, Digest: null, ImageConfig.Of(json), [layer.Blob]);
    }

    static LayerEntry Entry(ServerFile file) => file switch
    {
        { HostPath: { } path } => new LayerEntry.File(file.ImagePath, path, Mode(file)),
        { LinkTarget: { } target } => new LayerEntry.Link(file.ImagePath, target),
        { Content: { } content } => new LayerEntry.Content(file.ImagePath, content, Mode(file)),
        _ => new LayerEntry.Directory(file.ImagePath),
    };

    static int Mode(ServerFile file) => file.Executable ? Modes.Executable : Modes.Readable;

    // what a server needs around it, and what runtimes look at to turn the name 'mysql' into a number
    static LayerEntry[] Directories() =>
    [
        Text("/etc/passwd", $"root:x:0:0:root:/:/sbin/nologin\nmysql:x:{UserId}:{UserId}:MySQL Server:/nonexistent:/bin/false\n"),
        Text("/etc/group", $"root:x:0:\nmysql:x:{UserId}:\n"),
        Text("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"),
        new LayerEntry.Directory(ReadOnlyServer.TemporaryDirectory, Modes.Sticky),
        new LayerEntry.Directory(ReadOnlyServer.RunDirectory, Modes.Sticky, UserId, UserId),
        new LayerEntry.Directory(ReadOnlyServer.DataDirectory),
    ];

    static LayerEntry.Content Text(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));
}

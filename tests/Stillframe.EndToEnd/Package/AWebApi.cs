using Stillframe.Connections;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Images;
using Stillframe.Verification;

namespace Stillframe.EndToEnd.Package;

/// <summary>Somebody makes a new service and does what the README says, with a dump of their own.</summary>
public class AWebApi
{
    [NeedsFact(Need.Apt)]
    public async Task With_the_lines_of_the_README_publishes_its_own_dump()
    {
        using var folder = await FreshFolder.CreateAsync("Shop");
        await SucceedAsync(folder, ["new", "webapi", "--name", "Shop", "--output", "."]);
        Directory.CreateDirectory(folder.PathOf("data"));
        File.Copy(FrameWorkshop.Sakila[0], folder.PathOf("data/schema.sql"));
        File.Copy(FrameWorkshop.Sakila[1], folder.PathOf("data/data.sql.gz"));
        var project = folder.PathOf("Shop.csproj");
        var lines = (await LinesOfReadmeAsync()).Replace("data/shop.sql.gz", "data/schema.sql;data/data.sql.gz", StringComparison.Ordinal);
        await File.WriteAllTextAsync(project, (await File.ReadAllTextAsync(project)).Replace("</Project>", lines + "</Project>", StringComparison.Ordinal));

        var said = await SucceedAsync(
            folder,
            ["publish", "-p:DatabaseEngine=embedded", "-p:DatabaseImageArchiveOutputPath=shop-db.tar", "-p:NuGetAudit=false"],
            new() { ["SHOP_READER_PASSWORD"] = FrameWorkshop.Reader.Password });
        Assert.True(File.Exists(folder.PathOf("shop-db.tar")), said);

        var layout = Directory.EnumerateDirectories(folder.PathOf("obj"), "layout", SearchOption.AllDirectories).Single();
        await using var stage = await FrameStages.CreateAsync(
            await ImageLayout.ReadAsync(layout), "embedded", null, SilentReporter.Instance, CancellationToken.None);
        await using var running = await stage.StartAsync(FrameStart.Production, CancellationToken.None);
        await using var connection = await ServerConnection.ConnectAsync(running.Endpoint, "shop", FrameWorkshop.Reader.Password, CancellationToken.None);
        await SakilaAnswers.CheckAsync(connection);
    }

    /// <summary>The example under "Add it to your service", of the version under test.</summary>
    static async Task<string> LinesOfReadmeAsync()
    {
        var readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"));
        var start = readme.IndexOf("```xml", StringComparison.Ordinal) + "```xml".Length;
        var example = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
        Assert.Contains("Stillframe.MSBuild", example, StringComparison.Ordinal);
        var package = await PackedPackage.GetAsync();
        return System.Text.RegularExpressions.Regex.Replace(example, "Version=\"[^\"]*\"", $"Version=\"{package.Version}\"");
    }

    static async Task<string> SucceedAsync(FreshFolder folder, string[] arguments, Dictionary<string, string?>? environment = null)
    {
        var result = await folder.DotNetAsync(arguments, environment);
        Assert.True(result.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: exit code {result.ExitCode}\n{result.AllOutput}");
        return result.Output;
    }
}

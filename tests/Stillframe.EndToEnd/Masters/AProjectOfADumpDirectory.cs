using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.EndToEnd.Package;

namespace Stillframe.EndToEnd.Masters;

public sealed class AProjectOfADumpDirectory
{
    const string Variable = "DatabaseMaster";

    [NeedsFact(Need.LocalServer)]
    public async Task Dumps_the_master_when_it_is_asked_to_and_builds_from_that()
    {
        using var work = TemporaryDirectory.Create();
        await using var master = await ClientLoads.StartAsync(work.Path);
        await using (var connection = await master.Server.ConnectAsync())
        {
            await connection.ExecuteAsync("CREATE DATABASE places", default);
            await connection.ExecuteAsync("CREATE TABLE places.place (id INT PRIMARY KEY, name VARCHAR(20)) ENGINE=InnoDB AS SELECT 1 id, 'Concepción' name", default);
        }

        var environment = new Dictionary<string, string?> { [Variable] = $"Server={master.Server.Socket};User ID=root;Password=it is secret;Database=places" };
        using var service = await Service.CreateAsync(items: "<DatabaseDump Include=\"data/places.dump\" />");

        var missing = await service.FailAsync("build");
        var refused = await service.DotNetAsync(["build", "-t:DumpDatabase", "-v:d"], environment);
        var dumped = await service.DotNetAsync(["build", "-t:DumpDatabase"], new Dictionary<string, string?> { [Variable] = environment[Variable]!.Replace("Password=it is secret;", "", StringComparison.Ordinal) });
        await service.SucceedAsync("build");

        Assert.Contains("DumpDatabase", Assert.Single(missing), StringComparison.Ordinal);
        Assert.Contains("error SF5002", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("it is secret", refused.AllOutput, StringComparison.Ordinal);
        Assert.True(dumped.ExitCode == 0, dumped.AllOutput);
        Assert.Equal(["0.schema.sql.gz", "dump.json", "places.place.sql.gz", "zzz.objects.sql.gz"], service.Files("data/places.dump").Select(Path.GetFileName));
        Assert.Equal(64, (await service.ConstantsAsync()).DataVersion.Length);
    }
}

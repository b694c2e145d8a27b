namespace Stillframe.EndToEnd.Package;

/// <summary>Constants in other languages than C#.</summary>
public class Language
{
    [Trait(Soaking.Turn, Soaking.Even)]
    [Fact]
    public async Task FSharp_has_the_constants_before_the_first_file()
    {
        using var service = await InAsync("fsproj", "<ItemGroup><Compile Include=\"First.fs\" /><Compile Include=\"Program.fs\" /></ItemGroup>");
        await service.WriteAsync("First.fs", """
            module First
            [<Literal>]
            let Known = Places.DatabaseImage.Repository
            """);
        await service.WriteAsync("Program.fs", """
            open Places
            printfn "%s" DatabaseImage.DataVersion
            printfn "%s" First.Known
            """);

        await service.SucceedAsync("build");

        await AssertConstantsAsync(service, "DatabaseImage.g.fs");
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [Fact]
    public async Task VisualBasic_has_the_constants_in_its_root_namespace()
    {
        using var service = await InAsync("vbproj", "<PropertyGroup><OptionStrict>On</OptionStrict></PropertyGroup>");
        await service.WriteAsync("Program.vb", """
            Module Program
                Sub Main()
                    System.Console.WriteLine(Places.DatabaseImage.DataVersion)
                    System.Console.WriteLine(DatabaseImage.Repository)
                End Sub
            End Module
            """);

        await service.SucceedAsync("build");

        await AssertConstantsAsync(service, "DatabaseImage.g.vb");
    }

    [Fact]
    public async Task Any_other_is_told_that_it_has_none()
    {
        using var service = await Service.CreateAsync();

        var output = await service.SucceedAsync("msbuild", "-restore", "-t:_CheckDatabaseDumpBeforeCompile", "-p:Language=PowerShell", "-v:n");

        Assert.Contains("There are no constants for projects in 'PowerShell'", output, StringComparison.Ordinal);
    }

    static async Task AssertConstantsAsync(Service service, string file)
    {
        Assert.Contains($"obj/Debug/net10.0/{file}", service.Files("obj"));
        var (dataVersion, repository) = await service.ConstantsAsync();
        Assert.Equal((await File.ReadAllTextAsync(service.PathOf("obj/Debug/net10.0/database-image/data-version"))).Trim(), dataVersion);
        Assert.Equal("places-db", repository);
        await service.SucceedAsync("clean");
        Assert.DoesNotContain($"obj/Debug/net10.0/{file}", service.Files("obj"));
    }

    static async Task<Service> InAsync(string project, string content)
    {
        var service = await Service.CreateAsync(project);
        var text = await File.ReadAllTextAsync(service.PathOf(Service.Project));
        File.Delete(service.PathOf(Service.Project));
        File.Delete(service.PathOf("Program.cs"));
        await service.WriteAsync(Path.ChangeExtension(Service.Project, project), text.Replace("</Project>", $"{content}</Project>", StringComparison.Ordinal));
        return service;
    }
}

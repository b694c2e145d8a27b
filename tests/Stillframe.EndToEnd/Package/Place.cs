using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Package;

/// <summary>Where a project may be, and how it may be laid out.</summary>
public class Place
{
    [Trait(Soaking.Turn, Soaking.Even)]
    [Fact]
    public async Task With_any_name_builds()
    {
        using var service = await Service.CreateAsync("it's (50%) a, $x @y, Dünyanın dört bucağı", items: "<DatabaseDump Include=\"data/*.sql\" />");
        File.Move(service.PathOf("data/places.sql"), service.PathOf("data/Orte & Plätze (1).sql"));

        await service.SucceedAsync("build");

        Assert.Equal("places-db", (await service.ConstantsAsync()).Repository);
    }

    [NeedsFact(Need.Root)]
    public async Task Read_only_is_enough_for_sources()
    {
        using var service = await Service.CreateAsync();
        using var artifacts = TemporaryDirectory.Create();

        // a bind mount of its own, because permissions don't bind root
        var output = await Command.SucceedAsync(
            "unshare",
            ["--mount", "sh", "-c", "mount --bind . . && mount -o remount,ro,bind . && cd \"$PWD\" && ! touch probe 2>/dev/null && exec dotnet build --artifacts-path \"$0\"", artifacts.Path],
            service.Path);

        Assert.Contains("Build succeeded", output, StringComparison.Ordinal);
        Assert.Equal("places-db", (await service.ConstantsAsync(Path.Combine(artifacts.Path, "bin/Places/debug/Places.dll"))).Repository);
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [Fact]
    public async Task With_central_package_versions_builds()
    {
        var package = await PackedPackage.GetAsync();
        using var service = await Service.CreateAsync(version: "");
        await service.WriteAsync("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup><PackageVersion Include="{PackedPackage.Id}" Version="{package.Version}" /></ItemGroup>
            </Project>
            """);

        await service.SucceedAsync("build");
    }

    [Trait(Soaking.Turn, Soaking.Even)]
    [Fact]
    public async Task With_several_target_frameworks_builds_each()
    {
        using var service = await Service.CreateAsync(properties: """
            <TargetFramework />
            <TargetFrameworks>net10.0;net10.0-windows</TargetFrameworks>
            <EnableWindowsTargeting>true</EnableWindowsTargeting>
            <UseAppHost>false</UseAppHost>
            <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
            """);

        await service.SucceedAsync("build");

        var first = await service.ConstantsAsync();
        Assert.Equal(first, await service.ConstantsAsync("bin/Debug/net10.0-windows/Places.dll"));
    }

    [Trait(Soaking.Turn, Soaking.Odd)]
    [Fact]
    public async Task In_a_solution_builds_in_parallel()
    {
        using var service = await Service.CreateAsync("solution");
        string[] names = ["A", "B", "C", "D"];
        foreach (var name in names)
        {
            await service.WriteAsync($"{name}/{name}.csproj", await File.ReadAllTextAsync(service.PathOf(Service.Project)));
            await service.WriteAsync($"{name}/Program.cs", $"Console.WriteLine({name}.DatabaseImage.DataVersion);\nConsole.WriteLine({name}.DatabaseImage.Repository);");
            await service.WriteAsync($"{name}/data/places.sql", Service.Dump(name));
        }

        await service.WriteAsync("All.slnx", $"<Solution>{string.Concat(names.Select(name => $"<Project Path=\"{name}/{name}.csproj\" />"))}</Solution>");

        await service.SucceedAsync("build", "All.slnx", "-m:4");

        foreach (var name in names)
            Assert.Equal($"{name}-db".ToLowerInvariant(), (await service.ConstantsAsync($"{name}/bin/Debug/net10.0/{name}.dll")).Repository);
    }
}

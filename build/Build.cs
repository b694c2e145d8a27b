using Nuke.Common;
using Nuke.Common.IO;
using static Nuke.Common.Tools.DotNet.DotNetTasks;

/// <summary>The build: './build.sh --help' lists its targets and parameters.</summary>
partial class Build : NukeBuild
{
    public static int Main()
    {
        Answers.Prepare();
        return Execute<Build>(x => x.Compile);
    }

    [Parameter("Configuration to build: Release, which is what is packed and shipped, or Debug")]
    readonly string Configuration = "Release";

    [Parameter("Version of the package and of both images; the project's own where it is not given")]
    readonly string? Tag;

    AbsolutePath Artifacts => RootDirectory / "artifacts";

    AbsolutePath Packages => Artifacts / "packages";

    static readonly string[] PackageIds = ["Stillframe.MSBuild", "Stillframe.Tool", "Stillframe.Client", "Stillframe.Client.AspNetCore", "Stillframe.Testing"];

    AbsolutePath Solution => RootDirectory / "Build.sln";

    string VersionProperty => Tag is null ? "" : $" -p:Version={Tag}";

    Target Clean => _ => _
        .Description("Removes what builds have written here")
        .Before(RestorePackages)
        .Executes(() =>
        {
            DotNet($"clean {Solution} --configuration {Configuration} --verbosity quiet --nologo");
            Artifacts.DeleteDirectory();
        });

    Target RestorePackages => _ => _
        .Description("Restores packages")
        .Executes(() =>
        {
            DotNet($"restore {Solution}");
            RestoreAheadCompiler();
        });

    Target Compile => _ => _
        .Description("Builds everything, warnings being errors")
        .DependsOn(RestorePackages)
        .Executes(async () =>
        {
            await ShareCompilerAsync();
            DotNet($"build {Solution} --configuration {Configuration} --no-restore --nologo");
        });

    Target Pack => _ => _
        .Description("Packs Stillframe.MSBuild, the tool 'stillframe', Stillframe.Client and Stillframe.Testing into artifacts/packages")
        .Executes(async () =>
        {
            await ShareCompilerAsync();
            RestoreAheadCompiler();
            Packages.CreateOrCleanDirectory();
            // NuGet never looks again at a version it has
            var restored = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");
            foreach (var package in PackageIds)
            {
                DotNet($"pack {RootDirectory / "src" / package} --configuration {Configuration} --output {Packages} --nologo{VersionProperty:nq}");
                ((AbsolutePath)restored / package.ToLowerInvariant() / PackedVersion).DeleteDirectory();
            }
        });

    bool hasAskedForAheadCompiler;

    /// <summary>See build/Ahead: what is packed is the same without it, and begins a little later.</summary>
    void RestoreAheadCompiler()
    {
        if (hasAskedForAheadCompiler)
            return;
        hasAskedForAheadCompiler = true;
        try
        {
            DotNet($"restore {RootDirectory / "build" / "Ahead" / "Crossgen2.csproj"} --verbosity quiet");
        }
        catch (Exception) when (!Interrupt.Token.IsCancellationRequested)
        {
            Console.WriteLine("The package registry has no compiler for assemblies ahead of time (build/Ahead): they are compiled when they run.");
        }
    }

    static bool sharesCompiler;

    /// <summary>One for all that is compiled from now on, by this build and by the tests that it runs.</summary>
    static async Task ShareCompilerAsync()
    {
        if (sharesCompiler)
            return;
        sharesCompiler = true;
        if (await CompilerServer.StartAsync("stillframe-build", RootDirectory) is not { } id)
            return;
        System.Environment.SetEnvironmentVariable(CompilerServer.Variable, "true");
        System.Environment.SetEnvironmentVariable(CompilerServer.IdVariable, id);
    }
}

using Stillframe.Processes;

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>The SDK's compiler to machine code, which is a package.</summary>
static class NativeCompilerForTests
{
    const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <PublishAot>true</PublishAot>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
        </Project>
        """;

    /// <summary>Null where it can be used. Only a soak asks the package source: others know the tests that need it by their names.</summary>
    public static string? WhyNot()
    {
        if (ChildProcess.Find("clang") is null && ChildProcess.Find("gcc") is null)
            return "neither 'clang' nor 'gcc' is on PATH";
        if (!Soaking.IsOn)
            return null;
        using var directory = TemporaryDirectory.Create();
        File.WriteAllText(Path.Combine(directory.Path, "Native.csproj"), Project);
        var result = Command.RunAsync("dotnet", ["restore", "--use-current-runtime"], directory.Path).GetAwaiter().GetResult();
        return result.ExitCode == 0 ? null : $"the compiler to machine code can't be restored: {result.Output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? result.AllOutput}";
    }
}

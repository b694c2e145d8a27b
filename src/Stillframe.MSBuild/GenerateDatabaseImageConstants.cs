using Microsoft.Build.Framework;

namespace Stillframe.MSBuild;

/// <summary>Writes <c>DatabaseImage.g.cs</c>.</summary>
public sealed class GenerateDatabaseImageConstants : DatabaseTask
{
    public string RootNamespace { get; set; } = "";

    [Required]
    public string DataVersion { get; set; } = "";

    [Required]
    public string Repository { get; set; } = "";

    [Required]
    public string OutputFile { get; set; } = "";

    protected override Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(OutputFile, ConstantsSource.Write(RootNamespace, DataVersion, Repository), cancellationToken);
}

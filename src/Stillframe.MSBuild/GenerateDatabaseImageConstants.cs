using Microsoft.Build.Framework;

namespace Stillframe.MSBuild;

/// <summary>Writes <c>DatabaseImage.g.cs</c>, <c>.fs</c> or <c>.vb</c>.</summary>
public sealed class GenerateDatabaseImageConstants : DatabaseTask
{
    /// <summary>The project's: <c>C#</c>, <c>F#</c> or <c>VB</c>.</summary>
    [Required]
    public string Language { get; set; } = "";

    public string RootNamespace { get; set; } = "";

    [Required]
    public string DataVersion { get; set; } = "";

    [Required]
    public string SchemaVersion { get; set; } = "";

    [Required]
    public string Repository { get; set; } = "";

    [Required]
    public string OutputFile { get; set; } = "";

    protected override Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(OutputFile, Source(), cancellationToken);

    string Source() => Language switch
    {
        "F#" => FSharpConstants.Write(RootNamespace, DataVersion, SchemaVersion, Repository),
        "VB" => VisualBasicConstants.Write(DataVersion, SchemaVersion, Repository),
        _ => ConstantsSource.Write(RootNamespace, DataVersion, SchemaVersion, Repository),
    };
}

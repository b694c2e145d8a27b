using Microsoft.Build.Framework;
using Stillframe.Refreshing;

namespace Stillframe.MSBuild;

/// <summary>Sets one line <c>NAME=value</c> of the file that says which images belong together, and leaves the others as they are.</summary>
public sealed class WriteImagesFile : DatabaseTask
{
    [Required]
    public string File { get; set; } = "";

    [Required]
    public string Name { get; set; } = "";

    /// <summary>An image by its digest.</summary>
    [Required]
    public string Value { get; set; } = "";

    protected override async Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        await ImagesFile.SetAsync(File, Name, Value, cancellationToken);
        reporter.Message(Importance.Normal, $"'{File}': {Name}={Value}");
    }
}

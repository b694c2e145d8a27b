using Microsoft.Build.Framework;
using Stillframe.Refreshing;
using Stillframe.Rollouts;

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

    /// <summary>Also gets the pair for kustomize, and starting points for a roll-out; empty for none.</summary>
    public string DeployDirectory { get; set; } = "";

    /// <summary>Repository of the service.</summary>
    public string Service { get; set; } = "";

    /// <summary>The service's program in its image.</summary>
    public string Program { get; set; } = "";

    public string ReaderUser { get; set; } = "";

    protected override async Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        await ImagesFile.SetAsync(File, Name, Value, cancellationToken);
        if (Setting.Optional(DeployDirectory) is { } directory)
            foreach (var made in await new DeployDirectory(directory).WriteAsync(Service, Program, Setting.Reader(ReaderUser, "", true).User, cancellationToken))
                reporter.Message(Importance.High, $"'{Path.Combine(directory, made)}' was made for you to change: a publish does not write it again");
        reporter.Message(Importance.Normal, $"'{File}': {Name}={Value}");
    }
}

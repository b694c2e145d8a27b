using Microsoft.Build.Framework;
using Stillframe.Dumps;
using Stillframe.Frames;
using Stillframe.Inspection;
using Stillframe.Masking;

namespace Stillframe.MSBuild;

/// <summary>A task that knows what a frame's data version is made of.</summary>
public abstract class DumpTask : DatabaseTask
{
    [Required]
    public string[] Dumps { get; set; } = [];

    public string[] Scripts { get; set; } = [];

    /// <summary>Schema for dumps that name none.</summary>
    public string Schema { get; set; } = "";

    /// <summary><c>mariadb</c> or <c>mysql</c>.</summary>
    public string Server { get; set; } = "";

    /// <summary><c>error</c> or <c>skip</c>.</summary>
    public string RefusedStatements { get; set; } = "";

    /// <summary>Kinds of statements that go through with a warning.</summary>
    public string[] AllowedStatements { get; set; } = [];

    /// <summary>Columns, with their mask in <c>As</c>.</summary>
    public ITaskItem[] Masks { get; set; } = [];

    /// <summary>Patterns of columns that have to have a mask.</summary>
    public string[] MaskRequired { get; set; } = [];

    /// <summary>Patterns of tables whose rows are left out.</summary>
    public ITaskItem[] Exclude { get; set; } = [];

    /// <summary>Tables, with the condition for the rows that stay in <c>Where</c>.</summary>
    public ITaskItem[] Subsets { get; set; } = [];

    /// <summary>Where items may be written.</summary>
    public string[] ProjectFiles { get; set; } = [];

    public string ReaderUser { get; set; } = "";

    public string ReaderPassword { get; set; } = "";

    /// <summary>Names of server variables, with their values in <c>Value</c>.</summary>
    public ITaskItem[] ServerOptions { get; set; } = [];

    /// <summary>Holds what was found when the dumps were read last.</summary>
    [Required]
    public string CheckFile { get; set; } = "";

    /// <summary>Holds the <see cref="DumpSummary"/>, as JSON.</summary>
    [Required]
    public string ReportFile { get; set; } = "";

    /// <summary>Holds what the data version that the service is compiled with is made of.</summary>
    [Required]
    public string PartsFile { get; set; } = "";

    internal DumpChecker Checker => new(DumpFiles.Of(Dumps, Options), Scripts, Options, ReportFile, CheckFile, MaskItems.Request(Masks, MaskRequired));

    internal DumpOptions Options => new()
    {
        DefaultSchema = Setting.Optional(Schema),
        Server = Setting.Server(Server),
        RefusedStatements = Setting.RefusedStatements(RefusedStatements),
        AllowedStatements = [.. AllowedStatements.Select(kind => kind.Trim()).Where(kind => kind.Length > 0)],
        WithoutRows = MaskItems.Patterns(Exclude, "Tables"),
        Subsets = MaskItems.Subsets(Subsets),
    };

    internal DataVersionParts Parts(DumpCheck check) => DataVersionParts.Of(
        check.Dump, Options, [.. check.Scripts.Select(file => file.Sha256)], Setting.Reader(ReaderUser, "", true).User, Setting.Values("DatabaseServerOption", ServerOptions), MaskItems.Request(Masks, MaskRequired));
}

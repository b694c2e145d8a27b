using Stillframe.Dumps;

namespace Stillframe.Inspection;

/// <summary>Reads dump files to their end, as a build does before anything else.</summary>
public static class DumpFiles
{
    static readonly string[] AboutStatements =
    [
        ErrorCodes.DumpEmpty, ErrorCodes.DumpCutOff, ErrorCodes.StatementRefused, ErrorCodes.ClientCommandRefused, ErrorCodes.SchemaReserved, ErrorCodes.StatementTooLarge,
    ];

    /// <param name="reporter">Gets of each kind of warning the first few, when all is read.</param>
    /// <exception cref="StillframeException">SF1001 to SF1009: one, and no warnings with it.</exception>
    public static DumpSummary Inspect(IReadOnlyList<string> files, DumpOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(reporter);
        foreach (var file in files)
            RequireText(file, options, cancellationToken);
        var warnings = new FewWarnings(reporter);
        var summary = DumpInspector.Inspect(files, options, warnings, cancellationToken);
        warnings.Tell();
        return summary;
    }

    /// <summary>What can be no dump is not read as one: its first bytes would be statements that nobody knows, thousands of them.</summary>
    /// <exception cref="StillframeException">SF1001.</exception>
    static void RequireText(string file, DumpOptions options, CancellationToken cancellationToken)
    {
        var content = FileContent.Of(file);
        if (content == ContentKind.Binary)
            LetTheReaderTell(file, options, cancellationToken);
        var (what, advice) = content switch
        {
            ContentKind.Archive => ("a tar archive", "Unpack it, and name the dump files in it."),
            ContentKind.PackedArchive => ("a tar archive, compressed by gzip", "Unpack it, and name the dump files in it; gzip alone, without tar, is read as it is."),
            ContentKind.Layout => ("the directory of an image layout", "Name dump files."),
            ContentKind.Binary => ("no SQL text, but binary data", "Name a dump as 'mariadb-dump' or 'mysqldump' writes it, plain or compressed by gzip."),
            _ => (null, null),
        };
        if (what is not null)
            throw new StillframeException(ErrorCodes.DumpMissing, $"'{file}' can't be read: it is {what}. {advice}", new(file));
    }

    /// <exception cref="StillframeException">The reader knows this kind of file, and what to do with it.</exception>
    static void LetTheReaderTell(string file, DumpOptions options, CancellationToken cancellationToken)
    {
        try
        {
            _ = DumpReader.Read([file], options with { RefusedStatements = RefusedStatements.Error, AllowedStatements = [], MaximumStatementSize = 1 << 20 }, SilentReporter.Instance, cancellationToken).Any();
        }
        catch (StillframeException e) when (AboutStatements.Contains(e.Code))
        {
            // there are none in it
        }
    }
}

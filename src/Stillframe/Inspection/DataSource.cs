using Stillframe.Dumps;
using Stillframe.Masters;
using Stillframe.Registries;

namespace Stillframe.Inspection;

/// <summary>
/// What a user names to be compared: a reference, an image layout's directory, an OCI archive, a backup (<c>oci://…</c>), a dump directory, dump files joined by <c>+</c>, or
/// <c>master</c>.
/// </summary>
public static class DataSource
{
    /// <summary>Names the master whose connection string is in the environment (<see cref="MasterDump.Variable"/>).</summary>
    public const string Master = "master";

    static readonly string[] DumpEndings = [".sql", ".sql.gz"];

    /// <param name="schema">Schema for a dump that names none; null as in <see cref="DumpOptions.DefaultSchema"/>.</param>
    /// <exception cref="StillframeException">SF1101 it is none of these, SF1103, SF1001 to SF1009 of a dump, SF3002 to SF3005, SF3007 to SF3009 of a frame.</exception>
    public static async Task<ComparedData> ReadAsync(string text, string? schema, RegistryOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == Master && !Path.Exists(text))
            return ComparedData.Of(await MasterContent.ReadAsync(Environment.GetEnvironmentVariable(MasterDump.Variable), cancellationToken));
        text = await DumpFiles.HereAsync(text, options, reporter, cancellationToken);
        if (Dumps(text) is { } dumps)
        {
            // a frame that was built without them has none, and one that was built although they were there left them out
            var dumpOptions = new DumpOptions { DefaultSchema = schema, RefusedStatements = RefusedStatements.Skip };
            return ComparedData.Of(await Task.Run(() => DumpFiles.Inspect(dumps, dumpOptions, reporter, cancellationToken), cancellationToken));
        }

        return ComparedData.Of(await FrameReader.FindAsync(text, options, reporter, cancellationToken) ?? throw NothingToCompare(text));
    }

    /// <returns>Null where it is no dump, or none that one could tell by its name.</returns>
    static string[]? Dumps(string text)
    {
        if (DumpDirectory.Find(text) is not null)
            return [.. DumpDirectory.Files([text])];
        if (FileContent.Of(text) is var content and not ContentKind.Nothing)
            return content is ContentKind.File && !FramePlace.IsNamedArchive(text) ? [text] : null;
        var parts = text.Split('+');
        return parts.All(part => File.Exists(part) || DumpEndings.Any(ending => part.EndsWith(ending, StringComparison.OrdinalIgnoreCase))) ? parts : null;
    }

    static StillframeException NothingToCompare(string text) => new(
        ErrorCodes.OptionInvalid,
        $"'{text}' is nothing that can be compared: there is no such file or directory, and a reference is 'HOST/REPOSITORY:TAG'. Name a frame (reference, image layout, .tar archive) or a dump (directory, .sql, .sql.gz; several joined by '+').");
}

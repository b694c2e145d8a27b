using Stillframe.Dumps;
using Stillframe.Registries;

namespace Stillframe.Inspection;

/// <summary>What a user names to be compared: a reference, an image layout's directory, an OCI archive, or dump files joined by <c>+</c>.</summary>
public static class DataSource
{
    static readonly string[] DumpEndings = [".sql", ".sql.gz"];

    /// <param name="schema">Schema for a dump that names none; null as in <see cref="DumpOptions.DefaultSchema"/>.</param>
    /// <exception cref="StillframeException">SF1101 it is none of these, SF1103, SF1001 to SF1009 of a dump, SF3002 to SF3005, SF3007 to SF3009 of a frame.</exception>
    public static async Task<ComparedData> ReadAsync(string text, string? schema, RegistryOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Directory.Exists(text))
            return ComparedData.Of(await FrameReader.FromLayoutAsync(text, cancellationToken));
        if (text.EndsWith(".tar", StringComparison.OrdinalIgnoreCase))
            return ComparedData.Of(await FrameReader.FromArchiveAsync(text, cancellationToken));
        if (Dumps(text) is { } dumps)
        {
            // a frame that was built without them has none, and one that was built although they were there left them out
            var dumpOptions = new DumpOptions { DefaultSchema = schema, RefusedStatements = RefusedStatements.Skip };
            return ComparedData.Of(await Task.Run(() => DumpInspector.Inspect(dumps, dumpOptions, reporter, cancellationToken), cancellationToken));
        }

        return ComparedData.Of(await FrameReader.FromRegistryAsync(ParseReference(text), options, reporter, cancellationToken));
    }

    static string[]? Dumps(string text)
    {
        if (File.Exists(text))
            return [text];
        var parts = text.Split('+');
        return parts.All(part => File.Exists(part) || DumpEndings.Any(ending => part.EndsWith(ending, StringComparison.OrdinalIgnoreCase))) ? parts : null;
    }

    static Reference ParseReference(string text)
    {
        // without a host it is more likely a file with a wrong name than an image at Docker Hub
        var reference = text.Contains('/', StringComparison.Ordinal) ? Reference.Parse(text) : null;
        return reference is not null && text.StartsWith(reference.Registry + "/", StringComparison.Ordinal)
            ? reference
            : throw new StillframeException(
                ErrorCodes.OptionInvalid,
                $"'{text}' is nothing that can be compared: there is no such file or directory, and a reference is 'HOST/REPOSITORY:TAG'. Name a frame (reference, image layout, .tar archive) or a dump (.sql, .sql.gz; several joined by '+').");
    }
}

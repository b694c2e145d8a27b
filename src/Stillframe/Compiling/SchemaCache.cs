using System.Globalization;
using System.Text;
using Stillframe.Engines;
using Stillframe.Families;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;

namespace Stillframe.Compiling;

/// <summary>Schemas kept between builds: where nothing but rows has changed, no table is made anew.</summary>
sealed class SchemaCache(ObjectCache cache)
{
    const string Kind = "schema";

    sealed record Description(IReadOnlyList<IdRange> IdRanges, IReadOnlyList<SchemaTable> Tables, IReadOnlyList<string> Schemas, SchemaForms? Forms);

    public static string KeyOf(string server, SchemaRequest request) =>
        ObjectKey.OfSchema(server, request.StorageOptions,
        [
            request.Compiler.ToString(),
            .. request.Plan.Select(action => action.Step is { } step
                ? $"{step.Statement!.Schema} {step.Statement.Table}"
                : string.Create(CultureInfo.InvariantCulture, $"{action.Kept!.Tables} {action.Kept.Spaces} {action.Kept.Indexes}")),
            .. request.Script.Steps.Where(step => step.Statement is not null).Select(step => $"{step.Statement!.Schema} {Text(step.Statement.Text)}"),
            .. request.Script.Later.Select(later => $"{later.Statement.Schema} {Text(DumpLoader.Prepared(later.Statement))}"),
        ]);

    /// <summary>Puts the schema into an empty sandbox.</summary>
    /// <returns>Null where it is not in the cache.</returns>
    public async Task<CompiledSchema?> FindAsync(string key, ISandbox sandbox, string work, CancellationToken cancellationToken)
    {
        if (await cache.FindAsync<Description>(Kind, key, work, cancellationToken) is not { Description: var description, Files: [var archive] })
            return null;
        var directory = Path.Combine(work, Path.GetRandomFileName());
        Directory.CreateDirectory(directory);
        await TarDirectory.UnpackAsync(archive, directory, cancellationToken);
        await sandbox.PutDataDirectoryAsync(directory, cancellationToken);
        return new(directory, description.IdRanges, description.Tables, description.Schemas)
        {
            Server = sandbox.Release.Text,
            Normalizer = ServerFamily.Of(sandbox.Release).Normalizer(directory),
            Forms = description.Forms,
        };
    }

    /// <summary>To be finished before a server starts on the schema's directory again.</summary>
    public async Task AddAsync(string key, CompiledSchema schema, string work, CancellationToken cancellationToken)
    {
        var archive = Path.Combine(work, Path.GetRandomFileName());
        await TarDirectory.PackAsync(schema.Directory, archive, cancellationToken);
        await cache.AddAsync(Kind, key, new Description(schema.IdRanges, schema.Tables, schema.Schemas, schema.Forms), [archive], cancellationToken);
    }

    static string Text(ReadOnlyMemory<byte> statement) => Encoding.Latin1.GetString(statement.Span);
}

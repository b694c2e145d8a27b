using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Families;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;

namespace Stillframe.Compiling;

/// <summary>Makes a frame's schema, alone and always in the same way, so that equal schemas are equal files.</summary>
static class SchemaCompiler
{
    /// <param name="sandbox">Its data directory is empty; the schema stays in it.</param>
    /// <param name="systemTables">Makes those.</param>
    /// <exception cref="NumbersDifferException">The tables did not get the numbers of the previous frame; the sandbox is used up.</exception>
    /// <exception cref="StillframeException">SF2005 to SF2007.</exception>
    public static async Task<CompiledSchema> CompileAsync(ISandbox sandbox, Func<Task> systemTables, SchemaRequest request, CancellationToken cancellationToken)
    {
        var (script, storageOptions, plan, compiler) = request;
        await systemTables();
        Dictionary<TableName, TableDescription> tables = [];
        IReadOnlyDictionary<TableName, string> files = new Dictionary<TableName, string>();
        IReadOnlyList<string> schemas = [];
        (SchemaForms Forms, IReadOnlyDictionary<TableName, TableForm> Tables)? forms = null;
        await SchemaServer.RunAsync(
            sandbox,
            script.Schemas,
            storageOptions,
            async (session, open) =>
            {
                await using (var author = open())
                    await MakeAsync(new(author), session, script, plan, cancellationToken);
                tables = await session.RunAsync(connection => TableDescription.ReadAllAsync(connection, cancellationToken));
                files = await session.RunAsync(connection => ServerFamily.Of(sandbox.Release).FileNamesAsync(connection, cancellationToken));
                schemas = await session.RunAsync(connection => LoadedTables.SchemasAsync(connection, cancellationToken));
                if (compiler == CompilerKind.Auto && TableWriting.IsProved(sandbox.Release, storageOptions))
                    forms = await session.RunAsync(connection => SchemaForms.ReadAsync(connection, cancellationToken));
            },
            cancellationToken);

        var directory = await sandbox.TakeDataDirectoryAsync(cancellationToken);
        var normalizer = ServerFamily.Of(sandbox.Release).Normalizer(directory);
        files = files.Where(pair => !normalizer.Names.ContainsKey(pair.Key)).Concat(normalizer.Names.Where(pair => tables.ContainsKey(pair.Key))).ToDictionary();
        var stored = tables.Values.Where(table => table.Type is not ("VIEW" or "SYSTEM VIEW")).ToList();
        if (stored.Find(table => !files.ContainsKey(table.Name)) is { } unknown)
            throw new OrderMattersException($"the name of the file of {unknown.Name} can't be told");
        var parts = new SchemaFiles(directory, files.Values.ToHashSet(StringComparer.Ordinal), normalizer.Tables);
        var sorted = stored
            .OrderBy(table => table.Name)
            .Select(table => parts.Of(table, files[table.Name]) with { Form = forms?.Tables.GetValueOrDefault(table.Name) })
            .ToList();
        return new(directory, AssignedIds.Read(plan, sorted, normalizer.Next), sorted, schemas) { Server = sandbox.Release.Text, Normalizer = normalizer, Forms = forms?.Forms };
    }

    static async Task MakeAsync(
        ScriptSession run, LoadSession own, DumpScript script, IReadOnlyList<IdPlanStep> plan, CancellationToken cancellationToken)
    {
        if (script.OrderedBy is not null)
        {
            await run.RunAsync(script, cancellationToken);
        }
        else
        {
            var reserves = plan.Any(action => action.Step is null);
            await run.RunInOrderAsync(script, plan.Select(Act), cancellationToken);
            if (reserves)
                await own.ExecuteAsync("DROP DATABASE IF EXISTS " + ReservedSchemas.Spare, cancellationToken);
        }

        await run.FinishAsync(script, cancellationToken);

        Func<Func<ScriptStep, Task>, Task> Act(IdPlanStep action) => async create =>
        {
            if (action.Step is { } step)
            {
                await create(step);
                return;
            }

            await own.ExecuteAsync("CREATE DATABASE IF NOT EXISTS " + ReservedSchemas.Spare, cancellationToken);
            foreach (var statement in IdPlan.Reserve(action.Kept!))
                await own.ExecuteAsync(statement, cancellationToken);
        };
    }
}

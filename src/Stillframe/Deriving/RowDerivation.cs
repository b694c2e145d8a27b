using Stillframe.Compiling;
using Stillframe.Connections;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Families;
using Stillframe.Loading;
using Stillframe.Loading.Bulk;
using Stillframe.Masters;

namespace Stillframe.Deriving;

/// <summary>
/// Has a throw-away server make rows of those of the dumps: of the tables that a subset concerns, and of those that scripts name. They are dumped as a master's are, and compiled in place of the
/// dumps' own; all other tables are not even loaded.
/// </summary>
sealed class RowDerivation(DerivationRequest request, SystemTablesCache systemTables, IReporter reporter)
{
    readonly List<TableName> tables = [.. request.Dumps.Summary.Tables.Select(table => table.FullName)];

    IReadOnlyList<RowSubset> Subsets => request.Dumps.Options.Subsets;

    /// <summary>Files with the rows of those tables that have others now.</summary>
    /// <param name="sandbox">Its data directory is empty.</param>
    /// <exception cref="OrderMattersException">The dumps are to be loaded in their order, as a whole.</exception>
    /// <exception cref="StillframeException">SF1030, SF1031, SF1xxx of the reader, SF2xxx.</exception>
    public async Task<IReadOnlyDictionary<TableName, RowFile>> RunAsync(ISandbox sandbox, CancellationToken cancellationToken)
    {
        if (request.ScriptTables.FirstOrDefault(pattern => !tables.Any(table => NamePattern.IsOf(pattern, table))) is { } unknown)
            throw new StillframeException(ErrorCodes.ScriptTouchesMore, $"DatabaseScript has Tables=\"{unknown}\", which matches no table of the dump. Correct its name, schema.table.");
        var named = tables.Where(table => request.ScriptTables.Any(pattern => NamePattern.IsOf(pattern, table))).ToHashSet();
        var accounts = ServerAccounts.Random([.. request.Script.Schemas.Union(request.Dumps.Schemas)]);
        await systemTables.CreateAsync(sandbox, request.StorageOptions, request.Work, cancellationToken);
        var rowBytes = request.Dumps.Summary.Tables.Sum(table => table.RowBytes);
        var family = ServerFamily.Of(sandbox.Release);
        await using var server = await sandbox.StartServerAsync([.. family.LoadOptions(rowBytes), .. request.StorageOptions], cancellationToken, family.AccountsSql(accounts));
        await using var author = Session();
        await using var builder = Session();
        await new ScriptSession(author).MakeTablesAsync(request.Script, cancellationToken);
        await builder.ReconnectAsync(SessionOf.Builder, cancellationToken);
        var keys = await ForeignKey.ReadAllAsync(builder, cancellationToken);

        var loaded = Needed(keys).Union(named).ToHashSet();
        await LoadAsync(loaded, author, Session, cancellationToken);
        await author.ReconnectAsync(SessionOf.Author, cancellationToken);
        var cut = await new SubsetRows(Subsets, keys, reporter).TakeAsync(author, tables, cancellationToken);
        await builder.ReconnectAsync(SessionOf.Builder, cancellationToken);
        var files = await DumpAsync(cut.Except(named), "subsets");
        if (named.Count == 0)
            return files;

        await new ScriptRun(request, named, keys, reporter).RunAsync(builder, author, tables, cancellationToken);
        return files.Concat(await DumpAsync(named, "scripts")).ToDictionary();

        LoadSession Session() => new(server, sandbox.Release, accounts, request.Clock);

        Task<IReadOnlyDictionary<TableName, RowFile>> DumpAsync(IEnumerable<TableName> names, string directory) =>
            DerivedFiles.WriteAsync(new(server.Endpoint, new(accounts.Builder), []), names, Path.Combine(request.Work, directory), cancellationToken);
    }

    /// <summary>What subsets look at: their tables, those that refer to them, and every one whose name a condition has in it.</summary>
    IEnumerable<TableName> Needed(IReadOnlyList<ForeignKey> keys)
    {
        var chosen = tables.Where(table => Subsets.Any(subset => NamePattern.IsOf(subset.Tables, table)));
        return ForeignKey.Below(chosen, keys).Union(tables.Where(table => Subsets.Any(subset => subset.Where.Contains(table.Name, StringComparison.OrdinalIgnoreCase))));
    }

    async Task LoadAsync(HashSet<TableName> names, LoadSession author, Func<LoadSession> sessions, CancellationToken cancellationToken)
    {
        var part = request.Script.With(names.Contains, _ => false);
        await request.Dumps.FetchAsync([.. part.Tables.Select(table => table.Unread?.Path).OfType<string>()], cancellationToken);
        part.Open(part.Tables, request.Dumps.Options, cancellationToken);
        await new ScriptSession(author).RunContextAsync(part, cancellationToken);
        var progress = new LoadProgress(reporter);
        var dumped = request.Dumps.Summary.Tables.Where(table => names.Contains(table.FullName)).ToList();
        progress.Begin(dumped);
        await new BulkLoader(sessions, progress, reporter, request.Masks).LoadRowsAsync(author, part, request.Workers, cancellationToken);
        progress.Done(dumped.Sum(table => table.Rows));
    }
}

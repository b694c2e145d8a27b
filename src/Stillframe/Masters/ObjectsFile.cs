using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>Writes what comes after all rows: triggers, events, routines, and views last.</summary>
sealed class ObjectsFile(MasterSession session, DumpFileWriter writer)
{
    /// <summary>Loaded last: of a table's file, the name does not begin so.</summary>
    public const string Name = "zzz.objects.sql.gz";

    /// <exception cref="StillframeException">SF3001, SF5001, SF5002.</exception>
    public static async Task<DumpedFile> WriteAsync(MasterSession session, IReadOnlyList<MasterSchema> schemas, string directory, CancellationToken cancellationToken)
    {
        await using var writer = DumpFileWriter.Begin(directory, Name, "triggers, events, routines and views", session.ServerVersion);
        var file = new ObjectsFile(session, writer);
        foreach (var schema in schemas)
            await file.WriteAsync(schema, cancellationToken);
        return await writer.FinishAsync(null, cancellationToken);
    }

    async Task WriteAsync(MasterSchema schema, CancellationToken cancellationToken)
    {
        var name = Sql.Identifier(schema.Name);
        await session.ExecuteAsync($"USE {name}", cancellationToken); // what the server shows names no schema where it is the current one
        writer.Write($"USE {name};\n");
        // in the order of their tables; those of one table in the order in which they are run
        foreach (var row in (await session.QueryAsync($"SHOW TRIGGERS FROM {name}", cancellationToken)).OrderBy(row => row[2], StringComparer.Ordinal))
            await WriteProgramAsync(schema.Name, "TRIGGER", row[0]!, (SqlMode: 1, Text: 2, Client: 3, TimeZone: null), cancellationToken);
        foreach (var row in await session.QueryAsync($"SHOW EVENTS FROM {name}", cancellationToken))
            await WriteProgramAsync(schema.Name, "EVENT", row[1]!, (SqlMode: 1, Text: 3, Client: 4, TimeZone: 2), cancellationToken);
        await RequireNoLibraryAsync(schema.Name, cancellationToken);
        foreach (var kind in session.IsMariaDb ? (string[])["FUNCTION", "PROCEDURE", "PACKAGE", "PACKAGE BODY"] : ["FUNCTION", "PROCEDURE"])
            foreach (var row in await session.QueryAsync($"SHOW {kind} STATUS WHERE Db = {Sql.Literal(schema.Name)}", cancellationToken))
                await WriteProgramAsync(schema.Name, kind, row[1]!, (SqlMode: 1, Text: 2, Client: 3, TimeZone: null), cancellationToken);
        foreach (var view in schema.Views)
            await WriteViewAsync(view.Name, cancellationToken);
        await writer.FlushAsync(cancellationToken);
    }

    /// <summary>Libraries of JavaScript, which MySQL has since 9.2.</summary>
    async Task RequireNoLibraryAsync(string schema, CancellationToken cancellationToken)
    {
        if (session is { IsMariaDb: false } && session.Release >= new Version(9, 2)
            && await session.QueryAsync($"SELECT library_name FROM information_schema.libraries WHERE library_schema = {Sql.Literal(schema)}", cancellationToken) is [[var library], ..])
            throw new StillframeException(ErrorCodes.MasterNotDumped, $"{Sql.Table(schema, library!)} is a library of JavaScript, which no frame has. Put it, and what uses it, into another database than the one that is dumped.");
    }

    /// <param name="at">Which columns of <c>SHOW CREATE …</c> have what; the collation comes after the client's character set.</param>
    async Task WriteProgramAsync(string schema, string kind, string name, (int SqlMode, int Text, int Client, int? TimeZone) at, CancellationToken cancellationToken)
    {
        var quoted = Sql.Identifier(name);
        var row = (await session.QueryAsync($"SHOW CREATE {kind} {quoted}", cancellationToken))[0];
        var text = row[at.Text] ?? throw new StillframeException(
            ErrorCodes.MasterRightsMissing,
            $"The master does not show the text of the {kind} {quoted} to this account. On the master: {await MasterRights.GrantOfRoutinesAsync(session, schema, cancellationToken)}");
        Set(kind, name, text, row[at.Client]!, row[at.Client + 1]!, row[at.SqlMode]!);
        if (at.TimeZone is { } zone)
            writer.Write($"SET time_zone = {Sql.Literal(row[zone])};\n");
        writer.Write($"DROP {kind} IF EXISTS {quoted};\nDELIMITER ;;\n{text} ;;\nDELIMITER ;\n");
        if (at.TimeZone is not null)
            writer.Write("SET time_zone = '+00:00';\n");
    }

    async Task WriteViewAsync(string name, CancellationToken cancellationToken)
    {
        var quoted = Sql.Identifier(name);
        var row = (await session.QueryAsync($"SHOW CREATE VIEW {quoted}", cancellationToken))[0];
        Set("VIEW", name, row[1]!, row[2]!, row[3]!, "NO_AUTO_VALUE_ON_ZERO");
        writer.Write($"DROP VIEW IF EXISTS {quoted};\n{row[1]};\n");
    }

    /// <summary>What the server noted when the object was made.</summary>
    void Set(string kind, string name, string text, string client, string collation, string sqlMode)
    {
        // the file is UTF-8, and the server would take its letters for those of the client's character set
        if (!client.StartsWith("utf8", StringComparison.Ordinal) && text.Any(c => !char.IsAscii(c)))
            throw new StillframeException(
                ErrorCodes.MasterNotDumped, $"The {kind} {Sql.Identifier(name)} was made by a client with the character set {client}, and has letters beyond ASCII. Make it again by a client with utf8mb4.");
        writer.Write($"SET character_set_client = {client};\nSET collation_connection = {collation};\nSET sql_mode = {Sql.Literal(sqlMode)};\n");
    }
}

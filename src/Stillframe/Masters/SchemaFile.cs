using Stillframe.Connections;
using Stillframe.Dumps;

namespace Stillframe.Masters;

/// <summary>Writes what has to be there before rows: schemas, sequences, tables, and a place for each view that another may name.</summary>
static class SchemaFile
{
    /// <summary>Loaded first: of a table's file, the name begins with no zero.</summary>
    public const string Name = "0.schema.sql.gz";

    /// <exception cref="StillframeException">SF3001, SF5001, SF5002.</exception>
    public static async Task<DumpedFile> WriteAsync(MasterSession session, IReadOnlyList<MasterSchema> schemas, string directory, CancellationToken cancellationToken)
    {
        await using var writer = DumpFileWriter.Begin(directory, Name, "schemas and tables", session.ServerVersion);
        foreach (var schema in schemas)
        {
            var create = (await session.QueryAsync($"SHOW CREATE DATABASE IF NOT EXISTS {Sql.Identifier(schema.Name)}", cancellationToken))[0][1];
            writer.Write($"{create};\nUSE {Sql.Identifier(schema.Name)};\n");
            foreach (var sequence in schema.Sequences)
                await WriteSequenceAsync(session, sequence, writer, cancellationToken);
            foreach (var table in schema.Tables)
                writer.Write($"DROP TABLE IF EXISTS {Sql.Identifier(table.Name.Name)};\n{table.Create};\n");
            foreach (var view in schema.Views)
                await WritePlaceAsync(session, view, writer, cancellationToken);
            await writer.FlushAsync(cancellationToken);
        }

        return await writer.FinishAsync(null, cancellationToken);
    }

    static async Task WriteSequenceAsync(MasterSession session, TableName sequence, DumpFileWriter writer, CancellationToken cancellationToken)
    {
        var create = (await session.QueryAsync($"SHOW CREATE SEQUENCE {Sql.Table(sequence)}", cancellationToken))[0][1];
        var next = (await session.QueryAsync($"SELECT next_not_cached_value FROM {Sql.Table(sequence)}", cancellationToken))[0][0];
        var name = Sql.Identifier(sequence.Name);
        writer.Write($"DROP SEQUENCE IF EXISTS {name};\n{create!.Replace(Sql.Table(sequence), name, StringComparison.Ordinal)};\nDO SETVAL({name}, {next}, 0);\n");
    }

    /// <summary>A view of the same columns without a table, as <c>mariadb-dump</c> writes it.</summary>
    static async Task WritePlaceAsync(MasterSession session, TableName view, DumpFileWriter writer, CancellationToken cancellationToken)
    {
        var columns = await session.QueryAsync($"SHOW FIELDS FROM {Sql.Table(view)}", cancellationToken);
        var name = Sql.Identifier(view.Name);
        writer.Write($"DROP TABLE IF EXISTS {name};\n/*!50001 DROP VIEW IF EXISTS {name}*/;\n");
        writer.Write($"/*!50001 CREATE VIEW {name} AS SELECT\n{string.Join(",\n", columns.Select(column => $" NULL AS {Sql.Identifier(column[0]!)}"))} */;\n");
    }
}

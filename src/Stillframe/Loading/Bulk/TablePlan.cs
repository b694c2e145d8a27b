using System.Text;
using Stillframe.Connections;

namespace Stillframe.Loading.Bulk;

/// <summary>How the rows of one table are sent by LOAD DATA.</summary>
/// <param name="Statement">The LOAD DATA statement.</param>
/// <param name="Rules">One a value of each row.</param>
/// <param name="ColumnList">As every INSERT of the table has it; empty for none.</param>
/// <param name="Charset">The connection's, in lower case.</param>
/// <param name="Counted">Index of the AUTO_INCREMENT column among the values; -1 for none.</param>
sealed record TablePlan(string Statement, IReadOnlyList<ColumnRule> Rules, ReadOnlyMemory<byte> ColumnList, string Charset, int Counted)
{
    /// <summary>Of each value.</summary>
    public IReadOnlyList<TableColumn> Columns { get; private init; } = [];

    /// <param name="columnList">The first INSERT's.</param>
    /// <exception cref="NotBulkLoadableException">The table keeps to INSERT.</exception>
    public static TablePlan Make(TableDescription table, ReadOnlyMemory<byte> columnList, SessionSnapshot session)
    {
        if (table.Engine != "InnoDB")
            throw new NotBulkLoadableException($"the engine {table.Engine} can't take back what was loaded");
        if (session.EmptiesAreNull)
            throw new NotBulkLoadableException("an empty string is NULL in its session");
        var columns = ColumnsOf(table, columnList);
        var charset = StreamCharset.For(columns, session.Charset)
            ?? throw new NotBulkLoadableException($"the dump's character set is {session.Charset ?? "not the same for client and connection"}");
        var names = string.Join(", ", columns.Select(column => column.Generated ? "@ignored" : Sql.Identifier(column.Name)));
        return new(
            $"LOAD DATA LOCAL INFILE 'rows' INTO TABLE {Sql.Table(table.Name)} CHARACTER SET {charset} {FieldBuffer.Format} ({names})",
            [.. columns.Select(column => Rule(column, charset, session))],
            columnList,
            session.Charset!,
            columns.FindIndex(column => column.AutoIncrement))
        {
            Columns = columns,
        };
    }

    static List<TableColumn> ColumnsOf(TableDescription table, ReadOnlyMemory<byte> list)
    {
        if (list.IsEmpty)
        {
            return [.. table.Columns.Where(column => !column.Invisible)];
        }

        var byName = table.Columns.ToDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase);
        var named = ColumnNames.Parse(Encoding.UTF8.GetString(list.Span))
            .Select(name => byName.TryGetValue(name, out var column)
                ? column
                : throw new NotBulkLoadableException($"it has no column {name}"))
            .ToList();
        // for others LOAD DATA has defaults of its own
        var missing = table.Columns.Except(named).FirstOrDefault(column => !column.Generated);
        return missing is null ? named : throw new NotBulkLoadableException($"its INSERT statements leave out the column {missing.Name}");
    }

    static ColumnRule Rule(TableColumn column, string stream, SessionSnapshot session)
    {
        // mariadb-dump gives values for generated columns, which an INSERT then ignores
        if (column.Generated)
            return session.IsStrict ? throw new NotBulkLoadableException($"its column {column.Name} takes no values") : new(Numbers.Floats, Bytes: true);
        var zero = !column.AutoIncrement || session.KeepsZero;
        var rule = column.Type switch
        {
            "tinyint" or "smallint" or "mediumint" or "int" or "bigint" => new ColumnRule(Numbers.Integers),
            "decimal" => new ColumnRule(Numbers.Decimals),
            "float" or "double" => new ColumnRule(Numbers.Floats),
            "year" => new ColumnRule(Numbers.Years),
            "date" or "time" or "datetime" or "timestamp" or "enum" or "set" or "uuid" or "inet4" or "inet6" => new ColumnRule(Numbers.None),
            "char" or "varchar" or "tinytext" or "text" or "mediumtext" or "longtext" =>
                new ColumnRule(Numbers.None, Bytes: StreamCharset.TakesBytes(stream, column.Charset ?? "")),
            "binary" or "varbinary" or "tinyblob" or "blob" or "mediumblob" or "longblob" or "bit"
                or "geometry" or "point" or "linestring" or "polygon" or "multipoint" or "multilinestring" or "multipolygon" or "geometrycollection" =>
                new ColumnRule(Numbers.None, Bytes: true),
            _ => throw new NotBulkLoadableException($"its column {column.Name} is of the type {column.Type}"),
        };
        return rule with { Null = column.Nullable, Zero = zero };
    }
}

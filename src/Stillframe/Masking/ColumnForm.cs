using Stillframe.Dumps;

namespace Stillframe.Masking;

/// <summary>What a column's type is for a mask.</summary>
enum ColumnForm
{
    /// <summary>Enumerations, sets, bits, JSON, UUIDs, addresses, times, years: their values are of forms of their own.</summary>
    Other,
    Text,
    Bytes,
    Integer,
    Decimal,
    /// <summary>DATE, DATETIME, TIMESTAMP.</summary>
    Date,
    Float,
    Bit,
    /// <summary>Geometry, and types that are not known.</summary>
    None,
}

static class ColumnForms
{
    public static ColumnForm Of(TableDefinitionColumn column) => column.Type switch
    {
        "char" or "varchar" or "tinytext" or "text" or "mediumtext" or "longtext" => ColumnForm.Text,
        "binary" or "varbinary" or "tinyblob" or "blob" or "mediumblob" or "longblob" => ColumnForm.Bytes,
        "tinyint" or "smallint" or "mediumint" or "int" or "bigint" => ColumnForm.Integer,
        "decimal" => ColumnForm.Decimal,
        "float" or "double" => ColumnForm.Float,
        "date" or "datetime" or "timestamp" => ColumnForm.Date,
        "enum" or "set" or "json" or "uuid" or "inet4" or "inet6" or "time" or "year" => ColumnForm.Other,
        "bit" => ColumnForm.Bit,
        _ => ColumnForm.None,
    };

    /// <summary>The greatest number of an integer type.</summary>
    public static ulong Greatest(TableDefinitionColumn column)
    {
        var bits = column.Type switch { "tinyint" => 8, "smallint" => 16, "mediumint" => 24, "int" => 32, _ => 64 };
        return ulong.MaxValue >> (64 - bits + (column.Unsigned ? 0 : 1));
    }
}

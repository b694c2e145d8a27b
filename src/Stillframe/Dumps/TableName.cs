namespace Stillframe.Dumps;

/// <summary>The name of a table with its schema's, as the server has both; ordered by its bytes, first the schema's.</summary>
readonly record struct TableName(string Schema, string Name) : IComparable<TableName>
{
    public int CompareTo(TableName other) =>
        string.CompareOrdinal(Schema, other.Schema) is var schema and not 0 ? schema : string.CompareOrdinal(Name, other.Name);

    /// <summary>For people, and for keys: without quotes.</summary>
    public override string ToString() => $"{Schema}.{Name}";
}

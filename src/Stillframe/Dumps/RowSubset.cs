namespace Stillframe.Dumps;

/// <summary>Which rows of a table stay.</summary>
/// <param name="Tables">A pattern, such as <c>shop.customer</c>; see <see cref="NamePattern"/>.</param>
/// <param name="Where">A condition in SQL, as after <c>WHERE</c>: rows for which it is true stay. A frame's server decides, on masked values.</param>
public sealed record RowSubset(string Tables, string Where);

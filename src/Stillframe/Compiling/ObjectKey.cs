using System.Globalization;
using Stillframe.Dumps;
using Stillframe.Layers;
using Stillframe.Loading;

namespace Stillframe.Compiling;

/// <summary>Names of compiled parts: equal keys, equal bytes. Whatever decides about a part is in its key.</summary>
static class ObjectKey
{
    /// <summary>The code that compiles: another build of the package may do it in another way.</summary>
    static readonly string Package = typeof(ObjectKey).Module.ModuleVersionId.ToString();

    /// <param name="context">Hash of what else in the dump bears on all tables.</param>
    public static string OfTable(string server, IReadOnlyList<string> storageOptions, string context, SchemaTable table, DumpTable dump, CompilerKind compiler) => FieldHash.Of(
    [
        "object", Package, compiler.ToString(), server, .. storageOptions, context, table.Name.Schema, table.Name.Name,
        .. table.Numbers.Select(numbers => string.Create(
            CultureInfo.InvariantCulture, $"{numbers.Table} {numbers.Space} {string.Join(' ', numbers.Indexes)}")),
        dump.SchemaFingerprint, dump.RowsFingerprint,
    ]);

    public static string OfLayer(LayerCompression compression, IEnumerable<string> objects) =>
        FieldHash.Of(["layer", Package, compression.Identity, .. objects.Order(StringComparer.Ordinal)]);

    public static string OfSchema(string server, IReadOnlyList<string> storageOptions, IEnumerable<string> statements) =>
        FieldHash.Of(["schema", Package, server, .. storageOptions, .. statements]);

    /// <param name="session">Statements that it began with.</param>
    public static string OfSession(string server, IEnumerable<string> session) => FieldHash.Of(["session", Package, server, .. session]);

    /// <param name="scripts">Hash of what makes them.</param>
    public static string OfSystemTables(string server, IReadOnlyList<string> options, string scripts) =>
        FieldHash.Of(["system tables", Package, server, scripts, .. options]);
}

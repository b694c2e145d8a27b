using System.Globalization;
using System.Net;
using Stillframe.Dumps;

namespace Stillframe.Masking;

/// <summary>Whether columns can have the masks that they are given: type, width, NOT NULL, UNIQUE and foreign keys hold.</summary>
static class MaskFit
{
    /// <exception cref="StillframeException">SF1020.</exception>
    public static void Check(IReadOnlyDictionary<TableName, TableMask> tables, DumpSummary summary)
    {
        foreach (var table in summary.Tables)
        {
            var masks = tables[table.FullName];
            foreach (var (column, mask) in masks.Columns.Zip(masks.Masks))
            {
                var isUnique = table.Definition!.UniqueKeys.Any(key => key.Contains(column.Name, StringComparer.OrdinalIgnoreCase));
                if (mask is not null && Problem(column, mask, isUnique) is { } problem)
                    throw MaskErrors.Invalid($"DatabaseMask {table.FullName}.{column.Name}, {Type(column)}, can't be As=\"{mask.Kind.ToString().ToLowerInvariant()}\": {problem}.");
            }

            foreach (var reference in table.Definition!.References)
                Check(masks, reference, tables.GetValueOrDefault(new(reference.Schema ?? table.Schema, reference.Table)));
        }
    }

    static void Check(TableMask here, TableDefinitionReference reference, TableMask? there)
    {
        if (there is null)
            return;
        foreach (var (own, other) in reference.Columns.Zip(reference.There))
        {
            var (mine, its) = (here.Of(own), there.Of(other));
            if (mine?.Meaning != its?.Meaning && mine is not { Kind: MaskKind.Null })
                throw MaskErrors.Invalid(
                    $"The foreign key of {here.Name}.{own} points at {there.Name}.{other}, and their masks differ: {Text(mine)} and {Text(its)}. Give both the same mask and Domain, or neither one.");
        }
    }

    static string? Problem(TableDefinitionColumn column, ColumnMask mask, bool isUnique) => mask.Kind switch
    {
        MaskKind.Null => column.Nullable ? null : "it is NOT NULL; take constant, or a mask for its type",
        MaskKind.Constant when isUnique => "it is in a unique key, whose values have to differ; take hash, email, digits, letters or null",
        MaskKind.Constant => Constant(column, mask.Form, mask.Value),
        MaskKind.Name when isUnique => "it is in a unique key, and two names may become the same; take letters or hash",
        MaskKind.Name => mask.Form == ColumnForm.Text ? null : ForTypes("text"),
        MaskKind.Letters => mask.Form == ColumnForm.Text ? null : ForTypes("text"),
        MaskKind.Email when mask.Form != ColumnForm.Text => ForTypes("text"),
        MaskKind.Email => mask.Length >= HashMask.ShortestEmail ? null : TooShort(mask.Length, HashMask.ShortestEmail, "characters"),
        MaskKind.Hash when mask.Form == ColumnForm.Bytes => mask.Length >= HashMask.ShortestBytes ? null : TooShort(mask.Length, HashMask.ShortestBytes, "bytes"),
        MaskKind.Hash when mask.Form != ColumnForm.Text => ForTypes("text and binary columns; numbers take digits"),
        MaskKind.Hash => mask.Length >= HashMask.ShortestHex ? null : TooShort(mask.Length, HashMask.ShortestHex, "characters"),
        MaskKind.Digits when mask.Form == ColumnForm.Decimal && column.Length > NumberMask.MostDigits => $"its numbers may have more than {NumberMask.MostDigits} digits; take null or constant",
        MaskKind.Digits => mask.Form is ColumnForm.Text or ColumnForm.Integer or ColumnForm.Decimal ? null : ForTypes("text, integers and decimals"),
        MaskKind.Date => mask.Form == ColumnForm.Date ? null : ForTypes("DATE, DATETIME and TIMESTAMP"),
        _ => null,
    };

    static string? Constant(TableDefinitionColumn column, ColumnForm form, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "it has no Value";
        var fits = form switch
        {
            ColumnForm.Text or ColumnForm.Bytes => value.EnumerateRunes().Count() <= column.Length,
            ColumnForm.Integer => Int128.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number <= ColumnForms.Greatest(column) && number >= (column.Unsigned ? 0 : -1 - (Int128)ColumnForms.Greatest(column)),
            ColumnForm.Decimal or ColumnForm.Float => value.Length <= Math.Max(column.Length, 20)
                && decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
            ColumnForm.Bit => value is "0" or "1",
            ColumnForm.Date => DateTime.TryParseExact(value, column.Type == "date" ? ["yyyy-MM-dd"] : ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            ColumnForm.Other => Fits(column, value),
            _ => false,
        };
        return fits ? null : $"its Value '{value}' does not fit";
    }

    static bool Fits(TableDefinitionColumn column, string value) => column.Type switch
    {
        "enum" => column.Members.Contains(value),
        "set" => value.Split(',').All(column.Members.Contains),
        "json" => IsJson(value),
        "uuid" => Guid.TryParseExact(value, "D", out _),
        "inet4" => value.Count(c => c == '.') == 3 && IPAddress.TryParse(value, out var address) && address.ToString() == value, // 7 is one, too
        "inet6" => value.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(value, out _),
        "time" => TimeOnly.TryParseExact(value, "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "year" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 1900 and < 2156,
        _ => false,
    };

    static bool IsJson(string value)
    {
        try
        {
            using var json = System.Text.Json.JsonDocument.Parse(value);
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    static string ForTypes(string types) => $"that mask is for {types}; for other types there are null and constant";

    static string TooShort(int length, int needed, string of) =>
        string.Create(CultureInfo.InvariantCulture, $"it, or another column of the same mask and Domain, has room for {length} {of}, and fewer than {needed} would make different values equal; take letters or digits, or another Domain");

    static string Text(ColumnMask? mask) => mask is null ? "none" : mask.Kind.ToString().ToLowerInvariant() + (mask.Domain.Length > 0 ? $" ({mask.Domain})" : "");

    static string Type(TableDefinitionColumn column) => column.Length is 0 or int.MaxValue
        ? column.Type.ToUpperInvariant()
        : string.Create(CultureInfo.InvariantCulture, $"{column.Type.ToUpperInvariant()}({column.Length})");
}

namespace Stillframe.Masking;

/// <summary>What is to become of the values of columns.</summary>
/// <param name="Columns">A pattern such as <c>shop.customer.email</c> or <c>*.*.*mail*</c>; of several that match a column, the last counts.</param>
/// <param name="As">The mask's name, such as <c>email</c>.</param>
/// <param name="Domain">Equal values of one domain and mask stay equal, whichever columns they are in.</param>
/// <param name="Value">Of the mask <c>constant</c>.</param>
public sealed record MaskRule(string Columns, string As, string Domain = "", string? Value = null)
{
    internal MaskKind Kind => Enum.TryParse<MaskKind>(As, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && As.All(char.IsAsciiLetter)
        ? kind
        : throw MaskErrors.Invalid($"DatabaseMask '{Columns}' has As=\"{As}\"; it can be {string.Join(", ", Enum.GetNames<MaskKind>()).ToLowerInvariant()}.");

    internal string Pattern => Columns.Split('.').Length == 3
        ? Columns
        : throw MaskErrors.Invalid($"DatabaseMask '{Columns}' names no columns: write schema.table.column, such as shop.customer.email or *.*.*mail*.");
}

/// <summary>What a mask makes of a value; docs/masking.md.</summary>
enum MaskKind
{
    /// <summary>Nothing: the column is to stay as it is.</summary>
    Keep,
    /// <summary>No value.</summary>
    Null,
    /// <summary>One value for all.</summary>
    Constant,
    /// <summary>Hexadecimal digits.</summary>
    Hash,
    /// <summary>An address of example.com.</summary>
    Email,
    /// <summary>A word that looks like a name.</summary>
    Name,
    /// <summary>Other digits in the same places; another number with as many digits.</summary>
    Digits,
    /// <summary>Other letters and digits in the same places.</summary>
    Letters,
    /// <summary>Another day of the same year, another time of day.</summary>
    Date,
}

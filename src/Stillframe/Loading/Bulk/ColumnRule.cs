namespace Stillframe.Loading.Bulk;

/// <summary>Numbers that mean the same as an SQL literal and as text that the column reads.</summary>
enum Numbers
{
    None,
    /// <summary>Digits and a sign.</summary>
    Integers,
    /// <summary>Also with a decimal point.</summary>
    Decimals,
    /// <summary>Also with an exponent.</summary>
    Floats,
    /// <summary>Four digits: as a literal 0 is the year 0000, as text it is 2000.</summary>
    Years,
}

/// <summary>Which literals of one column can be sent as a field of LOAD DATA and give the same value there.</summary>
/// <param name="Numbers">Literals without quotes.</param>
/// <param name="Text">Strings in the connection's character set.</param>
/// <param name="Bytes">Hexadecimal and bit literals, and strings with the introducer <c>_binary</c>.</param>
/// <param name="Null">False where NULL has a meaning of its own: an error, the next number, the time of day.</param>
/// <param name="Zero">False where zero stands for the next number.</param>
readonly record struct ColumnRule(Numbers Numbers, bool Text = true, bool Bytes = false, bool Null = true, bool Zero = true);

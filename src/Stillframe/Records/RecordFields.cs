using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Stillframe.Records;

/// <summary>Which field a column has, by what SHOW FULL FIELDS says of it.</summary>
static partial class RecordFields
{
    /// <param name="type">Such as <c>int(10) unsigned</c>.</param>
    /// <param name="collation">Of text; otherwise null.</param>
    /// <param name="maps">Of character sets of one byte a character, where they are known.</param>
    /// <returns>Null for one of which it is not proved.</returns>
    public static RecordField? Of(string type, string? collation, IReadOnlyDictionary<string, CharacterMap>? maps = null)
    {
        if (Parts().Match(type) is not { Success: true } parts)
            return null;
        var name = parts.Groups["name"].Value;
        var size = Number(parts, "size");
        var isUnsigned = parts.Groups["unsigned"].Success;
        return name switch
        {
            "tinyint" => new IntegerField(1, isUnsigned),
            "smallint" => new IntegerField(2, isUnsigned),
            "mediumint" => new IntegerField(3, isUnsigned),
            "int" => new IntegerField(4, isUnsigned),
            "bigint" => new IntegerField(8, isUnsigned),
            "decimal" => new DecimalField(size, Number(parts, "scale"), isUnsigned),
            "double" when !parts.Groups["size"].Success => new DoubleField(isUnsigned),
            "date" => new DateField(),
            "datetime" => new DateTimeField(size),
            "timestamp" => new TimestampField(size),
            "time" => new TimeField(size),
            "year" => new YearField(),
            "bit" => new BitField(size),
            "uuid" => new UuidField(),
            "inet4" => new InetField(AddressFamily.InterNetwork),
            "inet6" => new InetField(AddressFamily.InterNetworkV6),
            "binary" => new FixedField(size, null, 0),
            "varbinary" => new VariableField(size, null),
            "tinyblob" or "blob" or "mediumblob" or "longblob" => new VariableField(LengthOf(name), null),
            "char" when RecordCharset.Of(collation, maps) is { } charset => new FixedField(size, charset, (byte)' '),
            "varchar" when RecordCharset.Of(collation, maps) is { } charset => new VariableField(size, charset),
            "tinytext" or "text" or "mediumtext" or "longtext" when RecordCharset.Of(collation, maps) is { } charset => new VariableField(LengthOf(name), charset) { CountsBytes = true },
            "enum" or "set" => Members(parts.Groups["members"].Value) is { Count: <= MemberField.Most } members ? new MemberField(members, name == "set") : null,
            _ => null,
        };
    }

    /// <summary>Bytes at most.</summary>
    static int LengthOf(string name) => name[0] switch { 't' when name[1] == 'i' => byte.MaxValue, 'm' => 0xff_ffff, 'l' => int.MaxValue, _ => ushort.MaxValue };

    static int Number(Match parts, string group) => int.TryParse(parts.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Null where one is written with escapes.</summary>
    static List<byte[]>? Members(string list) =>
        list.Contains('\\', StringComparison.Ordinal) ? null : [.. Member().Matches(list).Select(member => Encoding.UTF8.GetBytes(member.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal)))];

    [GeneratedRegex(@"^(?<name>[a-z]+[46]?)(\((?<size>\d+)(,(?<scale>\d+))?\)|\((?<members>'.*')\))?(?<unsigned> unsigned)?( zerofill)?$", RegexOptions.Singleline)]
    private static partial Regex Parts();

    [GeneratedRegex("'((?:[^']|'')*)'")]
    private static partial Regex Member();
}

using System.Text;
using Stillframe.Connections;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Oracle.Comparison;
using Stillframe.Normalizing;
using Stillframe.Records;
using Stillframe.Tablespaces;
using Xunit.Abstractions;

namespace Stillframe.EndToEnd.Tablespaces;

/// <summary>Values in another form than the server's own: what is taken of them without a server is what the server takes them for, without a warning.</summary>
[Trait(Soaking.Category, Soaking.Soak)]
public sealed class OddValues(ITestOutputHelper output) : IDisposable
{
    static readonly string[] Texts =
    [
        "", " ", "0", "-0", "+1", "1 ", " 1", "1.0", "1.", ".5", "-.5", "1e3", "007", "-", ".", "127", "128", "-128", "-129", "255", "256", "32768", "65536", "8388608", "16777216", "2147483648", "4294967296", "9223372036854775808", "18446744073709551615", "18446744073709551616",
        "99999999.99", "100000000", "123.456", "NaN", "nan", "Infinity", "-inf", "0x10", "1_0", "1,5", "1e400", "-0.0", "5e-324",
        "2020-02-29", "2021-02-29", "2020-13-01", "2020-1-1", "2020-01-00", "0000-00-00", "0000-02-29", "2020-01-01", "20200101", "2020/01/01", "2020-01-01 24:00:00", "2020-01-01 23:59:60", "2020-01-01 10:00:00", "2020-01-01T10:00:00", "2020-01-01 10:00:00.5", "2020-01-01 10:00:00.500", "2020-01-01 10:00:00.123456", "2020-01-01 10:00:00.1234567",
        "1970-01-01 00:00:00", "1970-01-01 00:00:00.000000", "1970-01-01 00:00:00.500000", "1970-01-01 00:00:01.000000", "2038-01-19 03:14:07.000000", "2038-01-19 03:14:08.000000", "1969-12-31 23:59:59.000000", "0000-00-00 00:00:00", "0000-00-00 00:00:00.000000", "2020-01-01 10:00:00 +01:00",
        "838:59:59", "839:00:00", "-838:59:59", "12:60:00", "1:2:3", "12:34", "12:34:56", "12:34:56.78", "-00:00:00", "-00:00:01.50", "000:00:00", "1900", "1901", "2155", "2156", "0000", "99", "70",
        "a", "A", "a ", "b", "a,b", "b,a", "a,a", "a,", ",", "d", "ü", "é", "𝄞", "日本語", "x\0y", "tab\there", "?", "A\u0300", "\u0001", "\u00ff", "\u2000", "3.4028235e38", "3.5e38", "1e-46", "0.1", "16777217",
        "{}", "[]", "null", "true", "\"a\"", "'a'", "{\"a\":1}", "{\"a\":1,\"a\":[2,{}]}", "{a:1}", "[1,]", "[1 2]", " [ 1 ] ", "1E5", "01", "-", "\"\\u00e9\"", "\"\\ud800\"", "\"\\x\"", "\"\\/\"", "\"\n\"", "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", "{\"é\":\"𝄞\"}", "NaN", "[1]x", "/* */ 1", "\uFEFF1",
        "00000000-0000-0000-0000-000000000000", "123e4567-e89b-42d3-a456-426614174000", "123E4567-E89B-42D3-A456-426614174000", "{123e4567-e89b-42d3-a456-426614174000}", "123e4567e89b42d3a456426614174000", "0190163d-8694-739b-aea5-966c26f8ad91", "123e4567-e89b-82d3-a456-426614174000", "123e4567-e89b-42d3-2456-426614174000",
        "123e4567-e89b-02d3-a456-426614174000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "10.0.0.1", "10.0.1", "010.0.0.1", "256.0.0.1", "0.0.0.0", "::", "::1", "2001:db8::1", "2001:DB8::1", "2001:0db8::1", "2001:db8:0:0:0:0:0:1", "::ffff:10.0.0.1", "::10.0.0.1", "fe80::5efe:10.0.0.1", "fe80::1%1", "1:2:3:4:5:6:7:8", "1::3:4:5:6:7:8", "::2:3:4:5:6:7:8",
    ];

    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    public void Dispose() => work.Dispose();

    [NeedsFact(Need.LocalServer)]
    public async Task Are_taken_as_the_server_takes_them_or_not_at_all()
    {
        output.WriteLine($"seed {Seed.Value}");
        var random = Seed.Random();
        await using var bench = await TableBench.StartAsync(work.Path);
        await using var connection = await bench.Server.ConnectAsync();
        await connection.ExecuteAsync($"USE {TableBench.Schema}", default);
        await connection.ExecuteAsync("SET NAMES utf8mb4, sql_mode = 'NO_AUTO_VALUE_ON_ZERO', time_zone = '+00:00'", default);
        var failures = new List<string>();
        var (tried, taken) = (0, 0);
        foreach (var type in RandomTable.Types.Append("JSON").Where((_, i) => Soaking.IsOfThisRun(i, 4)))
        {
            await connection.ExecuteAsync($"CREATE OR REPLACE TABLE odd (v {type} NULL)", default);
            var described = (await connection.QueryAsync("SHOW FULL FIELDS FROM odd", default))[0];
            var layout = new ColumnLayout("v", ColumnLayout.Blob, 0, 0);
            var field = type == "JSON" ? new JsonField(RecordFields.Of(described[1]!, described[2], bench.Texts.Maps)!) : KnownColumn.Of(layout, described[1]!, described[2], bench.Texts).Field;
            foreach (var text in Values(random))
            {
                tried++;
                if (Written(field, text) is not { } ours)
                    continue;
                taken++;
                if (await TakenAsync(connection, text, type.StartsWith("FLOAT", StringComparison.Ordinal) ? "CAST(v AS DOUBLE)" : "v") is not var (shown, warnings) || warnings != "0" || shown is null || Written(field, shown) is not { } theirs || !theirs.AsSpan().SequenceEqual(ours))
                    failures.Add($"{type}: {Sql.Literal(Encoding.Latin1.GetString(text.AsSpan(0, Math.Min(40, text.Length))))} of {text.Length} bytes");
            }
        }

        output.WriteLine($"{taken} of {tried} were taken");
        Assert.True(failures.Count == 0, $"seed {Seed.Value}: {string.Join("\n", failures.Take(20))}");
        Assert.InRange(taken, tried / 20, tried);
    }

    static IEnumerable<byte[]> Values(Random random)
    {
        foreach (var text in Texts)
            yield return Encoding.UTF8.GetBytes(text);
        foreach (var length in new[] { 9, 10, 12, 13, 20, 21, 30, 31, 40, 41, 255, 256, 500, 501, 65535, 65536 })
        {
            yield return Encoding.UTF8.GetBytes(new string('x', length));
            yield return Encoding.UTF8.GetBytes(new string('é', length));
        }

        for (var time = 0; time < Soaking.Times(40, 4_000); time++)
        {
            // one byte more, less, or another
            var value = Encoding.UTF8.GetBytes(Texts[random.Next(Texts.Length)]).ToList();
            var place = random.Next(value.Count + 1);
            var one = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"0123456789-+.: ,ea{}[]\"\\"[random.Next(24)];
            if (random.Next(2) == 0 || place == value.Count)
                value.Insert(place, one);
            else if (random.Next(2) == 0)
                value.RemoveAt(place);
            else
                value[place] = one;
            yield return [.. value];
        }
    }

    static byte[]? Written(RecordField field, byte[] text)
    {
        var image = new RecordImage();
        return field.TryWrite(text, image) ? image.Written.ToArray() : null;
    }

    /// <summary>As the server shows it, and its warnings; null where it refuses.</summary>
    /// <param name="shows">An expression with all of its value.</param>
    static async Task<(byte[]? Shown, string? Warnings)?> TakenAsync(ServerConnection connection, byte[] text, string shows)
    {
        await connection.ExecuteAsync("DELETE FROM odd", default);
        try
        {
            var quoted = text.SelectMany(one => one is (byte)'\'' or (byte)'\\' ? [(byte)'\\', one] : one == 0 ? "\\0"u8.ToArray() : [one]);
            await connection.ExecuteAsync((byte[])[.. "INSERT INTO odd VALUES ('"u8, .. quoted, .. "')"u8], default);
        }
        catch (ServerException)
        {
            return null;
        }

        var warnings = await connection.ScalarAsync("SELECT @@warning_count", default);
        byte[]? shown = null;
        await connection.StreamAsync($"SELECT {shows} FROM odd", _ => { }, row =>
        {
            var reader = new PacketReader(row.Span);
            if (!reader.TakeNull())
                shown = reader.Counted().ToArray();
            return default;
        }, default);
        return (shown, warnings);
    }
}

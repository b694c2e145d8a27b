using System.Text;
using Stillframe.Normalizing;

namespace Stillframe.Tests.Normalizing;

public class DefinitionsOfTwoBuilds
{
    static string Normalized(string text, out Normalization result)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        result = DefinitionFile.Normalize(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    [Fact]
    public void Of_a_table_lose_its_random_name_and_nothing_else()
    {
        byte[] Frm(byte name, byte other)
        {
            var file = new byte[120];
            (file[0], file[1], file[4]) = (0xfe, 0x01, 40);
            (file[64], file[65], file[66], file[69], file[70]) = (1, 3, other, 0, 16);
            file.AsSpan(71, 16).Fill(name);
            file.AsSpan(90).Fill(other);
            return file;
        }

        var (first, second) = (Frm(3, 9), Frm(4, 9));
        DefinitionFile.Normalize(first);
        DefinitionFile.Normalize(second);

        Assert.Equal(first, second);
        Assert.Equal(Frm(1, 9), first);
    }

    [Fact]
    public void Of_a_view_say_one_time() =>
        Assert.Equal(
            "TYPE=VIEW\nquery=select 1 AS `timestamp=7`\ntimestamp=0001000000000000000\ncreate-version=2\n",
            Normalized("TYPE=VIEW\nquery=select 1 AS `timestamp=7`\ntimestamp=0001795234938117816\ncreate-version=2\n", out _));

    [Fact]
    public void Of_triggers_say_one_time_each() =>
        Assert.Equal(
            "TYPE=TRIGGERS\ncreated=100000000000 100000000000\nsql_modes=1411383296 1411383296\n",
            Normalized("TYPE=TRIGGERS\ncreated=179523493811 179523493822\nsql_modes=1411383296 1411383296\n", out _));

    [Fact]
    public void Of_an_unknown_kind_stay_as_they_are()
    {
        Assert.Equal("TYPE=OTHER\ntimestamp=123", Normalized("TYPE=OTHER\ntimestamp=123", out var result));
        Assert.NotNull(result.LeftAlone);
    }
}

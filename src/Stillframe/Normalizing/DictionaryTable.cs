using System.Text;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>Reads the rows of one of InnoDB's own dictionary tables out of the system tablespace (dict0boot.h; always ROW_FORMAT=REDUNDANT).</summary>
static class DictionaryTable
{
    const int NextPage = 12, Level = 64, Infimum = 101, Supremum = 116, DeletedFlag = 0x20;

    /// <param name="space">The system tablespace, page by page.</param>
    /// <param name="root">Page of the clustered index's root.</param>
    /// <returns>The fields of each row that is not deleted; null for NULL.</returns>
    public static IEnumerable<byte[]?[]> Rows(Func<uint, byte[]> space, uint root)
    {
        var page = space(root);
        while (ReadUInt16BigEndian(page.AsSpan(Level)) > 0)
            page = space(ReadUInt32BigEndian(Fields(page, Next(page, Infimum))[^1]));
        while (true)
        {
            for (var row = Next(page, Infimum); row != Supremum; row = Next(page, row))
            {
                if ((page[row - 6] & DeletedFlag) == 0)
                    yield return Fields(page, row);
            }

            var next = ReadUInt32BigEndian(page.AsSpan(NextPage));
            if (next == uint.MaxValue)
                yield break;
            page = space(next);
        }
    }

    public static uint Number(byte[]? field) => ReadUInt32BigEndian(field);

    public static ulong Id(byte[]? field) => ReadUInt64BigEndian(field);

    public static string Text(byte[]? field) => Encoding.UTF8.GetString(field!);

    static int Next(byte[] page, int row) => ReadUInt16BigEndian(page.AsSpan(row - 2));

    static byte[]?[] Fields(byte[] page, int row)
    {
        var count = ReadUInt16BigEndian(page.AsSpan(row - 4)) >> 1 & 0x3ff;
        var isShort = (page[row - 3] & 1) != 0;
        var fields = new byte[]?[count];
        for (int i = 0, start = 0; i < count; i++)
        {
            var mark = isShort ? page[row - 7 - i] << 8 : ReadUInt16BigEndian(page.AsSpan(row - 8 - 2 * i));
            var end = isShort ? mark >> 8 & 0x7f : mark & 0x3fff;
            fields[i] = (mark & 0x8000) != 0 ? null : page[(row + start)..(row + end)];
            start = end;
        }

        return fields;
    }
}

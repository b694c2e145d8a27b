using System.Text;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>Reads the rows of one of InnoDB's own dictionary tables out of the system tablespace (dict0boot.h).</summary>
static class DictionaryTable
{
    const int NextPage = 12, Level = 64, DeletedFlag = 0x20;

    /// <param name="space">The system tablespace, page by page.</param>
    /// <param name="root">Page of the clustered index's root.</param>
    /// <returns>The fields of each row that is not deleted; null for NULL.</returns>
    public static IEnumerable<byte[]?[]> Rows(Func<uint, byte[]> space, uint root)
    {
        var page = space(root);
        while (ReadUInt16BigEndian(page.AsSpan(Level)) > 0)
            page = space(ReadUInt32BigEndian(Fields(page, RedundantRow.Next(page, RedundantRow.Infimum))[^1]));
        while (true)
        {
            for (var row = RedundantRow.Next(page, RedundantRow.Infimum); row != RedundantRow.Supremum; row = RedundantRow.Next(page, row))
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

    static byte[]?[] Fields(byte[] page, int row)
    {
        var fields = new byte[]?[RedundantRow.FieldCount(page, row)];
        for (int i = 0, start = 0; i < fields.Length; i++)
        {
            var end = RedundantRow.End(page, row, i);
            fields[i] = RedundantRow.IsNull(page, row, i) ? null : page[(row + start)..(row + end)];
            start = end;
        }

        return fields;
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>
/// What a tablespace of MySQL 8 says of itself (SDI, serialized dictionary information): JSON documents, compressed, in the rows of an index of its own
/// (MySQL, storage/innobase/include/dict0sdi.h; sql/dd/sdi.cc).
/// </summary>
static class SerializedDictionary
{
    const int KeyBytes = 12;

    /// <summary>Of its rows: kind of document and number.</summary>
    public static ClusteredKey Key { get; } = new([new(KeyBytes, false)], 0);

    const int TableDocument = 1;

    /// <summary>After the descriptors of a page come what an encrypted tablespace is opened by, then the version of this index and its root.</summary>
    const int EncryptionBytes = 115, RootAfterVersion = 4;

    const int CompressedLength = KeyBytes + RowTransaction.Bytes + 4, Content = CompressedLength + 4, External = 0x40, LongLength = 0x80;

    /// <returns>The table's document; null where the tablespace has none, as those of all partitions but the first.</returns>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static JsonDocument? ReadTable(SafeFileHandle file, TablespaceFormat format)
    {
        var page = Page(file, format, 0);
        var place = PageLayout.Descriptors + format.PageSize / format.ExtentPages * DescriptorBytes(format) + EncryptionBytes + RootAfterVersion;
        page = Page(file, format, ReadUInt32BigEndian(page.AsSpan(place)));
        if (!InnoDbPage.IsLeaf(page))
            throw new InvalidDataException("its description is larger than a page");
        var rows = ReadUInt16BigEndian(page.AsSpan(PageLayout.Records));
        for (int row = PageLayout.Infimum, number = 0; number < rows; number++)
        {
            row = ClusteredRows.Next(page, row, compact: true);
            if (ReadUInt32BigEndian(page.AsSpan(row)) == TableDocument)
                return Document(file, format, page, row);
        }

        return null;
    }

    /// <summary>A number of the engine's own, such as <c>root</c> of <c>id=154;root=4;</c>.</summary>
    public static ulong? Number(JsonElement element, string name)
    {
        var text = element.GetProperty("se_private_data").GetString() ?? "";
        var pair = text.Split(';').FirstOrDefault(pair => pair.StartsWith(name + "=", StringComparison.Ordinal));
        return pair is null ? null : ulong.Parse(pair[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }

    static int DescriptorBytes(TablespaceFormat format) => PageLayout.DescriptorBits + format.ExtentPages / 4;

    static JsonDocument Document(SafeFileHandle file, TablespaceFormat format, byte[] page, int row)
    {
        var length = (int)ReadUInt32BigEndian(page.AsSpan(row + CompressedLength));
        var first = page[row - PageLayout.RowHeader - 1];
        var compressed = (first & LongLength) != 0 && (first & External) != 0
            ? Outside(file, format, page.AsSpan(row + Content, PageLayout.ReferenceBytes), length)
            : page.AsSpan(row + Content, length).ToArray();
        using var stream = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
        return JsonDocument.Parse(stream);
    }

    static byte[] Outside(SafeFileHandle file, TablespaceFormat format, ReadOnlySpan<byte> reference, int length)
    {
        var content = new MemoryStream();
        var number = ReadUInt32BigEndian(reference[PageLayout.ReferencePage..]);
        while (number != PageLayout.NoPage && content.Length < length)
        {
            var page = Page(file, format, number);
            content.Write(page, PageLayout.ValueData, (int)ReadUInt32BigEndian(page.AsSpan(PageLayout.ValuePart)));
            number = ReadUInt32BigEndian(page.AsSpan(PageLayout.ValueNext));
        }

        return content.ToArray();
    }

    static byte[] Page(SafeFileHandle file, TablespaceFormat format, uint number)
    {
        var page = new byte[format.PageSize];
        if (RandomAccess.Read(file, page, (long)number * format.PageSize) < page.Length)
            throw new InvalidDataException($"it ends before its page {number}");
        return page;
    }
}

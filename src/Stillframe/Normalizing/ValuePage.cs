using static System.Buffers.Binary.BinaryPrimitives;

namespace Stillframe.Normalizing;

/// <summary>
/// A page of a value that has no room in its row, as MySQL 8 writes it: the first one of a value, further ones, and pages of their index. Each names the transaction and the undo
/// records that wrote it (MySQL, storage/innobase/include/lob0first.h, lob0index.h, lob0pages.h).
/// </summary>
static class ValuePage
{
    const ushort IndexPage = 22, DataPage = 23, FirstPage = 24, FirstCompressed = 25, LastCompressed = 29;

    /// <summary>On a first page: the last one that changed the value, with its undo record, and the one that wrote it.</summary>
    const int LastTransaction = 44, LastUndo = 50, Transaction = 58, FirstEntry = 96, FirstEntries = 10;

    const int DataTransaction = 43, IndexEntry = 39;

    /// <summary>Of an entry of the index: transactions, then undo records, of what it was made and changed by.</summary>
    const int EntryBytes = 60, EntryTransactions = 28, EntryMarks = 20;

    const int TransactionBytes = 6, UndoBytes = 4;

    public static bool IsOne(ushort type) => type is >= IndexPage and <= FirstPage;

    /// <summary>Of ROW_FORMAT=COMPRESSED.</summary>
    public static bool IsCompressed(ushort type) => type is >= FirstCompressed and <= LastCompressed;

    public static void ForgetTransactions(Span<byte> page)
    {
        switch (ReadUInt16BigEndian(page[PageLayout.Type..]))
        {
            case FirstPage:
                page.Slice(LastTransaction, TransactionBytes).Clear();
                page.Slice(LastUndo, UndoBytes).Clear();
                page.Slice(Transaction, TransactionBytes).Clear();
                Entries(page, FirstEntry, FirstEntries);
                break;
            case DataPage:
                page.Slice(DataTransaction, TransactionBytes).Clear();
                break;
            default:
                Entries(page, IndexEntry, (page.Length - IndexEntry - PageLayout.Trailer) / EntryBytes);
                break;
        }
    }

    static void Entries(Span<byte> page, int first, int count)
    {
        for (var entry = 0; entry < count; entry++)
            page.Slice(first + entry * EntryBytes + EntryTransactions, EntryMarks).Clear();
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Stillframe.Records;

namespace Stillframe.Tablespaces;

/// <summary>The values of one row, stored.</summary>
/// <param name="columns">Of the table, in its order.</param>
/// <param name="format">Of its rows in memory.</param>
sealed class StoredRow(IReadOnlyList<StoredColumn> columns, RecordFormat format)
{
    readonly StoredColumn[] columns = [.. columns];
    readonly RecordImage image = new();
    readonly Place[] places = new Place[columns.Count];
    int next;

    readonly record struct Place(int Start, int Length);

    public bool IsNull(int column) => places[column].Length < 0;

    public ReadOnlySpan<byte> this[int column] => image.At(places[column].Start, places[column].Length);

    /// <summary>What <c>CHECKSUM TABLE</c> adds for it.</summary>
    public uint Checksum { get; private set; }

    /// <summary>Bytes of <see cref="Save"/>.</summary>
    public int SavedBytes => PlaceBytes + image.Written.Length;

    int PlaceBytes => places.Length * 2 * sizeof(int);

    /// <summary>Begins a row, to which all columns are added one after the other.</summary>
    public void Begin()
    {
        next = 0;
        format.Begin(image);
    }

    /// <param name="text">As a result has it.</param>
    /// <returns>False for a value whose bytes do not follow from its text.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryAdd(ReadOnlySpan<byte> text)
    {
        var start = image.Written.Length;
        if (!format.TryAdd(next, text, image))
            return false;
        places[next++] = new(start, image.Written.Length - start);
        return true;
    }

    /// <returns>False where the column can't be NULL.</returns>
    public bool TryAddNull()
    {
        places[next] = new(image.Written.Length, -1);
        return format.TryAddNull(next++, image);
    }

    /// <summary>Turns all of it from what it is in memory into what is stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void End()
    {
        format.End(image);
        Checksum = Crc32.Compute(0, image.Written);
        for (var i = 0; i < places.Length; i++)
        {
            if (!IsNull(i))
                places[i] = places[i] with { Length = columns[i].Store(image.At(places[i].Start, places[i].Length)).Length };
        }
    }

    /// <summary>Writes all of it, stored.</summary>
    public void Save(Span<byte> target)
    {
        MemoryMarshal.AsBytes<Place>(places).CopyTo(target);
        image.Written.CopyTo(target[PlaceBytes..]);
    }

    /// <summary>Takes what was saved.</summary>
    public void Restore(ReadOnlySpan<byte> saved)
    {
        saved[..PlaceBytes].CopyTo(MemoryMarshal.AsBytes(places.AsSpan()));
        image.Clear();
        saved[PlaceBytes..].CopyTo(image.Take(saved.Length - PlaceBytes));
    }
}

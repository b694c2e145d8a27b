using System.Buffers.Binary;
using Stillframe.Tablespaces;
using Stillframe.TestRuns;

namespace Stillframe.Tests.Tablespaces;

public class ManySortedRecords
{
    [Theory]
    [InlineData(1 << 30)] // all in memory
    [InlineData(100_000)] // in many runs
    [InlineData(1)] // each in a run of its own
    public void Come_in_the_order_of_their_keys_and_equal_ones_as_they_came(int bytes)
    {
        using var directory = TemporaryDirectory.Create();
        var random = Seed.Random();
        var count = bytes == 1 ? 300 : 20_000;
        var keys = Enumerable.Range(0, count).Select(_ => Key(random)).ToList();
        using (var records = new SortedRecords(new(directory.Path, bytes)))
        {
            for (var i = 0; i < keys.Count; i++)
                BinaryPrimitives.WriteInt32LittleEndian(records.Add(keys[i], sizeof(int)), i);
            var found = new List<int>();
            records.Visit((key, record) =>
            {
                found.Add(BinaryPrimitives.ReadInt32LittleEndian(record));
                Assert.True(key.SequenceEqual(keys[found[^1]]));
            });
            Assert.Equal(Enumerable.Range(0, keys.Count).Order(Comparer<int>.Create((one, other) => keys[one].AsSpan().SequenceCompareTo(keys[other]) is var order and not 0 ? order : one.CompareTo(other))), found);
        }

        Assert.Empty(Directory.EnumerateFiles(directory.Path));
    }

    [Fact]
    public void Larger_than_a_block_are_kept()
    {
        using var directory = TemporaryDirectory.Create();
        using var records = new SortedRecords(new(directory.Path, 5_000_000));
        for (byte i = 5; i > 0; i--)
            records.Add([i], 3_000_000).Fill(i);
        var found = new List<byte>();
        records.Visit((key, record) =>
        {
            Assert.False(record.ContainsAnyExcept(key[0]));
            found.Add(key[0]);
        });
        Assert.Equal<byte>([1, 2, 3, 4, 5], found);
    }

    /// <summary>Many are equal, or begin in the same way, or differ only behind their eighth byte.</summary>
    static byte[] Key(Random random)
    {
        var key = new byte[random.Next(14)];
        foreach (ref var one in key.AsSpan())
            one = (byte)(random.Next(4) == 0 ? random.Next(256) : 0);
        return key;
    }
}

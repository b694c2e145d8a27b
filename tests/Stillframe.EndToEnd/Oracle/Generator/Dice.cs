namespace Stillframe.EndToEnd.Oracle.Generator;

/// <summary>Chance that comes out the same for the same seed on every machine and release (SplitMix64).</summary>
sealed class Dice(ulong state)
{
    ulong state = state;

    public static Dice Of(long seed, int index) => new(new Dice((ulong)seed).Bits() ^ new Dice((ulong)index * 0x9E3779B97F4A7C15).Bits());

    public ulong Bits()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to one less.</summary>
    public int Next(int count) => (int)(Bits() % (ulong)count);

    public int Between(int first, int last) => first + Next(last - first + 1);

    public long Next(long count) => (long)(Bits() % (ulong)count);

    public bool Chance(int percent) => Next(100) < percent;

    public double Fraction() => (Bits() >> 11) * (1.0 / (1UL << 53));

    public T Pick<T>(params IReadOnlyList<T> of) => of[Next(of.Count)];

    public IReadOnlyList<T> Shuffled<T>(IEnumerable<T> of) => [.. of.Select(one => (Bits(), one)).OrderBy(pair => pair.Item1).Select(pair => pair.one)];

    public byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(_ => (byte)Bits())];
}

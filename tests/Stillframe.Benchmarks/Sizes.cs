using System.Globalization;

namespace Stillframe.Benchmarks;

/// <summary>
/// How much is measured. Small numbers are for trying the benchmarks out; the targets are for the defaults.
/// Written <c>dump=300,twenty=1000</c>; what is not named keeps its default.
/// </summary>
/// <param name="Dump">Megabytes of the dump with 4 tables.</param>
/// <param name="Twenty">Megabytes of the dump with 20 equal tables.</param>
/// <param name="Small">Megabytes of dump for the small frame that is started; its tables are about a tenth more.</param>
/// <param name="Big">Megabytes of dump for the big one.</param>
/// <param name="Rows">Rows in each of sysbench's tables.</param>
/// <param name="Seconds">Of each of sysbench's runs.</param>
/// <param name="Containers">How many run side by side.</param>
/// <param name="Replicas">Of a frame, started at once.</param>
/// <param name="Restores">Ordinary servers that restore the big dump at once.</param>
/// <param name="Rounds">Of what is short enough to be repeated; the median counts.</param>
sealed record Sizes(
    int Dump = 300, int Twenty = 1000, int Small = 350, int Big = 3700, int Rows = 100_000, int Seconds = 10, int Containers = 10,
    int Replicas = 20, int Restores = 2, int Rounds = 3)
{
    public static Sizes Parse(string text)
    {
        var sizes = new Sizes();
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, value) = pair.Split('=') is [var key, var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var given)
                ? (key, given)
                : throw new ArgumentException($"'{pair}' is not a size: write, say, 'dump=300'.");
            sizes = name switch
            {
                "dump" => sizes with { Dump = value },
                "twenty" => sizes with { Twenty = value },
                "small" => sizes with { Small = value },
                "big" => sizes with { Big = value },
                "rows" => sizes with { Rows = value },
                "seconds" => sizes with { Seconds = value },
                "containers" => sizes with { Containers = value },
                "replicas" => sizes with { Replicas = value },
                "restores" => sizes with { Restores = value },
                "rounds" => sizes with { Rounds = value },
                _ => throw new ArgumentException($"There is no size '{name}'. There are dump, twenty, small, big (MB of dump), rows, seconds, containers, replicas, restores and rounds."),
            };
        }

        return sizes;
    }

    public override string ToString() =>
        $"dump={Dump},twenty={Twenty},small={Small},big={Big},rows={Rows},seconds={Seconds},containers={Containers},replicas={Replicas},restores={Restores},rounds={Rounds}";
}

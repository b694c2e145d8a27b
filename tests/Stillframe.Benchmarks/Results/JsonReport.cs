using System.Text.Encodings.Web;
using System.Text.Json;

namespace Stillframe.Benchmarks.Results;

static class JsonReport
{
    static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(RunRecord run, IReadOnlyList<Measurement> measurements) => JsonSerializer.Serialize(
        new
        {
            run,
            measurements = measurements.Select(measured => new
            {
                measured.Line.What,
                measured.Line.Against,
                measured.Line.Unit,
                measured.Ours,
                measured.Theirs,
                Value = Finite(measured.Value),
                Target = measured.Line.Target.Describe(measured.Line.Unit),
                Reached = Finite(measured.Reached),
                measured.Met,
                measured.Note,
                measured.WhyNot,
            }),
        },
        Options);

    // JSON has no infinity
    static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}

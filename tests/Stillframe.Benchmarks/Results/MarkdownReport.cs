using System.Text;

namespace Stillframe.Benchmarks.Results;

static class MarkdownReport
{
    public static string Write(RunRecord run, IReadOnlyList<Measurement> measurements)
    {
        var text = new StringBuilder();
        text.AppendLine("| what | against | Stillframe | the other | ratio | target | |");
        text.AppendLine("|---|---|---:|---:|---:|---|---|");
        foreach (var measured in measurements)
        {
            var line = measured.Line;
            string Number(double? value) => value is { } number ? Quantity.Format(number, line.Unit) : "–";
            text.AppendLine($"| {line.What} | {line.Against ?? "–"} | {Number(measured.Ours)} | {Number(measured.Theirs)} | {measured.ValueText} | {line.Target.Describe(line.Unit)} | {measured.Verdict} |");
        }

        text.AppendLine().AppendLine(run.Summary).AppendLine();
        foreach (var measured in measurements.Where(measured => (measured.Note ?? measured.WhyNot) is not null))
            text.AppendLine($"- {measured.Line.Name}: {measured.Note ?? "not measured: " + measured.WhyNot}");
        return text.ToString();
    }
}

using System.CommandLine;
using System.Globalization;
using Stillframe.Consoles;
using Stillframe.Oci;
using Stillframe.Retention;

namespace Stillframe.Tool.Commands;

static class PruneCommand
{
    public static Command Create(ToolConsole console)
    {
        var repository = new Argument<string>("REPOSITORY") { Description = "Repository of backups, or of frames, as HOST/NAME" };
        var last = Number("--keep-last", "So many of the newest");
        var (hourly, daily, weekly) = (Number("--keep-hourly", "The newest of each of so many hours that have any"), Number("--keep-daily", "Likewise of days"), Number("--keep-weekly", "Likewise of weeks, from Monday"));
        var (monthly, yearly) = (Number("--keep-monthly", "Likewise of months"), Number("--keep-yearly", "Likewise of years"));
        var within = new Option<CalendarSpan?>("--keep-within")
        {
            Description = "All that are not older than the newest by more than this, such as 7d, 12h, 1y6m",
            HelpName = "SPAN",
            CustomParser = result => CalendarSpan.Parse(result.Tokens[0].Value) ?? Refuse(result),
        };
        var tags = new Option<string[]>("--keep-tag") { Description = "All with such a tag, in which * stands for anything; may be given again", HelpName = "PATTERN" };
        var frames = new Option<string[]>("--frames") { Description = "Repository of frames, whose dumps stay; default: NAME-db beside NAME-dump; may be given again", HelpName = "REPOSITORY" };
        var yes = new Option<bool>("--yes") { Description = "Remove; without it, only say what would be removed" };
        var json = ToolCommand.Json();
        return ToolCommand.Create(
            "prune",
            "Removes the backups, or frames, of a repository that no rule keeps, and says of each why it is kept. The newest, the last verified one and what frames were made from always stay. Periods are of UTC.",
            console,
            async (result, reporter, cancellationToken) =>
            {
                var policy = new RetentionPolicy
                {
                    Last = result.GetValue(last),
                    Hourly = result.GetValue(hourly),
                    Daily = result.GetValue(daily),
                    Weekly = result.GetValue(weekly),
                    Monthly = result.GetValue(monthly),
                    Yearly = result.GetValue(yearly),
                    Within = result.GetValue(within),
                    Tags = result.GetValue(tags) ?? [],
                };
                var pruning = await RegistryPrune.RunAsync(
                    Reference.Parse(result.GetRequiredValue(repository)), [.. (result.GetValue(frames) ?? []).Select(Reference.Parse)], policy, result.GetValue(yes), reporter, cancellationToken);
                await console.Output.WriteLineAsync(Answer.Text(pruning, result.GetValue(json), one => one.Lines()));
                return ExitCode.Success;
            },
            repository, last, hourly, daily, weekly, monthly, yearly, within, tags, frames, yes, json);
    }

    static Option<int> Number(string name, string description)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "NUMBER" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                result.AddError($"'{token.Value}' is no number for {name}");
        });
        return option;
    }

    static CalendarSpan? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"'{result.Tokens[0].Value}' is no span: write it as 7d, 12h, 1y6m");
        return null;
    }
}

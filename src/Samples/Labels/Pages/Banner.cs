using System.Globalization;
using Labels.Objects;

namespace Labels.Pages;

/// <summary>Says on every page which data it shows, how old that is, and whether the user's own change is in it.</summary>
static class Banner
{
    public static Html Of(DataShown data, DateTimeOffset now) => $"""
        <aside class="{(data.IsOfMaster ? "master" : data.Own is OwnChange.Hidden ? "stale" : "frame")}">
        <dl>
        <dt>You see</dt><dd id="source">{(data.IsOfMaster ? "the master" : "a frame")}</dd>
        <dt>Data version</dt><dd id="data-version" title="{data.Frame.DataVersion}">{Short(data.Frame.DataVersion)}{(data.IsOfMaster ? ", and what was written since" : "")}</dd>
        <dt>Age of the frame's data</dt><dd id="age">{(data.Frame.Time is { } time ? Age(now - time) : "not known")}</dd>
        <dt>Answered by</dt><dd id="replica">{Environment.MachineName}</dd>
        </dl>
        <p id="own">{Own(data.Own)}</p>
        </aside>
        """;

    /// <summary>As it is written where people read it.</summary>
    public static string Short(string dataVersion) => dataVersion[..Math.Min(12, dataVersion.Length)];

    /// <summary>In its largest unit.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalHours: < 1 } => Count((int)age.TotalMinutes, "minute"),
        { TotalDays: < 1 } => Count((int)age.TotalHours, "hour"),
        _ => Count((int)age.TotalDays, "day"),
    };

    static string Own(OwnChange own) => own switch
    {
        OwnChange.InFrame => "Your last change is in the frames: everybody sees it.",
        OwnChange.NotInFrame => "Your last change is not in the frames yet: you read from the master, others see it after the next refresh.",
        OwnChange.Hidden => "Your last change is not in the frames yet, and the master is away: you see the labels as they were before.",
        _ => "You have changed nothing: you read what everybody reads.",
    };

    static string Count(int number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number} {unit}{(number == 1 ? "" : "s")}");
}

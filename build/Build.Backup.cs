using Nuke.Common;
using Nuke.Common.IO;
using Stillframe;
using Stillframe.Backups;
using Stillframe.Consoles;
using Stillframe.Engines;
using Stillframe.Oci;
using Stillframe.Retention;

partial class Build
{
    [Parameter("How many connections Restore and VerifyBackup have to the server at once")]
    readonly int Connections = RestoreOptions.UsualConnections;

    [Parameter("Prune keeps so many of the newest")]
    readonly int KeepLast;

    [Parameter("Prune keeps the newest of each of so many hours that have any")]
    readonly int KeepHourly;

    [Parameter("Likewise of days")]
    readonly int KeepDaily;

    [Parameter("Likewise of weeks")]
    readonly int KeepWeekly;

    [Parameter("Likewise of months")]
    readonly int KeepMonthly;

    [Parameter("Likewise of years")]
    readonly int KeepYearly;

    [Parameter("Prune keeps what is not older than the newest by more than this, such as 7d, 12h, 1y6m")]
    readonly string? KeepWithin;

    [Parameter("Prune keeps what has a tag like this, in which * stands for anything; several parted by commas")]
    readonly string? KeepTag;

    [Parameter("Repositories of frames whose dumps Prune keeps, parted by commas; NAME-db beside NAME-dump")]
    readonly string? Frames;

    [Parameter("Prune removes; without it, it only says what it would remove")]
    readonly bool Yes;

    [Parameter("Who may read what Backup sends: public keys of age, or fingerprints or addresses of OpenPGP keys, parted by ';'; whoever may pull it")]
    readonly string? Recipient;

    Target Backup => _ => _
        .Description("Sends the dump directory of --dump-directory to the registry, into --repository HOST/NAME-dump; files that are there already are not sent again")
        .Executes(() => Answers.PrintAsync(
            false,
            () => DumpBackup.PushAsync(DumpDirectory ?? Artifacts / "master.dump", Backed, new() { Recipients = Recipient ?? "" }, new ConsoleReporter(Console.Out), Interrupt.Token),
            delivery => [$"{delivery.Reference}, tags {string.Join(' ', delivery.Tags)}"]));

    Target Backups => _ => _
        .Description("Lists the backups of --repository HOST/NAME-dump: time, age, size, tables, data version, position, when each was verified")
        .Executes(() => Answers.PrintAsync(
            Json,
            () => BackupList.ReadAsync(Backed, new(), new ConsoleReporter(Console.Out), Interrupt.Token),
            list => list.Lines(DateTimeOffset.UtcNow)));

    Target Restore => _ => _
        .Description("Restores --from (oci://HOST/NAME-dump:TAG, a dump directory or a dump file) into the server of the environment variable DatabaseRestoreTo, where its schemas are empty, and compares checksums")
        .Executes(() => Answers.PrintAsync(
            Json,
            () => DumpRestore.RunAsync(
                System.Environment.GetEnvironmentVariable(DumpRestore.Variable),
                From ?? (DumpDirectory ?? Artifacts / "master.dump"),
                new(UserCache.Directory, Connections),
                new ConsoleReporter(Console.Out),
                Interrupt.Token),
            report => report.Lines()));

    Target VerifyBackup => _ => _
        .Description("Restores the backup --from HOST/NAME-dump:TAG into a throw-away server, compares checksums, and records beside it that it did")
        .Executes(() => Answers.PrintAsync(
            Json,
            () => BackupVerifier.VerifyAsync(
                From ?? Backed.ToString(), new(Enum.Parse<EngineKind>(Engine ?? "auto", ignoreCase: true), null, null, UserCache.Directory), Connections, new ConsoleReporter(Console.Out), Interrupt.Token),
            report => report.Lines()));

    Target Prune => _ => _
        .Description("Removes what no --keep-… keeps of the backups (or frames) in --repository HOST/NAME, with --yes; says of each why it is kept")
        .Executes(() => Answers.PrintAsync(
            Json,
            () => RegistryPrune.RunAsync(Backed, [.. Parts(Frames).Select(Reference.Parse)], Policy, Yes, new ConsoleReporter(Console.Out), Interrupt.Token),
            pruning => pruning.Lines()));

    RetentionPolicy Policy => new()
    {
        Last = KeepLast,
        Hourly = KeepHourly,
        Daily = KeepDaily,
        Weekly = KeepWeekly,
        Monthly = KeepMonthly,
        Yearly = KeepYearly,
        Within = KeepWithin is null
            ? null
            : CalendarSpan.Parse(KeepWithin) ?? throw new StillframeException(ErrorCodes.OptionInvalid, $"'--keep-within {KeepWithin}' is no span. Write it as 7d, 12h, 1y6m."),
        Tags = Parts(KeepTag),
    };

    Reference Backed => Reference.Parse(Repository ?? throw new StillframeException(ErrorCodes.OptionInvalid, "Which repository? Name one of backups alone: '--repository HOST/NAME-dump'."));

    static string[] Parts(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

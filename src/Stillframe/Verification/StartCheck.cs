using System.Diagnostics;
using System.Globalization;
using Stillframe.Connections;
using Stillframe.Engines;
using Stillframe.Frames;
using Stillframe.Images;
using Stillframe.Linking;
using Stillframe.Loading;

namespace Stillframe.Verification;

/// <summary>
/// The first start of a frame, before anybody gets it: as production will, by the server, the account and the options that are in the image. docs/why-every-frame-is-started.md.
/// </summary>
/// <param name="engine">Name of the engine that loaded the frame.</param>
/// <param name="serverFiles">The server's own files where it is no base image's.</param>
sealed class StartCheck(FrameRequest request, string engine, IReadOnlyList<ServerFile> serverFiles, IReporter reporter)
{
    /// <summary>Bytes of tables that are unpacked for a start: what takes a server some tenths of a second to count.</summary>
    public const long MostUnpacked = 64 << 20;

    /// <param name="baseImage">Of the frame.</param>
    /// <exception cref="StillframeException">SF1101: the server does not take an option. SF4001 to SF4003.</exception>
    public async Task RunAsync(BaseImage baseImage, LinkedFrame frame, FrameConfig config, string dataVersion, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var without = LayersLeftOut(frame);
        var image = ImageAssembler.Assemble(baseImage, [.. frame.Layers.Where(layer => !without.Any(left => left.DiffId == layer.DiffId))], config);
        var missing = without.SelectMany(layer => layer.Tables).ToHashSet();
        var tables = frame.Tables.Where(table => !missing.Contains(table.FullName)).ToList();

        await using var stage = await StageAsync(baseImage, image, cancellationToken);
        await using var running = await StartAsync(stage, cancellationToken);
        await using var connection = await FrameChecks.ConnectAsync(running, request.Reader.User, request.Reader.Password, cancellationToken);
        foreach (var check in await ChecksAsync(connection, tables, missing.Count > 0, dataVersion, cancellationToken))
        {
            if (!check.Passed)
            {
                throw new StillframeException(
                    ErrorCodes.StartCheckFailed,
                    $"The finished frame does not keep what it promises when it is started: {check.Name}: {check.Detail}. It is not delivered. "
                    + "Mend the dump or the option that is to blame; DatabaseImageStartCheck=false delivers it all the same.");
            }
        }

        reporter.Message(Importance.Normal, string.Create(
            CultureInfo.InvariantCulture,
            $"Started the frame as production will: {tables.Count} tables, {tables.Sum(table => table.Rows):N0} rows, {clock.Elapsed.TotalSeconds:0.00} s"));
        if (missing.Count > 0)
            reporter.Message(Importance.Normal, $"{missing.Count} tables were not started again or are too big to be unpacked for it (VerifyDatabaseImage reads all): {string.Join(", ", missing.Take(5))}{(missing.Count > 5 ? ", …" : "")}");
    }

    /// <summary>Layers that another machine has, whose tables were started there, and the biggest, until the rest may be unpacked.</summary>
    static List<TableLayer> LayersLeftOut(LinkedFrame frame)
    {
        var elsewhere = frame.Layers.Where(layer => layer.Blob.StaysAtOrigin).Select(layer => layer.DiffId).ToHashSet();
        var left = frame.OfTables.Where(layer => elsewhere.Contains(layer.DiffId)).ToList();
        var here = frame.OfTables.Where(layer => !elsewhere.Contains(layer.DiffId)).OrderBy(layer => layer.UncompressedSize).ToList();
        var unpacked = 0L;
        left.AddRange(here.Where(layer => (unpacked += layer.UncompressedSize) > MostUnpacked));
        return left;
    }

    async Task<IFrameStage> StageAsync(BaseImage baseImage, OciImage image, CancellationToken cancellationToken)
    {
        if (serverFiles.Count == 0)
            return await FrameStages.CreateAsync(image, engine, request.Engine.WorkDirectory, SilentReporter.Instance, cancellationToken, baseImage.Layers);
        return OperatingSystem.IsWindows()
            ? throw new UnreachableException()
            : await UnpackedStage.CreateAsync(image with { Layers = [.. image.Layers.Skip(baseImage.Layers.Count)] }, request.Engine.WorkDirectory, cancellationToken, serverFiles);
    }

    async Task<IStagedFrame> StartAsync(IFrameStage stage, CancellationToken cancellationToken)
    {
        try
        {
            return await stage.StartAsync(FrameStart.Production, cancellationToken);
        }
        catch (StillframeException e) when (e.Code == ErrorCodes.FrameStartFailed && Refused(e.Message) is { } refused)
        {
            throw new StillframeException(
                ErrorCodes.OptionInvalid,
                $"The server does not take the option '{refused.Option}' with the value '{request.ServerOptions[refused.Option]}': {refused.Words} Correct or remove this DatabaseServerOption.",
                null,
                e);
        }
    }

    /// <summary>The option that the server's log complains about, and its words.</summary>
    (string Option, string Words)? Refused(string log)
    {
        foreach (var line in log.Split('\n').Where(line => line.Contains("[ERROR]", StringComparison.Ordinal)))
        {
            var canonical = line.Replace('-', '_');
            if (request.ServerOptions.Keys.FirstOrDefault(option => OptionName.Meanings(option).Any(name => canonical.Contains(name, StringComparison.OrdinalIgnoreCase))) is { } option)
                return (option, line[(line.IndexOf("[ERROR]", StringComparison.Ordinal) + "[ERROR]".Length)..].Trim().TrimEnd('.') + ".");
        }

        return null;
    }

    static async Task<IReadOnlyList<VerificationCheck>> ChecksAsync(
        ServerConnection connection, IReadOnlyList<FrameTable> tables, bool someAreMissing, string dataVersion, CancellationToken cancellationToken) =>
    [
        await FrameChecks.ReadOnlyAsync(connection, cancellationToken),
        await FrameChecks.DataVersionAsync(connection, dataVersion, cancellationToken),
        await FrameChecks.RowsAsync(connection, tables, cancellationToken),
        await FrameChecks.ViewsAsync(connection, read: false, error => someAreMissing && SaysThatAFileIsMissing(error), cancellationToken),
    ];

    /// <summary>Of a table, by one of several roads. MariaDB manual, "MariaDB Error Codes"; <c>HA_ERR_TABLESPACE_MISSING</c> in <c>my_base.h</c>.</summary>
    static bool SaysThatAFileIsMissing(ServerException error) =>
        error.Number is 1146 or 1812 or 1814 or 1932 || error.Number == 1030 && error.Message.Contains("error 194 ", StringComparison.Ordinal);
}

using System.Globalization;
using Microsoft.Build.Framework;
using Stillframe.Dumps;
using Stillframe.Engines;
using Stillframe.Layers;
using Stillframe.Loading;
using Stillframe.Oci;

namespace Stillframe.MSBuild;

/// <summary>Values of properties; an empty one is one that was not set.</summary>
static class Setting
{
    public static EngineKind Engine(string? value) => Choice(
        "DatabaseEngine", value, EngineKind.Auto,
        ("auto", EngineKind.Auto), ("docker", EngineKind.Docker), ("podman", EngineKind.Podman), ("local", EngineKind.Local), ("embedded", EngineKind.Embedded));

    public static ServerKind Server(string? value) => Choice("DatabaseServer", value, ServerKind.MariaDb, ("mariadb", ServerKind.MariaDb), ("mysql", ServerKind.MySql));

    public static RefusedStatements RefusedStatements(string? value) => Choice(
        "DatabaseDumpRefusedStatements", value, Dumps.RefusedStatements.Error,
        ("error", Dumps.RefusedStatements.Error), ("skip", Dumps.RefusedStatements.Skip));

    public static CompilerKind Compiler(string? value) => Choice("DatabaseImageCompiler", value, CompilerKind.Auto, ("auto", CompilerKind.Auto), ("server", CompilerKind.Server));

    public static LayerCompression Compression(string? value) => Choice(
        "DatabaseImageCompression", value, LayerCompression.Fast,
        ("gzip", LayerCompression.Fast), ("gzip-1", LayerCompression.Fast), ("gzip-6", LayerCompression.Small), ("zstd", LayerCompression.Zstd), ("none", LayerCompression.None));

    /// <returns>Bytes.</returns>
    public static long Mebibytes(string property, string? value, long whenUnset)
    {
        if (Optional(value) is not { } given)
            return whenUnset << 20;
        return long.TryParse(given, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number < 1L << 40
            ? number << 20
            : throw new StillframeException(ErrorCodes.OptionInvalid, $"{property} is '{given}'; it is a number of MiB, such as 10240.");
    }

    /// <summary>The SDK's <c>LocalRegistry</c>.</summary>
    public static ContainerCommand? LocalEngine(string? value) =>
        Choice<ContainerCommand?>("LocalRegistry", value, null, ("Docker", ContainerCommand.Docker), ("Podman", ContainerCommand.Podman));

    public static EngineOptions EngineOptions(string? engine, string? baseImage, string? serverPath) =>
        new(Engine(engine), Optional(baseImage), Optional(serverPath), UserCache.Directory);

    /// <exception cref="StillframeException">SF1103.</exception>
    public static Reference Reference(string property, string given)
    {
        try
        {
            return Oci.Reference.Parse(given);
        }
        catch (StillframeException e) when (e.Code == ErrorCodes.ReferenceInvalid)
        {
            throw new StillframeException(e.Code, $"{property}: {e.Message}", innerException: e);
        }
    }

    /// <summary>A whole number of days from 0.</summary>
    public static TimeSpan Days(string name, string? text, int standard) =>
        Optional(text) is not { } given ? TimeSpan.FromDays(standard)
        : int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 36_500 ? TimeSpan.FromDays(days)
        : throw new StillframeException(ErrorCodes.OptionInvalid, $"{name} '{given}' is not a number of days. Give a whole number from 0 to 36500.");

    /// <summary>Items with a <c>Value</c>; the last of a name holds, as with properties.</summary>
    public static IReadOnlyDictionary<string, string> Values(string itemType, IEnumerable<ITaskItem> items)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item.ItemSpec.Contains('=', StringComparison.Ordinal))
                throw new StillframeException(ErrorCodes.OptionInvalid, $"{itemType} '{item.ItemSpec}' has its value in its name. Write <{itemType} Include=\"{item.ItemSpec.Split('=')[0]}\" Value=\"{item.ItemSpec.Split('=', 2)[1]}\" />.");
            values[item.ItemSpec] = item.GetMetadata("Value");
        }

        return values;
    }

    public static ReaderAccount Reader(string? user, string? password, bool allowEmptyPassword) =>
        new(Optional(user) ?? "reader", password ?? "", allowEmptyPassword);

    /// <summary>Null for an empty string: MSBuild can't tell an unset property from an empty one.</summary>
    public static string? Optional(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    public static T Choice<T>(string property, string? value, T whenUnset, params (string Name, T Value)[] choices)
    {
        if (Optional(value) is not { } given)
            return whenUnset;
        foreach (var (name, choice) in choices)
        {
            if (name.Equals(given, StringComparison.OrdinalIgnoreCase))
                return choice;
        }

        throw new StillframeException(
            ErrorCodes.OptionInvalid, $"{property} is '{given}'; it can be {string.Join(", ", choices.Select(c => $"'{c.Name}'"))}.");
    }
}

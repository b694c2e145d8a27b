using System.Text.RegularExpressions;
using Stillframe.EndToEnd.Oracle.Generator;

namespace Stillframe.EndToEnd.Oracle.Comparison;

enum OutcomeKind
{
    /// <summary>Frame and client agree in everything.</summary>
    Same,
    /// <summary>Neither takes the dump.</summary>
    RefusedByBoth,
    /// <summary>The client doesn't take the dump; whether we do was not looked at.</summary>
    RefusedByClient,
    /// <summary>The frame refuses what it may refuse.</summary>
    Refused,
    /// <summary>The frame holds something else than the client's server.</summary>
    Differs,
    /// <summary>The frame refuses what it should take.</summary>
    RefusedWrongly,
    /// <summary>The frame takes what the client doesn't.</summary>
    TakenWrongly,
    /// <summary>Anything but a <see cref="StillframeException"/>.</summary>
    Crashed,
}

/// <param name="Detail">What is different or what was said; its first line names the matter.</param>
/// <param name="Shrunk">Fewer statements of the dump with the same outcome.</param>
sealed partial record Outcome(GeneratedDump Dump, OutcomeKind Kind, string Detail, GeneratedDump? Shrunk = null)
{
    public bool IsFailure => Kind >= OutcomeKind.Differs;

    /// <summary>Equal for outcomes that probably have one cause.</summary>
    public string Matter => $"{Kind}: {Digits().Replace(Detail.Split('\n')[0].Replace(Dump.Prefix, "", StringComparison.Ordinal), "")}";

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}

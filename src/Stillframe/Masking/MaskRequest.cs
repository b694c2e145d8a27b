using System.Security.Cryptography;
using System.Text;
using Stillframe.Dumps;

namespace Stillframe.Masking;

/// <summary>How rows are masked on their way from a dump into a frame.</summary>
/// <param name="rules">Of several that match a column, the last counts.</param>
/// <param name="required">Patterns of columns' names, such as <c>*mail*</c>, each of which has to have a mask or <c>keep</c>.</param>
/// <param name="key">A secret of at least <see cref="ShortestKey"/> characters; needed where there are rules.</param>
public sealed class MaskRequest(IReadOnlyList<MaskRule> rules, IReadOnlyList<string> required, string? key)
{
    /// <summary>Characters; <c>openssl rand -hex 32</c> gives 64.</summary>
    public const int ShortestKey = 32;

    /// <summary>The environment variable that has the key: no property, since MSBuild writes properties into its logs.</summary>
    public const string KeyVariable = "DatabaseMaskKey";

    /// <summary>Nothing is masked.</summary>
    public static MaskRequest None { get; } = new([], [], null);

    internal IReadOnlyList<MaskRule> Rules => rules;

    internal IReadOnlyList<string> Required => required;

    /// <summary>Rows are as the dump has them.</summary>
    internal bool IsNone => rules.All(rule => rule.Kind == MaskKind.Keep);

    /// <summary>Everything but the key: with the same settings and dump, <see cref="Check"/> says the same.</summary>
    public string Settings => string.Join('\n', rules.Select(rule => string.Join('\t', rule.Columns, rule.As, rule.Domain, rule.Value)).Append("required").Concat(required));

    /// <summary>Finds what is wrong with the masks for this dump.</summary>
    /// <exception cref="StillframeException">SF1020, SF1021.</exception>
    public void Check(DumpSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        _ = ColumnMasks.Of(this, summary);
    }

    /// <summary>The masks as part of a data version: 64 hex digits that nobody without the key can make; empty where there are none.</summary>
    /// <exception cref="StillframeException">SF1022.</exception>
    public string Version() => IsNone ? "" : Hide("masks", Settings);

    /// <summary>In place of a hash of unmasked rows, which would let anybody test guesses of them.</summary>
    /// <exception cref="StillframeException">SF1022.</exception>
    public string Hide(string what, string hash) => IsNone ? hash : Convert.ToHexStringLower(Derive($"{what}\0{hash}"));

    /// <summary>A key for one use alone.</summary>
    internal byte[] Derive(string use) => HMACSHA256.HashData(Key(), Encoding.UTF8.GetBytes("stillframe mask 1\0" + use));

    byte[] Key() => key is { Length: >= ShortestKey }
        ? Encoding.UTF8.GetBytes(key)
        : throw new StillframeException(
            ErrorCodes.MaskKeyMissing,
            $"There are masks (DatabaseMask), but {(string.IsNullOrEmpty(key) ? "no key" : $"a key of {key.Length} characters")} in the environment variable {KeyVariable}. "
            + $"Set it to a secret of at least {ShortestKey} characters, such as 'openssl rand -hex 32' gives; the same key gives the same masked values.");
}

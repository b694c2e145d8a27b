using System.Text.RegularExpressions;

namespace Stillframe.Encryption;

/// <summary>Who is to be able to read something, all by one program.</summary>
/// <param name="Names">Under which the same keys are found tomorrow.</param>
sealed partial record Recipients(Cipher Cipher, IReadOnlyList<string> Names)
{
    /// <param name="text">Parted by <c>;</c>: <c>age1…</c> and <c>ssh-…</c> for age; fingerprints and addresses for OpenPGP. Empty for none.</param>
    /// <returns>Null for none.</returns>
    /// <exception cref="StillframeException">SF1101; SF6006: the program is missing; SF6007: it knows no such recipient.</exception>
    public static async Task<Recipients?> ResolveAsync(string text, CancellationToken cancellationToken)
    {
        var (program, names) = Parse(text);
        if (names.Count == 0)
            return null;
        var cipher = Cipher.Find(program)!;
        var resolved = new Recipients(cipher, [.. (await cipher.ResolveAsync(names, cancellationToken)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        await cipher.EncryptAsync(resolved.Names, Stream.Null, Stream.Null, cancellationToken); // before anything is read or sent
        return resolved;
    }

    /// <exception cref="StillframeException">SF1101.</exception>
    internal static (string Program, IReadOnlyList<string> Names) Parse(string text)
    {
        var names = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var programs = names.Select(ProgramOf).Distinct().ToList();
        return programs.Count <= 1
            ? (programs.FirstOrDefault(""), names)
            : throw Invalid($"Recipients of age and of OpenPGP can't be mixed: a file is encrypted once. Name those of one of them, and not '{text}'.");
    }

    static string ProgramOf(string name) =>
        name.StartsWith("AGE-SECRET-KEY", StringComparison.OrdinalIgnoreCase) ? throw Invalid("A recipient is a secret key, which has no place there. Name the public one, 'age1…' ('age-keygen -y FILE' shows it), and make a new pair if this one is in a log.")
        : OfAge().IsMatch(name) ? "age"
        : OpenPgp.Fingerprint().IsMatch(name) || Address().IsMatch(name) ? "gpg"
        : throw Invalid($"'{name}' is no recipient. Name a public key of age ('age1…'), a public key of SSH ('ssh-ed25519 …'), or the fingerprint (40 hex digits) or address of an OpenPGP key; several are parted by ';'.");

    static StillframeException Invalid(string message) => new(ErrorCodes.OptionInvalid, message);

    [GeneratedRegex(@"^(?:age1[0-9a-z]+|ssh-(?:ed25519|rsa) [0-9A-Za-z+/=]+(?: [^\r\n]*)?)\z")]
    private static partial Regex OfAge();

    [GeneratedRegex(@"^[^\s@<>-][^\s@<>]*@[^\s@<>]+\z")]
    private static partial Regex Address();
}

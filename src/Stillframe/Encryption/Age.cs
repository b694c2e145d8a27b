using System.Text;
using Stillframe.Processes;

namespace Stillframe.Encryption;

/// <summary>https://age-encryption.org: recipients are <c>age1…</c> or public keys of SSH, which are no secret; the format is of https://c2sp.org/age.</summary>
sealed class Age : Cipher
{
    public override string Name => "age";

    protected override string Package => "age";

    public override Task<IReadOnlyList<string>> ResolveAsync(IReadOnlyList<string> recipients, CancellationToken cancellationToken) => Task.FromResult(recipients);

    protected override IEnumerable<string> EncryptArguments(IReadOnlyList<string> recipients) => ["--encrypt", .. recipients.SelectMany(recipient => new[] { "--recipient", recipient })];

    protected override IEnumerable<string> DecryptArguments(string what)
    {
        var named = (Environment.GetEnvironmentVariable(IdentityVariable) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (named.Length == 0)
            throw NotForUs($"{what} is encrypted, and the environment variable {IdentityVariable} names no identity. Set it to the path of the file that 'age-keygen -o FILE' made.");
        return ["--decrypt", .. named.SelectMany(path => new[] { "--identity", Identity(path) })];
    }

    protected override bool IsForOthers(ProcessResult result) => result.Error.Contains("no identity matched", StringComparison.Ordinal);

    protected override string Held => $"the identity of {IdentityVariable}";

    protected override string Advice => "Name one that it was encrypted to.";

    protected override string Words(ProcessResult result) =>
        result.Error.Split('\n').FirstOrDefault(line => line.StartsWith("age: ", StringComparison.Ordinal))?["age: ".Length..].Replace("error: ", "", StringComparison.Ordinal).Trim() ?? $"exit code {result.ExitCode}";

    /// <summary>Its content is never shown: somebody may have set the secret itself in place of its path.</summary>
    static string Identity(string path)
    {
        if (path.StartsWith("AGE-SECRET-KEY", StringComparison.OrdinalIgnoreCase))
            throw NotForUs($"The environment variable {IdentityVariable} has a secret key. Put that into a file that only you can read, and name the file's path.");
        var start = new byte[64];
        try
        {
            using var file = File.OpenRead(path);
            start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotForUs($"The identity '{path}' of {IdentityVariable} can't be read: {e.Message.TrimEnd('.')}. Correct the path.");
        }

        // age would ask for it on the terminal, which a build does not have, and once for each file
        if (Encoding.ASCII.GetString(start) is var text && (text.StartsWith("age-encryption.org/", StringComparison.Ordinal) || text.StartsWith("-----BEGIN AGE ENCRYPTED FILE", StringComparison.Ordinal)))
            throw NotForUs($"The identity '{path}' of {IdentityVariable} is protected by a passphrase, which nobody is asked for. Name one that is not (age -d {path} > FILE, in a directory that only you can enter).");
        return path;
    }
}

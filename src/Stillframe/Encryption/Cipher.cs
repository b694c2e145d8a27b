using System.ComponentModel;
using Stillframe.Processes;

namespace Stillframe.Encryption;

/// <summary>An installed program that encrypts to recipients and decrypts with what its user has. Keys and formats are its own business.</summary>
abstract class Cipher
{
    /// <summary>Of the environment variable with paths of age's identity files, parted by <c>;</c>. OpenPGP has its own keyring.</summary>
    public const string IdentityVariable = "DatabaseBackupIdentity";

    static readonly IReadOnlyDictionary<string, string?> environment = new Dictionary<string, string?> { ["LC_ALL"] = "C.UTF-8", ["LANGUAGE"] = null };

    /// <summary>Of the program; also the end of the names of its files, and of their media types.</summary>
    public abstract string Name { get; }

    /// <summary>Of Debian and Ubuntu.</summary>
    protected abstract string Package { get; }

    public string Suffix => "." + Name;

    /// <summary>Null where this version knows no such program.</summary>
    public static Cipher? Find(string name) => name switch
    {
        "age" => new Age(),
        "gpg" => new OpenPgp(),
        _ => null,
    };

    /// <summary>These recipients under names that mean the same keys tomorrow.</summary>
    /// <exception cref="StillframeException">SF6006, SF6007.</exception>
    public abstract Task<IReadOnlyList<string>> ResolveAsync(IReadOnlyList<string> recipients, CancellationToken cancellationToken);

    /// <exception cref="StillframeException">SF6006, SF6007.</exception>
    public async Task EncryptAsync(IReadOnlyList<string> recipients, Stream from, Stream to, CancellationToken cancellationToken)
    {
        var result = await RunAsync(EncryptArguments(recipients), from, to, cancellationToken);
        if (result.ExitCode != 0)
            throw new StillframeException(ErrorCodes.BackupNotEncrypted, $"'{Name}' does not encrypt to {string.Join(" and ", recipients)}: {Words(result)}. Correct the recipient (DatabaseBackupRecipient, --recipient). Nothing was sent.");
    }

    /// <summary>What was written is to be thrown away where this fails.</summary>
    /// <param name="what">For messages: <c>'shop.t.sql.gz.age'</c>.</param>
    /// <exception cref="StillframeException">SF6006, SF6008: nobody here may read it; SF6009: it is damaged.</exception>
    public async Task DecryptAsync(Stream from, Stream to, string what, CancellationToken cancellationToken)
    {
        var arguments = DecryptArguments(what);
        var result = await RunAsync(arguments, from, to, cancellationToken);
        if (IsWhole(result))
            return;
        throw IsForOthers(result)
            ? NotForUs($"{what} can't be read with {Held}: {Words(result)}. {Advice}")
            : new StillframeException(ErrorCodes.BackupDamaged, $"{what} is damaged: {Words(result)}. It has the digest that the registry gives for it, so it was sent like this, or changed there. Take another backup.");
    }

    protected abstract IEnumerable<string> EncryptArguments(IReadOnlyList<string> recipients);

    /// <exception cref="StillframeException">SF6008.</exception>
    protected abstract IEnumerable<string> DecryptArguments(string what);

    /// <summary>Whether all of it was decrypted and is as it was encrypted.</summary>
    protected virtual bool IsWhole(ProcessResult result) => result.ExitCode == 0;

    /// <summary>Whether none of the keys here is a recipient's.</summary>
    protected abstract bool IsForOthers(ProcessResult result);

    /// <summary>What is tried, and what to do where it does not open.</summary>
    protected abstract string Held { get; }

    protected abstract string Advice { get; }

    /// <summary>The program's own, in one line.</summary>
    protected abstract string Words(ProcessResult result);

    protected static StillframeException NotForUs(string message) => new(ErrorCodes.BackupIdentityMissing, message);

    /// <exception cref="StillframeException">SF6006.</exception>
    protected async Task<ProcessResult> RunAsync(IEnumerable<string> arguments, Stream from, Stream? to, CancellationToken cancellationToken)
    {
        var program = ChildProcess.Find(Name)
            ?? throw new StillframeException(ErrorCodes.CipherMissing, $"The backup is one of '{Name}', which is not on PATH. Install it ('apt-get install {Package}').");
        var options = new ProcessOptions
        {
            // a pipe on both sides: where this process ends, so does the program
            Input = (stdin, token) => from.CopyToAsync(stdin, token),
            Output = to is null ? null : (stdout, token) => stdout.CopyToAsync(to, token),
            Environment = environment,
        };
        try
        {
            return await ChildProcess.RunAsync(program, arguments, options, cancellationToken);
        }
        catch (Win32Exception e)
        {
            throw new StillframeException(ErrorCodes.CipherMissing, $"'{program}' can't be started: {e.Message.TrimEnd('.')}. Install it anew ('apt-get install --reinstall {Package}').", innerException: e);
        }
    }
}

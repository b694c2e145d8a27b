using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stillframe.Encryption;
using Stillframe.Oci;

namespace Stillframe.Backups;

/// <summary>
/// By this key whoever makes backups knows which encrypted file of the previous one has what is to be backed up now. It reads nothing; but with it, guesses of a file could be tested, as with a
/// SHA-256 of it. Another key encrypts everything once more.
/// </summary>
sealed class ContentKey
{
    /// <summary>Name of the environment variable for machines that keep nothing: a secret of at least <see cref="Shortest"/> characters.</summary>
    public const string Variable = "DatabaseBackupKey";

    const int Shortest = 32, Format = 1;

    readonly byte[] key;

    ContentKey(byte[] key) => this.key = key;

    /// <summary>The environment's, or this user's own, which is made the first time.</summary>
    /// <exception cref="StillframeException">SF1101: it is short.</exception>
    public static async Task<ContentKey> GetAsync(string cacheDirectory, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text)
            return text.Length >= Shortest
                ? new(Encoding.UTF8.GetBytes(text))
                : throw new StillframeException(ErrorCodes.OptionInvalid, $"The environment variable {Variable} has {text.Length} characters. Set it to a secret of at least {Shortest}, such as 'openssl rand -hex 32' gives, or to nothing where this machine keeps its cache.");
        var path = Path.Combine(PrivateFiles.MakeDirectory(Path.Combine(cacheDirectory, "backup-key")), "1");
        if (!File.Exists(path))
        {
            var mine = $"{path}.{Path.GetRandomFileName()}";
            await PrivateFiles.WriteAsync(mine, RandomNumberGenerator.GetBytes(32), cancellationToken);
            try
            {
                File.Move(mine, path);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(mine); // another backup of this user was faster
            }
        }

        return new(await File.ReadAllBytesAsync(path, cancellationToken));
    }

    /// <summary>64 hex digits that say, to those who have the key, that this encrypted file is that content for these recipients. Nobody else can make them, so nobody can have another file taken for it.</summary>
    /// <param name="sha256">Of the content.</param>
    public string Mac(Recipients recipients, string name, string sha256, Digest encrypted) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, JsonSerializer.SerializeToUtf8Bytes<object[]>([Format, recipients.Cipher.Name, recipients.Names, name, sha256, encrypted.ToString()])));
}

using System.Text;

namespace Stillframe.Connections;

/// <summary>Shows the server who logs in, the way it wants. MariaDB manual, "Connecting", "Authentication".</summary>
/// <param name="isPrivate">Whether nobody but the server reads what is sent: TLS, or a socket of this machine.</param>
sealed class Authentication(PacketStream packets, ServerLogin login, bool isPrivate)
{
    public const string CachingSha2 = "caching_sha2_password";

    const string NativePassword = "mysql_native_password";

    /// <summary>First bytes of the server's packets.</summary>
    const byte Done = 0, MoreData = 1, NextFactor = 2, Switch = 0xFE;

    /// <summary>Of <see cref="CachingSha2"/>, from the server: it knew the password's hash already, or wants the password. From the client: what the server's public key is.</summary>
    const byte FastDone = 3, WantsPassword = 4, AskForKey = 2;

    string plugin = NativePassword;
    byte[] challenge = [];

    string Password => login.Account.Password;

    /// <exception cref="ServerException">The server refuses the login.</exception>
    /// <exception cref="LoginException">It asks for what is not supported here, or for a password that others could read.</exception>
    public async Task DoAsync(Greeting greeting, bool isEncrypted, CancellationToken cancellationToken)
    {
        (plugin, challenge) = (greeting.Plugin == CachingSha2 ? CachingSha2 : NativePassword, greeting.Challenge); // the server switches, where the account has another
        await packets.WriteAsync(null, Login.Response(login, isEncrypted, plugin, Proof()), cancellationToken);
        while (true)
        {
            var answer = await packets.ReadAsync(cancellationToken);
            ErrorPacket.ThrowIfOne(answer.Span);
            switch (answer.Span[0])
            {
                case Done:
                    return;
                case Switch:
                    ReadSwitch(answer.Span);
                    await packets.WriteAsync(null, Proof(), cancellationToken);
                    break;
                case MoreData when plugin == CachingSha2 && answer.Length == 2 && answer.Span[1] == FastDone:
                    break;
                case MoreData when plugin == CachingSha2 && answer.Length == 2 && answer.Span[1] == WantsPassword:
                    await SendPasswordAsync(cancellationToken);
                    break;
                case NextFactor:
                    throw new LoginException(isUnsafe: false, "asks for a second factor. Dump with an account that has a password alone.");
                default:
                    throw new IOException("it sent a packet that has no place in a login");
            }
        }
    }

    /// <summary>MariaDB manual, "Authentication Switch Request".</summary>
    void ReadSwitch(ReadOnlySpan<byte> request)
    {
        var reader = new PacketReader(request[1..]);
        plugin = request.Length == 1 ? "mysql_old_password" : Encoding.ASCII.GetString(reader.UntilZero());
        challenge = reader.UntilZero().ToArray();
    }

    byte[] Proof() => plugin switch
    {
        NativePassword => PasswordProof.Native(Password, challenge),
        CachingSha2 => PasswordProof.CachingSha2(Password, challenge),
        "unix_socket" or "auth_socket" => [],
        _ => throw new LoginException(
            isUnsafe: false,
            $"asks for the authentication plugin '{plugin}', which is not supported here. "
            + $"Dump with an account of {NativePassword} or {CachingSha2}, or as the account's own user over the master's socket (unix_socket)."),
    };

    async Task SendPasswordAsync(CancellationToken cancellationToken)
    {
        if (isPrivate)
        {
            await packets.WriteAsync(null, PasswordProof.Clear(Password), cancellationToken);
            return;
        }

        if (!login.TakesPublicKey)
            throw new LoginException(
                isUnsafe: true,
                $"wants the password ({CachingSha2}), and the connection is not encrypted. Say SslMode=VerifyFull, or AllowPublicKeyRetrieval=true where nobody else is on the network in between.");
        await packets.WriteAsync(null, new[] { AskForKey }, cancellationToken);
        var answer = await packets.ReadAsync(cancellationToken);
        ErrorPacket.ThrowIfOne(answer.Span);
        byte[] encrypted;
        try
        {
            encrypted = PasswordProof.Encrypted(Password, challenge, Encoding.ASCII.GetString(answer.Span[1..]));
        }
        catch (Exception e) when (e is ArgumentException or System.Security.Cryptography.CryptographicException)
        {
            throw new IOException("it sent no public key", e);
        }

        await packets.WriteAsync(null, encrypted, cancellationToken);
    }
}

using System.Security.Cryptography;
using Stillframe.Connections;

namespace Stillframe.Tests.Connections;

public class ProofOfAPassword
{
    static readonly byte[] Challenge = [.. Enumerable.Range(1, 20).Select(number => (byte)number)];

    /// <summary>Computed by Python's hashlib from the formulas of the manuals.</summary>
    [Theory]
    [InlineData("secret", "b32bb3a583e1340c0a1108d58b1be49781ad8c2f", "746ebe205d56a0707acb3e796e834e0dd7b1d61743b26bd5202c7a623230c7c9")]
    [InlineData("pä$$wort €", "a7a6e52798731e9df07ce39bc94bfd8d5afe9b21", "35994593b789eede5f5c7585646ba0f75433bb9fa69c5e0714056e02ef476212")]
    [InlineData("", "", "")]
    public void Is_what_the_plugin_defines(string password, string native, string sha2)
    {
        Assert.Equal(native, Convert.ToHexStringLower(PasswordProof.Native(password, Challenge)));
        Assert.Equal(sha2, Convert.ToHexStringLower(PasswordProof.CachingSha2(password, Challenge)));
    }

    [Fact]
    public void Encrypted_can_be_read_by_the_server_alone()
    {
        using var key = RSA.Create(2048);

        var encrypted = PasswordProof.Encrypted("a password longer than the challenge", Challenge, key.ExportSubjectPublicKeyInfoPem());

        var text = key.Decrypt(encrypted, RSAEncryptionPadding.OaepSHA1).Select((one, i) => (byte)(one ^ Challenge[i % 20]));
        Assert.Equal([.. "a password longer than the challenge"u8, 0], text);
    }
}

using Stillframe.Encryption;

namespace Stillframe.Tests.Encryption;

public sealed class RecipientsOfABackup
{
    const string Age = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p", Fingerprint = "85B32472BFCAF03D4D0389030DE533FE100B70E3";

    [Theory]
    [InlineData("", "", 0)]
    [InlineData(" ; ", "", 0)]
    [InlineData(Age, "age", 1)]
    [InlineData($"{Age};ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample someone@host", "age", 2)]
    [InlineData(Fingerprint, "gpg", 1)]
    [InlineData($"0x{Fingerprint}; keeper@example.org", "gpg", 2)]
    public void Say_by_which_program(string text, string program, int count)
    {
        var parsed = Recipients.Parse(text);
        Assert.Equal((program, count), (parsed.Program, parsed.Names.Count));
    }

    [Theory]
    [InlineData($"{Age};{Fingerprint}", "can't be mixed")]
    [InlineData("85B32472", "no recipient")] // many keys have a short id
    [InlineData("--output", "no recipient")]
    [InlineData("-x@example.org", "no recipient")]
    [InlineData("Keeper <keeper@example.org>", "no recipient")]
    public void That_are_none_are_told(string text, string words)
    {
        var e = Assert.Throws<StillframeException>(() => Recipients.Parse(text));
        Assert.Equal(ErrorCodes.OptionInvalid, e.Code);
        Assert.Contains(words, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Are_not_shown_where_one_is_a_secret()
    {
        const string Secret = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
        Assert.DoesNotContain(Secret[14..], Assert.Throws<StillframeException>(() => Recipients.Parse($"{Age};{Secret}")).Message, StringComparison.Ordinal);
    }
}

using System.Data.Common;
using Stillframe.Client;
using Stillframe.Client.AspNetCore;

namespace Stillframe.Tests.Routing;

public class WhatAUserHasWritten
{
    const string Key = "only for tests, and long enough for a key";

    [Fact]
    public async Task Is_known_again_by_its_text()
    {
        await using FrameDataSource shop = Source(""), other = Source("a=b"), third = Source("third");
        using var first = ReadYourWrites.Begin("=0-1-5\na=b=unknown");

        using (ReadYourWrites.Begin(await first.ToTextAsync()))
        {
            var user = ReadYourWrites.Current!;
            Assert.Equal((FramePosition.Parse("0-1-5"), FramePosition.Unknown, null), (user.PositionOf(shop), user.PositionOf(other), user.PositionOf(third)));
            Assert.False(user.HasWritten);
        }

        Assert.Same(first, ReadYourWrites.Current);
        Assert.Throws<FormatException>(() => ReadYourWrites.Begin("no position"));
        Assert.Throws<ArgumentException>(() => Source("two\nlines"));
    }

    [Fact]
    public async Task Is_nothing_at_first_and_lasts_as_long_as_it_should()
    {
        Assert.Null(ReadYourWrites.Current);
        using (var user = ReadYourWrites.Begin(""))
        {
            await Task.Run(() => Assert.Same(user, ReadYourWrites.Current));
            Assert.Equal("", await user.ToTextAsync());
        }

        Assert.Null(ReadYourWrites.Current);
    }

    [Fact]
    public async Task Is_forgotten_for_the_sake_of_a_short_text()
    {
        using var user = ReadYourWrites.Begin("=0-1-5\nsecond=1-1-1");

        user.Forget();

        Assert.Equal("=unknown\nsecond=unknown", await user.ToTextAsync());
    }

    [Fact]
    public void Counts_if_it_was_signed_by_the_same_key()
    {
        const string text = "=0-1-5\nä=1-1-1";
        var (ours, theirs) = (SignedText.Of(Key, null), SignedText.Of(Key + "!", null));
        var signed = ours.Sign(text);

        Assert.Equal(text, SignedText.Of(Key, null).Read(signed));
        Assert.Null(theirs.Read(signed));
        for (var i = 0; i < signed.Length - 1; i++) // the last character has bits that count for nothing
            Assert.Null(ours.Read($"{signed[..i]}{(signed[i] == 'A' ? 'B' : 'A')}{signed[(i + 1)..]}"));
        foreach (var cut in new[] { "", "A", signed[..40], signed[..^4], signed + "AAAA", "no base64 !" })
            Assert.Null(ours.Read(cut));
    }

    [Fact]
    public void Is_not_signed_without_a_key_that_is_one()
    {
        Assert.Contains("AddDataProtection", Assert.Throws<InvalidOperationException>(() => SignedText.Of(null, null)).Message, StringComparison.Ordinal);
        var error = Assert.Throws<InvalidOperationException>(() => SignedText.Of("too short", null)).Message;
        Assert.Contains("9 characters", error, StringComparison.Ordinal);
        Assert.DoesNotContain("too short", error, StringComparison.Ordinal);
    }

    static FrameDataSource Source(string name) => new(new Provider().CreateDataSource("of=it"), new Provider().CreateDataSource("of=it"), new() { Name = name });

    sealed class Provider : DbProviderFactory;
}

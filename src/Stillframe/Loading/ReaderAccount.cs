namespace Stillframe.Loading;

/// <summary>The one account of a frame that may connect over the network.</summary>
/// <param name="User">Account name; it gets SELECT, SHOW VIEW and EXECUTE on the dump's schemas.</param>
/// <param name="Password">Empty only where <paramref name="AllowEmptyPassword"/> says so (SF1102).</param>
public sealed record ReaderAccount(string User, string Password, bool AllowEmptyPassword)
{
    /// <summary>Without the password: what is printed ends up in logs.</summary>
    public override string ToString() => $"account '{User}'";
}

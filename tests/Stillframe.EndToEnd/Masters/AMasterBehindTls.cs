using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Masters;

namespace Stillframe.EndToEnd.Masters;

/// <summary>A MariaDB server whose certificate tests exchange.</summary>
public sealed class TlsMaster : IAsyncLifetime
{
    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    internal NetworkMaster Server { get; private set; } = null!;

    internal TestAuthority Authority { get; private set; } = null!;

    internal TestAuthority Other { get; private set; } = null!;

    internal (string Certificate, string Key) Shown { get; private set; }

    public async Task InitializeAsync()
    {
        if (Needs.WhyNot([Need.LocalServer, Need.Root]) is not null)
            return;
        (Authority, Other) = (new(work.Path, "authority"), new(work.Path, "other"));
        Shown = Authority.Sign("127.0.0.1");
        Server = await NetworkMaster.StartMariaDbAsync(_ => ["--plugin-load-add=auth_ed25519", $"--ssl-cert={Shown.Certificate}", $"--ssl-key={Shown.Key}", $"--ssl-ca={Authority.File}"]);
        await Server.ExecuteAsync(
            "CREATE DATABASE shop", "CREATE TABLE shop.t (a INT PRIMARY KEY) ENGINE=InnoDB", "INSERT INTO shop.t VALUES (1), (2)",
            "CREATE USER tls IDENTIFIED BY 'secret' REQUIRE SSL", "CREATE USER own IDENTIFIED BY 'secret' REQUIRE X509", "CREATE USER plain IDENTIFIED BY 'secret'",
            "CREATE USER ed IDENTIFIED VIA ed25519 USING PASSWORD('secret')",
            "GRANT ALL ON *.* TO tls, own, plain, ed");
    }

    public async Task DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
        Authority?.Dispose();
        Other?.Dispose();
        await work.DisposeAsync();
    }
}

public sealed class AMasterBehindTls(TlsMaster master) : IClassFixture<TlsMaster>, IDisposable
{
    readonly TemporaryDirectory work = TemporaryDirectory.Create();

    public void Dispose() => work.Dispose();

    /// <summary>MariaDB's own client is asked, too, but for what it can't be asked: only an authority, without the name.</summary>
    [NeedsTheory(Need.LocalServer, Need.Root)]
    [InlineData("127.0.0.1", 7, "authority", "", null)]
    [InlineData("127.0.0.1", 7, "authority", "SslMode=VerifyCA", null)]
    [InlineData("127.0.0.1", 7, "other", "", "'CN=authority', who is no authority that")]
    [InlineData("127.0.0.1", 7, "other", "SslMode=VerifyCA", "'CN=authority', who is no authority that")]
    [InlineData("127.0.0.1", 7, null, "SslMode=VerifyFull", "'CN=authority', who is no authority that this machine trusts")]
    [InlineData("127.0.0.1", -1, "authority", "", "and not now")]
    [InlineData("127.0.0.1", -1, "authority", "SslMode=VerifyCA", "and not now")]
    [InlineData("db.example", 7, "authority", "", "for 'db.example', and not for '127.0.0.1'")]
    [InlineData("db.example", 7, "authority", "SslMode=VerifyCA", null)]
    [InlineData("db.example", -1, null, "", null)] // this machine's own
    [InlineData("db.example", -1, null, "SslMode=Required", null)]
    public async Task Is_taken_for_what_its_certificate_says(string host, int days, string? authority, string mode, string? refusal)
    {
        master.Authority.Sign(host, days, master.Shown);
        await master.Server.ExecuteAsync("FLUSH SSL");
        var trusted = authority == "other" ? master.Other.File : master.Authority.File;

        var error = await DumpAsync(master.Server.Address("tls", "secret", $"{mode};{(authority is null ? "" : $"SslCa={trusted}")}"));

        if (refusal is null)
            Assert.Null(error);
        else
            AssertSays(ErrorCodes.MasterUnsafe, refusal, error);
        if (authority is not null && mode.Length == 0)
        {
            var theirs = await Command.RunAsync(
                "mariadb", ["--no-defaults", "--protocol=tcp", "--host=127.0.0.1", $"--port={master.Server.Port}", "--user=tls", "--password=secret", $"--ssl-ca={trusted}", "--ssl-verify-server-cert", "--execute=SELECT 1"]);
            Assert.True(refusal is null == (theirs.ExitCode == 0), theirs.AllOutput);
        }
    }

    [NeedsFact(Need.LocalServer, Need.Root)]
    public async Task Sees_a_certificate_of_the_client_where_it_asks_for_one()
    {
        var (certificate, key) = master.Authority.Sign("dumper.example");

        AssertSays(ErrorCodes.MasterRefused, "Access denied", await DumpAsync(master.Server.Address("own", "secret")));
        Assert.Null(await DumpAsync(master.Server.Address("own", "secret", $"SslCert={certificate};SslKey={key}")));
        AssertSays(ErrorCodes.OptionInvalid, "SslCert or SslKey", await DumpAsync(master.Server.Address("own", "secret", $"SslCert={certificate};SslKey={certificate}")));
    }

    [NeedsTheory(Need.LocalServer, Need.Root)]
    [InlineData("plain", "SslMode=None", null, null)]
    [InlineData("plain", "SslMode=Preferred", null, null)]
    [InlineData("tls", "SslMode=None", ErrorCodes.MasterRefused, "Access denied")]
    [InlineData("ed", "", ErrorCodes.MasterRefused, "the authentication plugin 'client_ed25519', which is not supported here")]
    public async Task Lets_an_account_in_that_logs_in_in_a_way_that_both_know(string user, string more, string? code, string? words)
    {
        var error = await DumpAsync(master.Server.Address(user, "secret", more));

        if (code is null)
            Assert.Null(error);
        else
            AssertSays(code, words!, error);
    }

    [NeedsFact(Need.LocalServer, Need.Root)]
    public async Task Knows_the_user_of_this_machine_over_its_socket()
    {
        await using (var connection = await master.Server.ConnectAsync())
            Assert.Contains("IDENTIFIED VIA mysql_native_password USING 'invalid' OR unix_socket", await connection.ScalarAsync("SHOW CREATE USER root@localhost", default), StringComparison.Ordinal);

        Assert.Null(await DumpAsync($"Server={master.Server.Socket};User ID=root"));
    }

    [NeedsFact(Need.LocalServer, Need.Root)]
    public async Task That_has_none_is_not_taken_for_one_that_has()
    {
        await using var bare = await NetworkMaster.StartMariaDbAsync(_ => ["--skip-ssl"]);
        await bare.ExecuteAsync("CREATE USER plain IDENTIFIED BY 'secret'"); // without one for all hosts, the server sends whoever comes away

        AssertSays(ErrorCodes.MasterUnsafe, "offers no TLS, and SslMode=VerifyFull asks for it", await DumpAsync(bare.Address("plain", "secret", "SslMode=VerifyFull")));
        AssertSays(ErrorCodes.MasterUnsafe, "offers no TLS, and SslMode=Required asks for it", await DumpAsync(bare.Address("plain", "secret", "SslMode=Required")));
        AssertSays(ErrorCodes.MasterUnsafe, "offers no TLS, and SslMode=VerifyFull asks for it", await DumpAsync(bare.Address("plain", "secret", $"SslCa={master.Authority.File}")));
    }

    static void AssertSays(string code, string words, StillframeException? error)
    {
        Assert.NotNull(error);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal(code, error.Code);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    async Task<StillframeException?> DumpAsync(string address)
    {
        try
        {
            await MasterDump.WriteAsync($"{address};Database=shop", Path.Combine(work.Path, Guid.NewGuid().ToString()), SilentReporter.Instance, default);
            return null;
        }
        catch (StillframeException e)
        {
            return e;
        }
    }
}

using System.Text.RegularExpressions;
using Stillframe.Masters;

namespace Stillframe.EndToEnd.Masters;

/// <summary>Does what errors about missing rights say, and sees that it was all.</summary>
static partial class RightsForTests
{
    /// <param name="some">What the account has already, as <c>SELECT ON shop.*</c>.</param>
    /// <param name="more">Statements after these.</param>
    /// <returns>What the error gave in addition; empty where there was none.</returns>
    public static async Task<string> DumpWithAsync(NetworkMaster master, string schema, IEnumerable<string> some, string directory, params string[] more)
    {
        await master.ExecuteAsync(["DROP USER IF EXISTS few", "CREATE USER few IDENTIFIED BY 'secret'", .. some.Select(one => $"GRANT {one} TO few"), .. more]);
        var (asRoot, asFew) = ($"Server={master.Socket};User ID=root;Database={schema}", $"Server={master.Socket};User ID=few;Password=secret;Database={schema}");
        var whole = await MasterDump.WriteAsync(asRoot, Path.Combine(directory, "whole"), SilentReporter.Instance, default);
        var given = "";
        try
        {
            Assert.Equal(whole.DataVersion, (await MasterDump.WriteAsync(asFew, Path.Combine(directory, "few"), SilentReporter.Instance, default)).DataVersion);
        }
        catch (StillframeException e)
        {
            Assert.Equal(ErrorCodes.MasterRightsMissing, e.Code);
            Assert.False(Directory.Exists(Path.Combine(directory, "few")));
            given = e.Message[(e.Message.IndexOf("On the master: ", StringComparison.Ordinal) + 15)..];
            await master.ExecuteAsync([.. Statement().Matches(given).Select(match => match.Value)]);
            Assert.Equal(whole.DataVersion, (await MasterDump.WriteAsync(asFew, Path.Combine(directory, "few"), SilentReporter.Instance, default)).DataVersion);
        }

        Directory.Delete(directory, recursive: true);
        return given;
    }

    [GeneratedRegex("GRANT [^;]+")]
    private static partial Regex Statement();
}

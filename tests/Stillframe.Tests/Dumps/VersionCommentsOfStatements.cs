using System.Text;
using Stillframe.Dumps;

namespace Stillframe.Tests.Dumps;

public class VersionCommentsOfStatements
{
    [Theory]
    [InlineData("SELECT 1", "SELECT 1")]
    [InlineData("/*!40101 SET a=1 */", "SET a=1")]
    [InlineData("/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER t*/", "CREATE   DEFINER=`a`@`b`   TRIGGER t")]
    [InlineData("a/*!50001*/b", "a b")]
    [InlineData("a /*!80000 b */ c", "a  c")]
    [InlineData("a /*!50701 it's */ b", "a  b")]
    [InlineData("a /*!50701 /* nested */ b */ c", "a  c")]
    [InlineData("a /*!50701 ' */ CREATE USER evil -- ' */", "a  CREATE USER evil -- ' */")]
    [InlineData("a /*! b */ c", "a  b  c")]
    [InlineData("a /*M!100100 b */ c", "a  b  c")]
    [InlineData("a /*M!50701 b */ c", "a  b  c")]
    [InlineData("a /*!999999 b */ c", "a  c")]
    [InlineData("'/*!40101 a */' `/*!40101 b */` -- /*!40101 c */", "'/*!40101 a */' `/*!40101 b */` -- /*!40101 c */")]
    [InlineData("/*!40101 a /*!80000 b */ c */ d", "a  c  d")]
    [InlineData("/*!40101 a '*/' */ b", "a '*/'  b")]
    public void Leave_what_MariaDB_runs(string text, string run) =>
        Assert.Equal(run, Encoding.UTF8.GetString(VersionCommentText.Resolve(Encoding.UTF8.GetBytes(text), LexicalModes.None, new("x")).Span));

    [Theory]
    [InlineData("a /*!80016 DEFAULT ENCRYPTION='N' */ b", "a  DEFAULT ENCRYPTION='N'  b")]
    [InlineData("a /*!80023 INVISIBLE */", "a  INVISIBLE")]
    [InlineData("/*!50701 a */ /*!40101 b */", "a   b")]
    [InlineData("a /*!100100 b */ c", "a  c")]
    [InlineData("a /*M!100100 b */ c", "a  c")]
    [InlineData("a /*M! b */ c", "a  c")]
    [InlineData("a /*!999999 b */ c", "a  c")]
    [InlineData("a /*!100100 ' */ CREATE USER evil -- ' */", "a  CREATE USER evil -- ' */")]
    public void Leave_what_MySQL_runs(string text, string run) =>
        Assert.Equal(run, Encoding.UTF8.GetString(VersionCommentText.Resolve(Encoding.UTF8.GetBytes(text), LexicalModes.MySql, new("x")).Span));

    [Theory]
    [InlineData(80040, true)]
    [InlineData(80041, false)]
    [InlineData(99999, false)]
    [InlineData(100000, true)]
    public void Are_refused_where_MySQL_servers_differ(int version, bool same) => AreRefused(version, same, LexicalModes.MySql);

    [Theory]
    [InlineData(101100, true)]
    [InlineData(101101, false)]
    [InlineData(120000, false)]
    [InlineData(199999, false)]
    [InlineData(200000, true)]
    public void Are_refused_where_servers_differ(int version, bool same) => AreRefused(version, same, LexicalModes.None);

    static void AreRefused(int version, bool same, LexicalModes modes)
    {
        var resolve = () => VersionCommentText.Resolve(Encoding.UTF8.GetBytes($"/*!{version} a */"), modes, new("x"));
        if (same)
            resolve();
        else
            Assert.Equal(ErrorCodes.StatementRefused, Assert.Throws<StillframeException>(() => resolve()).Code);
    }
}

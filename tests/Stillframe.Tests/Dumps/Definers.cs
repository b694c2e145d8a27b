using System.Text;
using Stillframe.Dumps;

namespace Stillframe.Tests.Dumps;

public class Definers
{
    [Theory]
    [InlineData("CREATE DEFINER=`root`@`localhost` VIEW v AS SELECT 1", "CREATE DEFINER=`f`@`h` VIEW v AS SELECT 1")]
    [InlineData("CREATE DEFINER = 'root' @ '%' PROCEDURE p() SELECT 1", "CREATE DEFINER = `f`@`h` PROCEDURE p() SELECT 1")]
    [InlineData("CREATE DEFINER=\"a b\"@\"h\" PROCEDURE p() SELECT 1", "CREATE DEFINER=`f`@`h` PROCEDURE p() SELECT 1")]
    [InlineData("create or replace definer=root@db-1.example.com function f() returns int return 1", "create or replace definer=`f`@`h` function f() returns int return 1")]
    [InlineData("CREATE DEFINER=root@% EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1", "CREATE DEFINER=`f`@`h` EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1")]
    [InlineData("CREATE DEFINER=CURRENT_USER SQL SECURITY INVOKER VIEW v AS SELECT 1", "CREATE DEFINER=`f`@`h` SQL SECURITY INVOKER VIEW v AS SELECT 1")]
    [InlineData("CREATE DEFINER=CURRENT_USER() TRIGGER t", "CREATE DEFINER=`f`@`h` TRIGGER t")]
    [InlineData("CREATE DEFINER=admin_role PROCEDURE p() SELECT 1", "CREATE DEFINER=`f`@`h` PROCEDURE p() SELECT 1")]
    [InlineData("CREATE DEFINER=`we``ird`@`l` VIEW v AS SELECT 1", "CREATE DEFINER=`f`@`h` VIEW v AS SELECT 1")]
    [InlineData("/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER t */", "/*!50003 CREATE*/ /*!50017 DEFINER=`f`@`h`*/ /*!50003 TRIGGER t */")]
    [InlineData("/*!50001 CREATE ALGORITHM=UNDEFINED */\n/*!50013 DEFINER=root@localhost SQL SECURITY DEFINER */\n/*!50001 VIEW v AS select 1 */", "/*!50001 CREATE ALGORITHM=UNDEFINED */\n/*!50013 DEFINER=`f`@`h` SQL SECURITY DEFINER */\n/*!50001 VIEW v AS select 1 */")]
    [InlineData("CREATE /* DEFINER=a@b */ DEFINER=c@d VIEW v AS SELECT 1", "CREATE /* DEFINER=a@b */ DEFINER=`f`@`h` VIEW v AS SELECT 1")]
    public void Are_replaced_in_every_form(string text, string replaced) => Assert.Equal(replaced, Replace(text));

    [Theory]
    [InlineData("CREATE VIEW v AS SELECT 'DEFINER=`a`@`b`'")]
    [InlineData("CREATE PROCEDURE p() BEGIN /* DEFINER=a@b */ SET @x = 'DEFINER=a@b'; CREATE DEFINER=a@b VIEW w AS SELECT 1; END")]
    [InlineData("CREATE SQL SECURITY DEFINER VIEW v AS SELECT definer = a FROM t")]
    [InlineData("CREATE TABLE t (definer int, x int DEFAULT (definer=a))")]
    [InlineData("INSERT INTO t VALUES ('CREATE DEFINER=a@b VIEW')")]
    [InlineData("")]
    public void Are_replaced_nowhere_else(string text) => Assert.Equal(text, Replace(text));

    [Fact]
    public void Are_replaced_throughout_a_real_dump()
    {
        using var dump = new Dump(Dump.Golden("mariadb-10.11.sql"));
        var replaced = 0;
        foreach (var one in DumpReader.Read([dump.File], new(), SilentReporter.Instance, default))
        {
            var text = Encoding.Latin1.GetString(DefinerClause.Replace(one.Text, "`f`@`h`", one.Modes).Span);
            Assert.DoesNotContain("`root`", text, StringComparison.Ordinal);
            replaced += text.Contains("DEFINER=`f`@`h`", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.Equal(6, replaced);
    }

    static string Replace(string text) =>
        Encoding.UTF8.GetString(DefinerClause.Replace(Encoding.UTF8.GetBytes(text), "`f`@`h`").Span);
}

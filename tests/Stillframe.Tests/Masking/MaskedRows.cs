using System.Globalization;
using Stillframe.Dumps;
using Stillframe.Masking;

namespace Stillframe.Tests.Masking;

public class MaskedRows
{
    const string Table = "CREATE TABLE t (id int, v varchar(40), n int, b blob);";

    static readonly MaskRequest constant = AMask.Request(AMask.Of("v", "constant", value: "x"));

    [Theory]
    [InlineData("INSERT INTO t VALUES (1,'a',2,'b'),(2,'c',NULL,NULL);", "INSERT INTO t VALUES (1,'x',2,'b'),(2,'x',NULL,NULL)")]
    [InlineData("INSERT INTO `t` (`v`, `id`) VALUES ('a''), (''b',1) , ( \"c\\\"\" , 2 );", "INSERT INTO `t` (`v`, `id`) VALUES ('x',1) , ( 'x' , 2 )")]
    [InlineData("INSERT INTO t (id) VALUES (1);", "INSERT INTO t (id) VALUES (1)")]
    [InlineData("INSERT INTO t VALUES (1,_binary 'a\\'b',2,_binary 'c');", "INSERT INTO t VALUES (1,'x',2,_binary 'c')")]
    [InlineData("REPLACE INTO t VALUES (1,0x41,IF(1,2,3),b'01');", "REPLACE INTO t VALUES (1,'x',IF(1,2,3),b'01')")]
    [InlineData("INSERT INTO t VALUES (-1,-5.5e3 , /* ) */ 2,'');", "INSERT INTO t VALUES (-1,'x' , /* ) */ 2,'')")]
    [InlineData("INSERT INTO t VALUES (1,null,2,default),(1,DEFAULT,2,3);", "INSERT INTO t VALUES (1,null,2,default),(1,DEFAULT,2,3)")]
    [InlineData("SET sql_mode='NO_BACKSLASH_ESCAPES';INSERT INTO t VALUES (1,'\\',2,'b');", "INSERT INTO t VALUES (1,'x',2,'b')")]
    public void Keep_everything_but_the_values(string rows, string expected) => Assert.Equal([expected], AMask.Rows(Table + rows, constant));

    [Fact]
    public void Without_a_list_leave_out_columns_that_are_invisible() =>
        Assert.Equal(
            ["INSERT INTO t VALUES (1,'x')", "INSERT INTO t (h,v) VALUES (1,'x')"],
            AMask.Rows("CREATE TABLE t (id int, h int INVISIBLE, v varchar(9));INSERT INTO t VALUES (1,'a');INSERT INTO t (h,v) VALUES (1,'a');", constant));

    [Theory]
    [InlineData("INSERT INTO t VALUES (1,CONCAT('a','b'),2,3);", "no plain literal")]
    [InlineData("INSERT INTO t VALUES (1,'a' 'b',2,3);", "no plain literal")]
    [InlineData("INSERT INTO t VALUES (1,/* c */'a',2,3);", "no plain literal")]
    [InlineData("INSERT INTO t VALUES (1,'a' COLLATE utf8mb4_bin,2,3);", "no plain literal")]
    [InlineData("INSERT INTO t VALUES (1,'a',2,3) ON DUPLICATE KEY UPDATE v = 'b';", "follows the last row")]
    [InlineData("INSERT INTO t VALUES (1,'a',2,3);UPDATE t SET v = 'b';", "A statement reads or changes rows")]
    [InlineData("INSERT INTO t SET v = 'b';", "A statement reads or changes rows")]
    [InlineData("INSERT INTO t SELECT 1,'a',2,3;", "A statement reads or changes rows")]
    [InlineData("CREATE VIEW w AS SELECT * FROM t;INSERT INTO w VALUES (1,'a',2,3);", "which the dump does not make by this name")]
    [InlineData("CREATE TABLE u (i int);CREATE TRIGGER g AFTER INSERT ON u FOR EACH ROW INSERT INTO t VALUES (1,NEW.i,2,3);INSERT INTO u VALUES (1);", "The trigger g comes before rows")]
    [InlineData("CREATE TABLE u (i int);CREATE PROCEDURE p() INSERT INTO t VALUES (1,'a',2,3);CREATE TRIGGER g AFTER INSERT ON u FOR EACH ROW CALL p();INSERT INTO u VALUES (1);", "The trigger g comes before rows")]
    public void That_could_bring_others_are_refused_with_their_place(string rows, string said)
    {
        var e = AMask.Error(Table + "\n" + rows, constant);
        Assert.Equal(ErrorCodes.RowNotMasked, e.Code);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.Equal(2, e.Location?.Line);
        Assert.DoesNotContain("'b'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_trigger_that_has_to_do_with_no_masked_table_are_taken() =>
        Assert.Equal(2, AMask.Rows(Table + "CREATE TABLE u (i int);CREATE PROCEDURE p() SELECT * FROM t;CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.n = 1;INSERT INTO u VALUES (1);INSERT INTO t VALUES (1,'a',2,3);", constant).Count);

    [Theory]
    [InlineData("date", "date", "'2024-13-45 xx'")]
    [InlineData("date", "date", "20240501")]
    [InlineData("int", "digits", "0x41")]
    [InlineData("int", "digits", "1.5")]
    public void Of_another_form_are_refused(string type, string mask, string literal) =>
        Assert.Contains("is of a form", Assert.Throws<StillframeException>(() => AMask.Values(type, AMask.Of("v", mask), literal)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("hash")]
    [InlineData("email")]
    [InlineData("name")]
    [InlineData("constant")]
    public void Of_UTF_32_are_refused_where_a_mask_would_write_other_bytes(string mask)
    {
        const string Short = @"\0\0\0a\0\0\0b"; // of two characters, which could be anything
        var request = AMask.Request(AMask.Of("v", mask, value: "x"));
        foreach (var table in new[] { "v varchar(60)) CHARSET=utf32", "v varchar(60) CHARACTER SET 'utf32')", "v text COLLATE utf32_bin) DEFAULT CHARSET=utf8mb4", "v varchar(60)) CHARACTER SET = utf32 COLLATE uca1400_ai_ci", "v varchar(60))" })
        {
            var create = $"CREATE TABLE t ({table};";
            var refused = AMask.Error($"{create}SET NAMES binary;INSERT INTO t VALUES ('{Short}');", request);
            Assert.Equal(ErrorCodes.RowNotMasked, refused.Code);
            Assert.Contains("the character set 'binary' of the dump's connection", refused.Message, StringComparison.Ordinal);
            Assert.Single(AMask.Rows($"{create}INSERT INTO t VALUES ('{Short}');", request)); // text of these signs
            Assert.Single(AMask.Rows($"{create}SET NAMES binary;SET NAMES utf8mb4;INSERT INTO t VALUES ('ab');", request));
            Assert.Single(AMask.Rows($"{create}SET NAMES binary;INSERT INTO t VALUES (NULL);", request));
        }

        Assert.Equal(ErrorCodes.RowNotMasked, AMask.Error("CREATE TABLE t (v varchar(60)) CHARSET=utf32;INSERT INTO t VALUES (0x0000006100000062);", request).Code); // bytes in any session
    }

    [Theory]
    [InlineData("v varchar(60)) CHARSET=utf8mb4")]
    [InlineData("v varchar(60) CHARACTER SET latin1) CHARSET=utf32")]
    [InlineData("v varchar(60) COLLATE utf16_bin) CHARSET=utf32")]
    [InlineData("v varchar(60)) CHARSET=ucs2 COMMENT='CHARSET=utf32'")]
    public void Of_other_character_sets_are_taken_whatever_they_look_like(string table) =>
        Assert.Single(AMask.Rows($@"CREATE TABLE t ({table};SET NAMES binary;INSERT INTO t VALUES ('\0\0\0a\0\0\0b\0\0\0c\0\0\0d');", AMask.Request(AMask.Of("v", "hash"))));

    [Theory]
    [InlineData("digits")]
    [InlineData("letters")]
    [InlineData("null")]
    public void Of_UTF_32_are_taken_by_masks_that_write_no_letters_of_their_own(string mask) =>
        Assert.Single(AMask.Rows(@"CREATE TABLE t (v varchar(60)) CHARSET=utf32;SET NAMES binary;INSERT INTO t VALUES ('\0\0\0a\0\0\0b');", AMask.Request(AMask.Of("v", mask))));

    [Fact]
    public void Give_fingerprints_that_need_the_key()
    {
        const string Dump = Table + "CREATE TABLE u (i int);INSERT INTO t VALUES (1,'a',2,3);INSERT INTO u VALUES (1);";
        var plain = Tests.Dumps.Dump.Summary(Dump);
        var masked = DumpMasks.Of(constant, plain).Hide(plain);
        var other = DumpMasks.Of(new(constant.Rules, [], AMask.Key + "1"), plain).Hide(plain);
        var mask = DumpMasks.Of(AMask.Request(AMask.Of("v", "hash")), plain).Hide(plain);

        Assert.Equal(plain.Tables[1], masked.Tables[1]);
        Assert.Equal(plain.Tables[0].SchemaFingerprint, masked.Tables[0].SchemaFingerprint);
        Assert.Equal(4, new[] { plain, masked, other, mask }.Select(one => one.Tables[0].RowsFingerprint).Distinct().Count());
        Assert.Equal(4, new[] { plain, masked, other, mask }.Select(one => one.Tables[0].Fingerprint).Distinct().Count());
        Assert.Equal(3, new[] { plain, masked, other }.Select(one => one.DataVersion).Distinct().Count());
        Assert.NotEqual(plain.Files[0].Sha256, masked.Files[0].Sha256);
        Assert.Same(plain, DumpMasks.Of(MaskRequest.None, plain).Hide(plain));
    }

    [Fact]
    public void Of_excluded_tables_are_none()
    {
        const string Dump = Table + "CREATE TABLE log_1 (i int);INSERT INTO log_1 VALUES (1),(2);INSERT INTO t VALUES (1,'a',2,3);";
        var summary = Tests.Dumps.Dump.Summary(Dump, new() { WithoutRows = ["shop.log_*"] });
        Assert.Equal([1L, 0], summary.Tables.Select(table => table.Rows));
        Assert.Equal(Tests.Dumps.Dump.Summary(Table + "CREATE TABLE log_1 (i int);INSERT INTO t VALUES (1,'a',2,3);").DataVersion, summary.DataVersion);
        Assert.Equal(ErrorCodes.MaskInvalid, Tests.Dumps.Dump.Error(Dump, new() { WithoutRows = ["shop.logs"] }).Code);
    }

    [Fact]
    public void Of_a_random_bound_are_a_permutation()
    {
        var random = Seed.Random();
        for (var i = 0; i < 40; i++)
        {
            using var permutation = new Permutation(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(random.Next())));
            var bound = (ulong)random.Next(1, 2000);
            var numbers = Enumerable.Range(0, (int)bound).Select(number => permutation.Of((ulong)number, bound)).ToList();
            Assert.Equal(Enumerable.Range(0, (int)bound).Select(number => (ulong)number), numbers.Order());
            var large = (ulong)random.NextInt64() / 2 + 2;
            Assert.True(permutation.Of(large - 1, large) < large, large.ToString(CultureInfo.InvariantCulture));
        }
    }
}

using Stillframe.Compiling;
using Stillframe.Dumps;
using Stillframe.Loading.Bulk;

namespace Stillframe.Tests.Linking;

public sealed class PlannedIds : IDisposable
{
    readonly TemporaryDirectory directory = TemporaryDirectory.Create();

    [Fact]
    public void Without_a_previous_frame_follow_the_dump() =>
        Assert.Equal(["b", "a"], Names(Plan("CREATE TABLE b (i INT); CREATE TABLE a (i INT);", [])));

    [Fact]
    public void Keep_the_previous_order_and_put_new_tables_last()
    {
        var before = IdRanges("CREATE TABLE b (i INT); CREATE TABLE c (i INT);");

        Assert.Equal(["b", "c", "a"], Names(Plan("CREATE TABLE a (i INT); CREATE TABLE b (i INT); CREATE TABLE c (i INT);", before)));
    }

    [Fact]
    public void Of_tables_dropped_and_altered_are_used_up()
    {
        var before = IdRanges("CREATE TABLE a (i INT); CREATE TABLE b (i INT); CREATE TABLE c (i INT);");

        var plan = Plan("CREATE TABLE b (i BIGINT); CREATE TABLE c (i INT);", before);

        Assert.Equal([null, null, "c", "b"], Names(plan));
        Assert.Equal([before[0], before[1], before[2], null], plan.Select(action => action.Kept));
    }

    [Theory]
    [InlineData("CREATE TABLE a (i INT) AUTO_INCREMENT=7;", "CREATE TABLE a (i INT) AUTO_INCREMENT=8;", true)]
    [InlineData("CREATE TABLE a (i INT) AUTO_INCREMENT=7;", "CREATE TABLE `a` (\n  i INT)  ;", false)]
    [InlineData("CREATE TABLE a (i INT);", "CREATE TABLE a (i INT, KEY (i));", false)]
    public void Stay_where_the_statement_is_the_same_but_for_its_counter(string before, string after, bool stays) =>
        Assert.Equal(stays, Plan(after, IdRanges(before))[0].Step is not null);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(7, 9)]
    [InlineData(2, 130)]
    public void Are_used_up_by_as_many_tables_and_indexes(int tables, int indexes)
    {
        var range = new IdRange { FirstTable = 20, Tables = tables, FirstSpace = 10, Spaces = tables, FirstIndex = 30, Indexes = indexes };

        Assert.True(IdPlan.CanReserve(range));
        var made = IdPlan.Reserve(range).Where(statement => statement.StartsWith("CREATE", StringComparison.Ordinal)).ToList();
        Assert.Equal(tables, made.Count);
        Assert.Equal(indexes, made.Sum(statement => 1 + statement.Split("KEY (a)").Length - 1));
    }

    public void Dispose() => directory.Dispose();

    IReadOnlyList<IdPlanStep> Plan(string dump, IReadOnlyList<IdRange> previous)
    {
        var file = Path.Combine(directory.Path, "shop.sql");
        File.WriteAllText(file, dump);
        using var spool = new RowSpool(directory.Path);
        var script = DumpScript.Read([file], new DumpOptions(), spool, default);
        Assert.Null(script.OrderedBy);
        return IdPlan.Make(script, previous);
    }

    /// <summary>Of a frame of this dump; the numbers don't matter.</summary>
    List<IdRange> IdRanges(string dump) =>
        [.. Plan(dump, []).Select((action, i) => new IdRange
        {
            Schema = "shop", Table = action.Step!.Statement!.Table, DefinitionHash = action.DefinitionHash,
            FirstTable = (ulong)i, Tables = 1, FirstSpace = (uint)i, Spaces = 1, FirstIndex = (ulong)i, Indexes = 1,
        })];

    static IEnumerable<string?> Names(IEnumerable<IdPlanStep> plan) => plan.Select(action => action.Step?.Statement?.Table);
}

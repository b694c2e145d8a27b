using System.Globalization;

/// <summary>How many tests ended in which way.</summary>
sealed record TestTotals(int Passed, int Failed, int Skipped)
{
    public int Ran => Passed + Failed;

    public static TestTotals operator +(TestTotals left, TestTotals right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Passed} passed, {Failed} failed{(Skipped > 0 ? $", {Skipped} skipped" : "")}");
}

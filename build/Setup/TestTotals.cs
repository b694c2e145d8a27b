using System.Globalization;
using System.Xml.Linq;

/// <summary>How many tests ended in which way.</summary>
sealed record TestTotals(int Passed, int Failed, int Skipped)
{
    static readonly XNamespace trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    public int Ran => Passed + Failed;

    public static TestTotals operator +(TestTotals left, TestTotals right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    /// <summary>Reads a results file of <c>dotnet test --logger trx</c>, and the reasons of what was skipped.</summary>
    public static (TestTotals Totals, IReadOnlyList<(string Test, string Reason)> Skipped) Read(string file)
    {
        var results = XDocument.Load(file).Descendants(trx + "UnitTestResult").ToList();
        int Count(string outcome) => results.Count(result => (string?)result.Attribute("outcome") == outcome);
        var skipped = results.Where(result => (string?)result.Attribute("outcome") == "NotExecuted")
            .Select(result => ((string)result.Attribute("testName")!, Reason(result)))
            .ToList();
        var passed = Count("Passed");
        return (new(passed, results.Count - passed - skipped.Count, skipped.Count), skipped);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Passed} passed, {Failed} failed{(Skipped > 0 ? $", {Skipped} skipped" : "")}");

    static string Reason(XElement result) =>
        result.Descendants(trx + "Message").FirstOrDefault()?.Value ?? result.Descendants(trx + "StdOut").FirstOrDefault()?.Value ?? "no reason given";
}

using System.Xml.Linq;

/// <summary>What a run of tests gave, and why it left some out.</summary>
sealed record TestOutcome(TestTotals Totals, IReadOnlyList<SkippedTest> Skipped)
{
    static readonly XNamespace trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    public static TestOutcome None { get; } = new(new(0, 0, 0), []);

    public static TestOutcome operator +(TestOutcome left, TestOutcome right) => new(left.Totals + right.Totals, [.. left.Skipped, .. right.Skipped]);

    /// <summary>Reads a results file of <c>dotnet test --logger trx</c>.</summary>
    public static TestOutcome Read(string file)
    {
        var results = XDocument.Load(file).Descendants(trx + "UnitTestResult").ToList();
        int Count(string outcome) => results.Count(result => (string?)result.Attribute("outcome") == outcome);
        var skipped = results.Where(result => (string?)result.Attribute("outcome") == "NotExecuted")
            .Select(result => new SkippedTest((string)result.Attribute("testName")!, Reason(result)))
            .ToList();
        var passed = Count("Passed");
        return new(new(passed, results.Count - passed - skipped.Count, skipped.Count), skipped);
    }

    /// <summary>For people: each reason, with the tests that were left out for it.</summary>
    public IEnumerable<string> ReasonsOfSkipping() => Skipped
        .GroupBy(test => test.Reason)
        .SelectMany(group => group.Select(test => $"  {test.Name}").Order(StringComparer.Ordinal).Prepend($"{group.Count()} skipped: {group.Key}"));

    static string Reason(XElement result) =>
        result.Descendants(trx + "Message").FirstOrDefault()?.Value ?? result.Descendants(trx + "StdOut").FirstOrDefault()?.Value ?? "no reason given";
}

/// <summary>A test that was not run.</summary>
sealed record SkippedTest(string Name, string Reason);

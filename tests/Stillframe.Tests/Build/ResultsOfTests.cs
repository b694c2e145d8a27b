namespace Stillframe.Tests.Build;

public class ResultsOfTests
{
    const string Results = """
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <Results>
            <UnitTestResult testName="A.Works" outcome="Passed" />
            <UnitTestResult testName="A.Breaks" outcome="Failed" />
            <UnitTestResult testName="A.Hangs" outcome="Timeout" />
            <UnitTestResult testName="A.Waits" outcome="NotExecuted">
              <Output><ErrorInfo><Message>'docker' is not on PATH</Message></ErrorInfo></Output>
            </UnitTestResult>
          </Results>
        </TestRun>
        """;

    [Fact]
    public void Count_as_failed_unless_they_passed_or_were_skipped()
    {
        using var directory = TemporaryDirectory.Create();
        var file = Path.Combine(directory.Path, "results.trx");
        File.WriteAllText(file, Results);
        var outcome = TestOutcome.Read(file);
        Assert.Equal("1 passed, 2 failed, 1 skipped", outcome.Totals.ToString());
        Assert.Equal(["1 skipped: 'docker' is not on PATH", "  A.Waits"], outcome.ReasonsOfSkipping());
    }
}

using Stillframe.Processes;

namespace Stillframe.Tests.Processes;

public class ALogTail
{
    [Fact]
    public async Task Keeps_the_last_lines()
    {
        var log = new LogTail(3);
        await log.ReadAsync(new StringReader("1\n2\n3\n4\n5"));

        Assert.Equal(string.Join(Environment.NewLine, 3, 4, 5), log.ToString());
    }

    [Fact]
    public void Tells_when_a_line_is_said_before_or_after_the_question()
    {
        var log = new LogTail();
        log.Add("before");
        var after = log.AppearsAsync("after");

        Assert.True(log.AppearsAsync("before").IsCompleted);
        Assert.False(after.IsCompleted);
        log.Add("after");
        Assert.True(after.IsCompleted);
    }
}

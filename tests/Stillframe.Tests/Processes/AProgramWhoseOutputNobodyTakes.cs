using Stillframe.Processes;

namespace Stillframe.Tests.Processes;

public sealed class AProgramWhoseOutputNobodyTakes
{
    [Fact]
    public async Task Ends_and_the_reason_is_told()
    {
        // it would write for ever, and read nothing meanwhile
        var options = new ProcessOptions
        {
            Input = (stream, token) => Forever().CopyToAsync(stream, token),
            Output = (_, _) => Task.FromException(new InvalidDataException("the disk is full")),
        };
        var e = await Assert.ThrowsAsync<InvalidDataException>(() => ChildProcess.RunAsync("cat", [], options).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal("the disk is full", e.Message);

        static Stream Forever() => File.OpenRead("/dev/zero");
    }
}

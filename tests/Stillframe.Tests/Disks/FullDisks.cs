using Stillframe.Connections;
using Stillframe.Engines;
using Stillframe.Processes;

namespace Stillframe.Tests.Disks;

public class FullDisks
{
    [Theory]
    [InlineData("""2026-11-28 13:00:00 4 [ERROR] mariadbd: Disk is full writing './shop/words.MYD' (Errcode: 28 "No space left on device"). Waiting for someone to free space... (Expect up to 60 secs delay for server to continue after freeing disk space)""")]
    [InlineData("2026-11-28 13:00:00 0 [ERROR] InnoDB: preallocating 8388608 bytes for file ./shop/t.ibd failed with error 28")]
    [InlineData("2026-11-28 13:00:00 0 [ERROR] InnoDB: Operating system error number 28 in a file operation.")]
    [InlineData("Got error 28 from storage engine")]
    [InlineData("Error writing file '/tmp/MLfd=27' (Errcode: 28 \"No space left on device\")")]
    [InlineData("E: Failed to fetch http://deb/Packages  Error writing to file - write (28: No space left on device) [IP: 203.0.113.80 80]")]
    [InlineData("dpkg-deb: error: failed to write to pipe in copy: No space left on device")]
    [InlineData("Failed to create '/c/mariadbd' with allocation size '4731848' because the disk was full.")]
    [InlineData("write /var/lib/docker/overlay2/x: disk quota exceeded: Disk quota exceeded")]
    public void Are_recognised(string said) => Assert.True(FullDisk.IsSaidBy(said));

    [Theory]
    [InlineData("Table 't' already exists")]
    [InlineData("error 281 of row 28")]
    [InlineData("InnoDB: Cannot allocate memory for the buffer pool, errno: 12")]
    public void Are_not_everything(string said) => Assert.False(FullDisk.IsSaidBy(said));

    [Fact]
    public void Are_not_in_the_rows_of_a_dump()
    {
        var refused = new ServerException(1146, "42S02", "Table 'shop.log' doesn't exist");

        Assert.False(FullDisk.IsSaidBy(new StillframeException(
            ErrorCodes.StatementFailed, "refused a statement. The statement starts: INSERT INTO log VALUES ('No space left on device')", null, refused)));
    }

    [Fact]
    public void Are_found_behind_other_exceptions() => Assert.True(FullDisk.IsSaidBy(
        new StillframeException(ErrorCodes.StatementFailed, "refused a statement", null, new ServerException(1021, "HY000", "Disk full (/tmp/#sql); waiting …"))));

    [Fact]
    public async Task End_a_server_that_waits_for_room()
    {
        await using var process = SupervisedProcess.Start(["/bin/sh", "-c", "echo 'Disk is full writing x. Waiting for someone to free space...'; exec sleep 1000"]);

        process.EndWhenSeen(FullDisk.IsAwaited);

        await process.Exited;
    }

    [Fact]
    public async Task End_a_program_that_waits_for_room()
    {
        var result = await ChildProcess.RunAsync(
            "/bin/sh", ["-c", "echo 'Disk is full writing x. Waiting for someone to free space...' >&2; exec sleep 1000"], new() { IsHopeless = FullDisk.IsAwaited });

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("Disk is full", result.Error, StringComparison.Ordinal);
    }
}

using System.Diagnostics;
using System.Globalization;

namespace Stillframe.Tests;

public sealed class ATemporaryDirectory : IDisposable
{
    readonly TemporaryDirectory parent = TemporaryDirectory.Create();

    [Fact]
    public void Is_gone_after_its_disposal()
    {
        using (var made = TemporaryDirectory.Create(parent.Path))
            File.WriteAllText(Path.Combine(made.Path, "file"), "");

        Assert.Empty(Directory.EnumerateFileSystemEntries(parent.Path));
    }

    [Fact]
    public void Stays_while_it_is_held_whatever_its_number_means_here()
    {
        using var made = TemporaryDirectory.Create(parent.Path);
        // of another container, where that number is a process
        var elsewhere = Path.Combine(parent.Path, string.Create(CultureInfo.InvariantCulture, $"sf-{NoProcess()}.abcdefgh"));
        Directory.Move(made.Path, elsewhere);

        TemporaryDirectory.RemoveStale(parent.Path);

        Assert.True(Directory.Exists(elsewhere));
    }

    [Fact]
    public void Goes_when_nobody_holds_it_whatever_its_number_means_here()
    {
        // left by a killed build of another container, with a number that a process here has
        var left = Directory.CreateDirectory(Path.Combine(parent.Path, $"sf-{Environment.ProcessId}.abcdefgh")).FullName;

        TemporaryDirectory.RemoveStale(parent.Path);

        Assert.False(Directory.Exists(left));
    }

    [Fact]
    public void Of_an_older_version_goes_with_its_process()
    {
        var running = Directory.CreateDirectory(Path.Combine(parent.Path, $"sf-{Environment.ProcessId}-abcdefgh")).FullName;
        var left = Directory.CreateDirectory(Path.Combine(parent.Path, string.Create(CultureInfo.InvariantCulture, $"sf-{NoProcess()}-abcdefgh"))).FullName;

        TemporaryDirectory.RemoveStale(parent.Path);

        Assert.Equal((true, false), (Directory.Exists(running), Directory.Exists(left)));
    }

    [Fact]
    public void Is_not_held_by_a_program_that_its_process_started()
    {
        string path;
        using var made = TemporaryDirectory.Create(parent.Path);
        using var child = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        try
        {
            path = Path.Combine(parent.Path, "sf-1.abcdefgh");
            Directory.Move(made.Path, path);
            made.Dispose(); // finds nothing to remove, and lets go

            TemporaryDirectory.RemoveStale(parent.Path);

            Assert.False(Directory.Exists(path));
        }
        finally
        {
            child.Kill();
        }
    }

    public void Dispose() => parent.Dispose();

    static int NoProcess()
    {
        var number = 4_194_303; // the largest there can be
        while (Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{number}")))
            number--;
        return number;
    }
}

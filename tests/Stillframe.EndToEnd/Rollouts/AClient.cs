using System.Globalization;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.TestRuns;

namespace Stillframe.EndToEnd.Rollouts;

/// <summary>Asks the service for its version all the time, each time by its name, in a container of the network that the service is on.</summary>
sealed class AClient(SwarmForTests swarm, string directory) : IAsyncDisposable
{
    const string Name = "client";

    const string Program =
        """
        use strict; use IO::Socket::INET; use Socket;
        my ($host, $stop) = @ARGV;
        open my $answers, '>>', '/client/answers' or die; select((select($answers), $| = 1)[0]);
        until (-e $stop) {
          my $address;
          for (1 .. 3) { $address = gethostbyname $host; last if defined $address || $? != 2; } # 2: the server of names asks to try again
          my $socket = defined $address && IO::Socket::INET->new(PeerAddr => inet_ntoa($address), PeerPort => 8080, Timeout => 10);
          my $answer = '';
          if ($socket) { print $socket "GET /version HTTP/1.0\r\nHost: test\r\n\r\n"; local $/; $answer = <$socket> // ''; close $socket; }
          my ($code, $expected, $actual) = map { $answer =~ /"$_":"([^"]*)"/ ? $1 : '' } qw(code expectedData actualData);
          print $answers $answer =~ m!^HTTP/1.. 200! ? "ok $code $expected $actual\n" : "failed at " . localtime() . " " . ($socket ? substr($answer, 0, 60) =~ s/\s+/ /gr : defined $address ? "$@" : "no address, $?") . " $!\n";
          select undef, undef, undef, 0.01;
        }
        """;

    string Stop => Path.Combine(directory, "stop");

    public async Task StartAsync(string network, string host)
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "client.pl"), Program);
        await swarm.DockerAsync("run", "--detach", "--name", Name, "--network", network, "--volume", $"{directory}:/client", "--entrypoint", "perl", Needs.BaseImage, "/client/client.pl", host, "/client/stop");
        await WaitForAsync(1);
    }

    /// <summary>Until it has so many answers more.</summary>
    public async Task WaitForAsync(int answers)
    {
        var before = (await AnswersAsync()).Count;
        await Eventually.IsTrueAsync(
            async () => (await AnswersAsync()).Count >= before + answers, () => string.Create(CultureInfo.InvariantCulture, $"no answer after {before}"), TimeSpan.FromSeconds(0.5));
    }

    /// <summary>Lines <c>ok CODE EXPECTED ACTUAL</c> or <c>failed …</c>.</summary>
    public async Task<IReadOnlyList<string>> AnswersAsync()
    {
        var file = Path.Combine(directory, "answers");
        if (!File.Exists(file))
            return [];
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>All answers.</summary>
    public async Task<IReadOnlyList<string>> StopAsync()
    {
        await File.WriteAllTextAsync(Stop, "");
        await swarm.DockerAsync("wait", Name);
        return await AnswersAsync();
    }

    public async ValueTask DisposeAsync() => await Command.RunAsync("docker", ["rm", "--force", Name], environment: swarm.Environment);
}

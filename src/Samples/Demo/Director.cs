using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Stillframe.Rollouts;

namespace Demo;

/// <summary>What happens, in its order: a first release, users, refreshes by the clock, and after some of them a release of new code.</summary>
sealed class Director(DemoOptions options, Stage stage, Front front, Figures figures)
{
    readonly List<Replica> replicas = [];
    readonly Project project = new(options);
    readonly string key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    int started;

    /// <summary>Returns after the refreshes that were asked for; until then, or until it is cancelled, users are at work.</summary>
    public async Task RunAsync(Uri address, CancellationToken cancellationToken)
    {
        figures.Tell("Publishing the service and its frame");
        var version = 0;
        var pair = await project.PublishAsync(version, fromMaster: false, cancellationToken);
        figures.Tell("Starting the master");
        var master = await Master.StartAsync(stage, pair.Frame, await project.QueueAsync(cancellationToken), cancellationToken);
        await RollOutAsync(pair, master, cancellationToken);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var users = Enumerable.Range(1, options.Users).Select(number => new User(string.Create(CultureInfo.InvariantCulture, $"user {number}"), address, figures)).ToList();
        var working = Task.WhenAll(users.Select(user => Task.Run(() => user.RunAsync(leave.Token), CancellationToken.None)));
        figures.Tell($"{options.Users} users read and write; figures are at {address}demo, the service itself at {address}");
        try
        {
            for (var refresh = 1; options.Refreshes == 0 || refresh <= options.Refreshes; refresh++)
            {
                if (await Task.WhenAny(working, Task.Delay(options.RefreshEvery, cancellationToken)) == working)
                    await working; // says why
                cancellationToken.ThrowIfCancellationRequested();
                if (refresh % options.ReleaseAfter == 0)
                {
                    figures.Tell($"Releasing version 1.{++version}.0 of the code, with the data of the last dump");
                    pair = await project.PublishAsync(version, fromMaster: true, cancellationToken);
                    await RollOutAsync(pair, master, cancellationToken);
                }

                var clock = Stopwatch.StartNew();
                figures.Tell("Refreshing: dump of the master, frame, push");
                var next = await project.RefreshAsync(master, cancellationToken);
                figures.Tell(string.Create(CultureInfo.InvariantCulture, $"{(next == pair ? "No data has changed" : $"A frame of new data is in the registry, after {clock.Elapsed.TotalSeconds:0.0} s")}"));
                if (next != pair)
                    await RollOutAsync(pair = next, master, cancellationToken);
            }
        }
        finally
        {
            await leave.CancelAsync();
            await working.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            users.ForEach(user => user.Dispose());
        }
    }

    /// <summary>New replicas first, one after the other: each old one goes when it has answered what it was asked.</summary>
    async Task RollOutAsync(ImagePair pair, Master master, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__Frame"] = "Server=127.0.0.1;User ID=labels;Database=labels;Connection Timeout=5;Default Command Timeout=10",
            ["ConnectionStrings__Master"] = master.ForServices,
            ["Labels__Key"] = key,
        };
        for (var i = 0; i < options.Replicas; i++)
        {
            var fresh = await Replica.StartAsync(stage, string.Create(CultureInfo.InvariantCulture, $"replica-{++started}"), pair, settings, cancellationToken);
            front.Add(fresh.Name, fresh.Address);
            var old = replicas.Find(replica => replica.Pair != pair);
            replicas.Add(fresh);
            if (old is null)
                continue;
            await front.RemoveAsync(old.Name, cancellationToken);
            replicas.Remove(old);
            await old.DisposeAsync();
        }

        figures.Tell(string.Create(CultureInfo.InvariantCulture, $"{options.Replicas} replicas run service {pair.ServiceId} with frame {pair.FrameId}, after {clock.Elapsed.TotalSeconds:0.0} s"));
    }
}

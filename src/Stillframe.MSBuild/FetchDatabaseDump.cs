using Microsoft.Build.Framework;
using Stillframe.Backups;
using Stillframe.Registries;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace Stillframe.MSBuild;

/// <summary>Puts a directory of this machine in the place of each dump that is a backup in a registry, which is fetched where it is not here yet.</summary>
public sealed class FetchDatabaseDump : DatabaseTask
{
    /// <summary>The project's dumps, in their order.</summary>
    [Required]
    public ITaskItem[] Dumps { get; set; } = [];

    /// <summary>The same, all on this machine.</summary>
    [Output]
    public ITaskItem[] Fetched { get; private set; } = [];

    /// <summary>What was fetched, by digest: <c>HOST/REPOSITORY@sha256:…</c>.</summary>
    [Output]
    public string[] References { get; private set; } = [];

    protected override async Task ExecuteAsync(IReporter reporter, CancellationToken cancellationToken)
    {
        var references = new List<string>();
        var fetched = new List<ITaskItem>();
        foreach (var dump in Dumps)
        {
            if (!FetchedBackup.IsNamedBy(dump.ItemSpec))
            {
                fetched.Add(dump);
                continue;
            }

            var backup = await FetchedBackup.GetAsync(dump.ItemSpec, UserCache.Directory, new RegistryOptions(), reporter, cancellationToken, withRows: false);
            references.Add(backup.Reference.WithDigest(backup.Digest).ToString());
            fetched.Add(new TaskItem(backup.Directory));
        }

        (Fetched, References) = ([.. fetched], [.. references]);
    }
}

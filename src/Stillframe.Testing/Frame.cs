using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Stillframe.Testing;

/// <summary>
/// A running frame, for the tests of one process: who asks for the same one gets it, started already. It stays until the process ends, however that ends, since
/// test classes that come one after another would otherwise start it each for itself; nothing of it is left then.
/// </summary>
public sealed class Frame : IAsyncDisposable
{
    static readonly ConcurrentDictionary<(string Image, FrameOptions Options), Lazy<Task<RunningFrame>>> running = new();

    readonly RunningFrame frame;
    readonly FrameOptions options;

    Frame(RunningFrame frame, FrameOptions options) => (this.frame, this.options) = (frame, options);

    /// <summary>Names everything that a reader of the frame sees, 64 digits.</summary>
    public string DataVersion => frame.DataVersion;

    /// <summary>Of the frame as production has it: as its reader, and nothing can be written.</summary>
    /// <exception cref="InvalidOperationException">The reader's password is not known (<see cref="FrameOptions.Password"/>).</exception>
    public string ConnectionString => frame.Reader is { } reader
        ? ConnectionStrings.Of(reader, options.Database)
        : throw new InvalidOperationException("SF1102: The password of the frame's reader is not known here. Set DatabaseReaderPassword in the environment, or FrameOptions.Password; or write into a copy, ScratchAsync(), which needs none.");

    /// <summary>Starts the frame of the one project that these tests reference and that has one, with the data that it was built with.</summary>
    /// <exception cref="FrameException">It is not built, or can't be started.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // or its caller might be another one
    public static Task<Frame> StartAsync(FrameOptions? options = null, CancellationToken cancellationToken = default) =>
        OfProjectAsync(Assembly.GetCallingAssembly(), options ?? new(), cancellationToken);

    /// <param name="image">An image of the container engine, such as <c>shop-db:1.2</c>; or a reference with its registry, the directory of an image layout, a .tar archive.</param>
    /// <exception cref="FrameException">There is no such frame, or it can't be started.</exception>
    public static async Task<Frame> StartAsync(string image, FrameOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(image);
        options ??= new();
        options = options with
        {
            Engine = options.Engine ?? Setting("DatabaseEngine") ?? "auto",
            User = options.User ?? Setting("DatabaseReaderUser") ?? "reader",
            Password = options.Password ?? Setting("DatabaseReaderPassword"),
        };
        var key = (image, options with { Database = null, Project = null, Log = null });
        // no one's token ends what others wait for, too
        var start = running.GetOrAdd(key, _ => new(() => RunningFrame.StartAsync(image, options, CancellationToken.None)));
        try
        {
            return new(await start.Value.WaitAsync(cancellationToken), options);
        }
        catch (Exception e) when (start.Value.IsFaulted)
        {
            running.TryRemove(new(key, start)); // whoever asks next tries again
            if (e is StillframeException known)
                throw new FrameException(known);
            throw;
        }
    }

    /// <summary>Starts a copy that may be written to and that nobody else sees; any number of them run at a time.</summary>
    /// <exception cref="FrameException">Its server does not start.</exception>
    public async Task<ScratchFrame> ScratchAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return new(await frame.ScratchAsync(cancellationToken), options.Database);
        }
        catch (StillframeException e)
        {
            throw new FrameException(e);
        }
    }

    /// <summary>The frame goes on running for those that come after.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static async Task<Frame> OfProjectAsync(Assembly tests, FrameOptions options, CancellationToken cancellationToken)
    {
        ProjectFrame project;
        try
        {
            project = ProjectFrame.Of(tests, options.Project);
            await project.RequireAsync(cancellationToken);
        }
        catch (StillframeException e)
        {
            throw new FrameException(e);
        }

        return await StartAsync(
            project.Layout,
            options with
            {
                User = options.User ?? Setting("DatabaseReaderUser") ?? project.ReaderUser,
                Password = options.Password ?? Setting("DatabaseReaderPassword") ?? (project.HasEmptyPassword ? "" : null),
            },
            cancellationToken);
    }

    static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

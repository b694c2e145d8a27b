namespace Stillframe.Testing;

/// <summary>Of a <see cref="Frame"/>. Equal options mean the same running frame.</summary>
public sealed record FrameOptions
{
    /// <summary>
    /// <c>auto</c> (docker, podman, or without them the frame's own server on this machine), <c>docker</c>, <c>podman</c> or <c>embedded</c>; default: the environment variable <c>DatabaseEngine</c>, or <c>auto</c>.
    /// </summary>
    public string? Engine { get; init; }

    /// <summary>The frame's reader; default: the environment variable <c>DatabaseReaderUser</c>, what the project under test says, or <c>reader</c>.</summary>
    public string? User { get; init; }

    /// <summary>
    /// The reader's password; default: the environment variable <c>DatabaseReaderPassword</c>. Where nobody says it, there is no <see cref="Frame.ConnectionString"/>; scratch copies need none.
    /// </summary>
    public string? Password { get; init; }

    /// <summary>The database to connect to; default: the frame's one, of several the first by name.</summary>
    public string? Database { get; init; }

    /// <summary>File name without extension of the project whose frame is meant, where the tests reference several that have one.</summary>
    public string? Project { get; init; }

    /// <summary>Takes what there is to say while a frame is prepared, such as that it is unpacked; may be called from any thread.</summary>
    public Action<string>? Log { get; init; }
}

namespace Stillframe.Layers;

/// <summary>How a data directory is split into layers.</summary>
public sealed record DataLayerOptions
{
    public string ImagePath { get; init; } = "/var/lib/mysql";

    /// <summary>Where the server's socket and pid file go.</summary>
    public string RunPath { get; init; } = "/run/mysqld";

    /// <summary>A table of this many bytes has a layer of its own.</summary>
    public long BigTable { get; init; } = 16 * 1024 * 1024;

    /// <summary>Small tables share layers of about this many bytes.</summary>
    public long Group { get; init; } = 8 * 1024 * 1024;

    /// <summary>Docker takes 127 layers; the base image has some, and whoever builds on the frame wants some.</summary>
    public int MaxLayers { get; init; } = 80;

    /// <summary>
    /// Hides what the base image has at <see cref="ImagePath"/>: a distribution's server package makes a data directory there,
    /// and a server must not find half of it. OCI image specification, "Image Layer Filesystem Changeset", section "Opaque Whiteout".
    /// </summary>
    public bool HideBase { get; init; } = true;

    public int FileMode { get; init; } = Modes.Readable;

    public int DirectoryMode { get; init; } = Modes.Executable;

    /// <summary>The server runs as someone else and only reads.</summary>
    public int UserId { get; init; }

    public int GroupId { get; init; }
}

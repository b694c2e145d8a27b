using System.Data.Common;
using Stillframe.Client;

namespace Labels.Objects;

/// <summary>Which data a page was made from.</summary>
/// <param name="Frame">The frame: the one that was read, or, where it was the master, the one that lacks what the user wrote.</param>
/// <param name="IsOfMaster">The master was read.</param>
/// <param name="Own">What became of the user's last change.</param>
public sealed record DataShown(FrameImage Frame, bool IsOfMaster, OwnChange Own)
{
    /// <summary>Asks the connection that a page was read from.</summary>
    public static async Task<DataShown> OfAsync(DbConnection connection, FrameDataSource labels, CancellationToken cancellationToken)
    {
        var read = await FrameImage.ReadAsync(connection, cancellationToken); // nothing where it is the master
        var frame = read ?? await labels.ReadImageAsync(cancellationToken) ?? throw new InvalidOperationException("The connection string Frame leads to a database that is no frame.");
        return new(frame, IsOfMaster: read is null, OwnOf(labels, isOfMaster: read is null));
    }

    static OwnChange OwnOf(FrameDataSource labels, bool isOfMaster) =>
        ReadYourWrites.Current is not { } user || user.PositionOf(labels) is null ? OwnChange.None
        : user.IsStale ? OwnChange.Hidden
        : isOfMaster ? OwnChange.NotInFrame
        : OwnChange.InFrame;
}

/// <summary>What became of what a user wrote last.</summary>
public enum OwnChange
{
    /// <summary>They have written nothing.</summary>
    None,

    /// <summary>The frame has it.</summary>
    InFrame,

    /// <summary>The frame lacks it: this user reads from the master.</summary>
    NotInFrame,

    /// <summary>The frame lacks it, and the master is away: even this user does not see it.</summary>
    Hidden,
}

/// <summary>What was read, and from which data.</summary>
public sealed record Shown<T>(T Value, DataShown Data);

using System.Data.Common;

namespace Stillframe.Client;

/// <summary>The master can't be reached: nothing was written. Reads go on from the frame.</summary>
public sealed class MasterUnavailableException : DbException
{
    /// <summary>With a message of its own.</summary>
    public MasterUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The same may succeed later.</summary>
    public override bool IsTransient => true;
}

using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Stillframe.Client.Positions;

namespace Stillframe.Client;

/// <summary>
/// A place in a master's history: what a frame contains, or what a user has written. As text it goes into a cookie, a header or a message.
/// </summary>
/// <remarks>MariaDB manual, "Global Transaction ID"; MySQL manual, "GTID Format and Storage".</remarks>
public abstract class FramePosition : IEquatable<FramePosition>
{
    private protected FramePosition()
    {
    }

    /// <summary>Of a write to a master that does not number its transactions: no frame is known to contain it.</summary>
    public static FramePosition Unknown { get; } = new UnknownPosition();

    /// <summary>Reads what <see cref="ToString"/> writes, and what the servers themselves write.</summary>
    /// <param name="text">As <c>0-1-4711,1-2-3</c> (MariaDB), <c>3e11fa47-71ca-11e1-9e33-c80aa9429562:1-77,…</c> (MySQL), or <c>unknown</c>.</param>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static FramePosition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var position)
            ? position
            : throw new FormatException($"'{text}' is no position in a master's history. MariaDB's are written as 0-1-4711, MySQL's as 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-77.");
    }

    /// <inheritdoc cref="Parse"/>
    /// <returns>False where it is none of these.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out FramePosition? position)
    {
        position = text?.Trim() switch
        {
            null or "" => null,
            UnknownPosition.Text => Unknown,
            var gtids => MariaDbPosition.TryParse(gtids) ?? (FramePosition?)MySqlPosition.TryParse(gtids),
        };
        return position is not null;
    }

    /// <summary>
    /// The position of the last transaction that this session has committed, for a master of MariaDB; for one of MySQL, of all that was committed on the server until now. Ask after the commit.
    /// </summary>
    /// <returns>Null where this session has committed nothing; <see cref="Unknown"/> where the server does not number transactions (no binary log, or <c>gtid_mode</c> is not <c>ON</c>).</returns>
    /// <exception cref="DbException">As the provider throws it.</exception>
    public static Task<FramePosition?> OfLastWriteAsync(DbConnection master, CancellationToken cancellationToken = default) =>
        ServerPosition.OfSessionAsync(master, cancellationToken);

    /// <summary>
    /// Whether everything up to <paramref name="other"/> is in here. False wherever that is not certain: for a position of another domain or server, of another kind of server, and <see cref="Unknown"/>.
    /// </summary>
    public abstract bool Contains(FramePosition other);

    /// <summary>What contains both; <see cref="Unknown"/> for positions of different kinds.</summary>
    public abstract FramePosition With(FramePosition other);

    /// <summary>In the server's own notation, always written in the same way.</summary>
    public abstract override string ToString();

    /// <inheritdoc/>
    public bool Equals(FramePosition? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as FramePosition);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}

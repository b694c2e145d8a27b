
namespace Stillframe.Dumps;

/// <summary>Where a statement with rows stands, and what the dump's session is like there.</summary>
/// <param name="State">What rows depend on, for the fingerprint.</param>
/// <param name="HasOwnClock">The dump has set the time of day itself.</param>
internal readonly record struct RowContext(SourceLocation Location, LexicalModes Modes, string State, bool HasOwnClock, bool ChecksForeignKeys);

namespace Stillframe.Dumps;

/// <summary>Schemas that belong to the server or to the frame (SF1008).</summary>
internal static class ReservedSchemas
{
    /// <summary>Whose it is, as the end of a sentence; null where a dump may use it.</summary>
    public static string? Owner(string? schema) => schema?.ToUpperInvariant() switch
    {
        "MYSQL" or "SYS" or "PERFORMANCE_SCHEMA" or "INFORMATION_SCHEMA" => "the server",
        "STILLFRAME" => "the frame itself",
        _ => null,
    };
}

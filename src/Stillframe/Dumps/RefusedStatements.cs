namespace Stillframe.Dumps;

/// <summary>What to do with statements that do not belong in a frame (SF1006).</summary>
public enum RefusedStatements
{
    /// <summary>They are an error.</summary>
    Error,
    /// <summary>Leave them out, with a warning; of many, the first few.</summary>
    Skip,
}

namespace Stillframe.Benchmarks.Results;

/// <summary>One line of the table, before it is measured.</summary>
/// <param name="Against">What the same is compared with; null where the target is a number of its own.</param>
/// <param name="Unit">Of both quantities: <c>s</c>, <c>ms</c>, <c>µs</c>, <c>MB</c> (a million bytes) or <c>/s</c>.</param>
sealed record Line(string What, string? Against, string Unit, Target Target)
{
    public string Name => Against is null ? What : $"{What}, against {Against}";

    public Measurement Measured(double ours, double? theirs, string? note = null) => new(this, ours, theirs, note, null);

    /// <param name="reason">One clause.</param>
    public Measurement NotMeasured(string reason) => new(this, null, null, null, reason);
}

/// <summary>One line of the table.</summary>
/// <param name="WhyNot">Why there are no numbers; null where there are.</param>
sealed record Measurement(Line Line, double? Ours, double? Theirs, string? Note, string? WhyNot)
{
    public double? Value => Ours is { } ours && Line.Target.Value(ours, Theirs) is { } value && !double.IsNaN(value) ? value : null;

    /// <summary>How far the target is reached: 1 is just met, 2 twice as good.</summary>
    public double? Reached => Value is { } value ? Line.Target.Reached(value) : null;

    public bool? Met => Reached is { } reached ? reached >= 1 : null;

    /// <summary>As <c>9.31 ×</c>; "none" where ours needs nothing at all, so that no number of times says it.</summary>
    public string ValueText => Value switch
    {
        null => "–",
        { } value when double.IsInfinity(value) => "none",
        { } value => Line.Target.Format(value, Line.Unit),
    };

    public string Verdict => Met switch
    {
        true => "met",
        false => "not met",
        null => "not measured",
    };
}

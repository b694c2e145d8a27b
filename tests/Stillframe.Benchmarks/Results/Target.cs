using System.Globalization;

namespace Stillframe.Benchmarks.Results;

/// <summary>What a measurement has to reach, and how far it is from there.</summary>
abstract record Target(double Bound)
{
    /// <summary>The number that the bound is for; null where there is nothing to compare with.</summary>
    public abstract double? Value(double ours, double? theirs);

    /// <summary>1 at the bound, more where it is better than asked for.</summary>
    public abstract double Reached(double value);

    public abstract string Describe(string unit);

    public abstract string Format(double value, string unit);

    static string Times(double value) => value.ToString(value >= 100 ? "N0" : value >= 10 ? "N1" : "N2", CultureInfo.InvariantCulture) + " ×";

    /// <summary>Ours takes so many times less.</summary>
    public sealed record TimesLess(double Bound) : Target(Bound)
    {
        public override double? Value(double ours, double? theirs) => theirs / ours;

        public override double Reached(double value) => value / Bound;

        public override string Describe(string unit) => $"≥ {Bound.ToString(CultureInfo.InvariantCulture)} × faster";

        public override string Format(double value, string unit) => Times(value);
    }

    /// <summary>Ours does so many times more.</summary>
    public sealed record TimesMore(double Bound) : Target(Bound)
    {
        public override double? Value(double ours, double? theirs) => ours / theirs;

        public override double Reached(double value) => value / Bound;

        public override string Describe(string unit) => string.Create(CultureInfo.InvariantCulture, $"≥ {Bound:0.0} × as many");

        public override string Format(double value, string unit) => Times(value);
    }

    /// <summary>Ours takes at most this part of theirs.</summary>
    public sealed record Share(double Bound) : Target(Bound)
    {
        public override double? Value(double ours, double? theirs) => ours / theirs;

        public override double Reached(double value) => Bound / value;

        public override string Describe(string unit) => $"≤ {Bound.ToString(CultureInfo.InvariantCulture)} ×";

        public override string Format(double value, string unit) => Times(value);
    }

    /// <summary>Ours and theirs differ by at most this part.</summary>
    public sealed record Within(double Bound) : Target(Bound)
    {
        public override double? Value(double ours, double? theirs) => ours / theirs - 1;

        public override double Reached(double value) => Bound / Math.Abs(value);

        public override string Describe(string unit) => string.Create(CultureInfo.InvariantCulture, $"within {Bound * 100:0} %");

        public override string Format(double value, string unit) => (value * 100).ToString("+0;-0;0", CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>Ours is under a bound that is what it is.</summary>
    public sealed record Under(double Bound) : Target(Bound)
    {
        public override double? Value(double ours, double? theirs) => ours;

        public override double Reached(double value) => Bound / value;

        public override string Describe(string unit) => $"< {Quantity.Format(Bound, unit)}";

        public override string Format(double value, string unit) => Quantity.Format(value, unit);
    }

    /// <summary>Ours is at most what theirs allows: <c>Bound × theirs + Extra</c>.</summary>
    public sealed record Allowance(double Bound, double Extra) : Target(Bound)
    {
        public override double? Value(double ours, double? theirs) => ours / (Bound * theirs + Extra);

        public override double Reached(double value) => 1 / value;

        public override string Describe(string unit) => $"≤ {Bound.ToString(CultureInfo.InvariantCulture)} × + {Quantity.Format(Extra, unit)}";

        public override string Format(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0} % of that");
    }
}

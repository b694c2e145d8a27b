namespace Stillframe.Layers;

/// <summary>What goes into one layer.</summary>
/// <param name="Name">For messages and the image's history, such as <c>table shop.orders</c>.</param>
/// <param name="Entries">In any order; directories above them need not be there.</param>
sealed record LayerPlan(string Name, IReadOnlyList<LayerEntry> Entries);

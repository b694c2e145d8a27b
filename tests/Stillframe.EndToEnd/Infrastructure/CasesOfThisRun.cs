namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>Of the cases of a theory, one of so many in each run, as <see cref="Soaking.IsOfThisRun"/> says; all in Soak.</summary>
static class CasesOfThisRun
{
    public static TheoryData<T1, T2> Of<T1, T2>(IReadOnlyList<(T1, T2)> all, int ofSoMany)
    {
        var data = new TheoryData<T1, T2>();
        foreach (var (one, two) in Soaking.OfThisRun(all, ofSoMany))
            data.Add(one, two);
        return data;
    }

    /// <inheritdoc cref="Of{T1, T2}"/>
    public static TheoryData<T1, T2, T3> Of<T1, T2, T3>(IReadOnlyList<(T1, T2, T3)> all, int ofSoMany)
    {
        var data = new TheoryData<T1, T2, T3>();
        foreach (var (one, two, three) in Soaking.OfThisRun(all, ofSoMany))
            data.Add(one, two, three);
        return data;
    }
}

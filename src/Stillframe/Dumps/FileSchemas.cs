namespace Stillframe.Dumps;

/// <summary>Which schema the statements of one file are for that name none.</summary>
/// <param name="inherited">The schema that an earlier file named last; null where there is none.</param>
/// <param name="given">The user's choice; null where there is none.</param>
internal sealed class FileSchemas(string file, string? inherited, string? given)
{
    /// <summary>The last that a <c>USE</c> of this file named; null while there is none.</summary>
    public string? Current { get; private set; }

    /// <summary><see cref="Current"/>, or an earlier file's.</summary>
    public string? Last => Current ?? inherited;

    /// <summary>The schema taken where not even a <c>USE</c> names one; null while that has not happened.</summary>
    public string? Default { get; private set; }

    /// <summary><see cref="Default"/> comes from the file's name and nothing better.</summary>
    public bool IsNamedByFile { get; private set; }

    public void Use(string? schema) => Current = schema ?? Current;

    /// <param name="ofHeader">The schema that a tool's header names.</param>
    public string UseDefault(string? ofHeader) => Default ??= Find(ofHeader);

    string Find(string? ofHeader)
    {
        if ((given ?? ofHeader ?? inherited) is { Length: > 0 } named)
            return named;
        IsNamedByFile = true;
        var name = Path.GetFileName(file);
        name = Path.GetExtension(name).Equals(".gz", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(name) : name;
        return Path.GetFileNameWithoutExtension(name) is { Length: > 0 } stem ? stem : name;
    }
}

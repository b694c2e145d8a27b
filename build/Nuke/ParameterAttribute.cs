namespace Nuke.Common;

/// <summary>A field that is set from <c>--name value</c>, from the environment variable of its name or from a file of parameters.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ParameterAttribute(string? description = null) : Attribute
{
    public string? Description { get; } = description;

    /// <summary>The name on the command line, where it isn't the field's.</summary>
    public string? Name { get; set; }
}

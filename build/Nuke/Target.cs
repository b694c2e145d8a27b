using System.Linq.Expressions;

namespace Nuke.Common;

/// <summary>A target: a property <c>Target Name => _ => _.DependsOn(…).Executes(…)</c>.</summary>
public delegate ITargetDefinition Target(ITargetDefinition definition);

public interface ITargetDefinition
{
    ITargetDefinition Description(string description);

    ITargetDefinition DependsOn(params Target[] targets);

    /// <summary>Runs before these where both are planned.</summary>
    ITargetDefinition Before(params Target[] targets);

    /// <summary>A parameter without which nothing is started.</summary>
    ITargetDefinition Requires<T>(Expression<Func<T>> parameterRequirement, params Expression<Func<T>>[] parameterRequirements)
        where T : class?;

    ITargetDefinition Executes(params Action[] actions);

    ITargetDefinition Executes(Func<Task> action);
}

using System.Diagnostics;
using System.Linq.Expressions;
using System.Reflection;

namespace Nuke.Common.Execution;

enum ExecutionStatus
{
    Scheduled,
    Skipped,
    Succeeded,
    Failed,
    Aborted,
    NotRun,
}

/// <summary>A target as its property defines it, and what became of it.</summary>
sealed class ExecutableTarget : ITargetDefinition
{
    ExecutableTarget(PropertyInfo property) => Name = property.Name;

    public string Name { get; }

    public string? Text { get; private set; }

    public List<ExecutableTarget> Dependencies { get; } = [];

    /// <summary>Targets that run earlier, but only where they are planned anyway.</summary>
    public List<ExecutableTarget> OrderDependencies { get; } = [];

    public List<(string Parameter, Func<object?> Value)> Requirements { get; } = [];

    public List<Func<Task>> Actions { get; } = [];

    public ExecutionStatus Status { get; set; }

    public Stopwatch Duration { get; } = new();

    /// <summary>What the summary shows beside it.</summary>
    public IReadOnlyDictionary<string, string> Summary { get; set; } = new Dictionary<string, string>();

    Dictionary<MethodInfo, ExecutableTarget> All { get; set; } = [];

    /// <summary>The targets of a build, in the order of its source.</summary>
    public static IReadOnlyList<ExecutableTarget> Of(NukeBuild build)
    {
        const BindingFlags members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var definitions = build.GetType().GetProperties(members)
            .Where(property => property.PropertyType == typeof(Target))
            .OrderBy(property => property.MetadataToken)
            .Select(property => (Target: new ExecutableTarget(property), Factory: (Target)property.GetValue(build)!))
            .ToList();

        // a property gives a new delegate each time it is read, but always of the same method
        var all = definitions.ToDictionary(definition => definition.Factory.Method, definition => definition.Target);
        foreach (var (target, factory) in definitions)
        {
            target.All = all;
            factory(target);
        }

        return [.. definitions.Select(definition => definition.Target)];
    }

    public ITargetDefinition Description(string description) => With(() => Text = description);

    public ITargetDefinition DependsOn(params Target[] targets) => With(() => Dependencies.AddRange(Resolve(targets)));

    public ITargetDefinition Before(params Target[] targets) => With(() =>
    {
        foreach (var target in Resolve(targets))
            target.OrderDependencies.Add(this);
    });

    public ITargetDefinition Requires<T>(Expression<Func<T>> parameterRequirement, params Expression<Func<T>>[] parameterRequirements)
        where T : class? => With(() =>
    {
        foreach (var requirement in parameterRequirements.Prepend(parameterRequirement))
        {
            var value = requirement.Compile();
            Requirements.Add((((MemberExpression)requirement.Body).Member.Name, () => value()));
        }
    });

    public ITargetDefinition Executes(params Action[] actions) => With(() => Actions.AddRange(actions.Select(action => (Func<Task>)(() =>
    {
        action();
        return Task.CompletedTask;
    }))));

    public ITargetDefinition Executes(Func<Task> action) => With(() => Actions.Add(action));

    IEnumerable<ExecutableTarget> Resolve(Target[] targets) => targets.Select(target => All[target.Method]);

    ExecutableTarget With(Action change)
    {
        change();
        return this;
    }
}

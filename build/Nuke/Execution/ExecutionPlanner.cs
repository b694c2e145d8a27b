namespace Nuke.Common.Execution;

static class ExecutionPlanner
{
    /// <summary>The invoked targets and all they depend on, each once, dependencies first, otherwise in the order of the source.</summary>
    /// <exception cref="UsageException">Targets depend on each other in a circle.</exception>
    public static IReadOnlyList<ExecutableTarget> Plan(IReadOnlyList<ExecutableTarget> all, IReadOnlyList<ExecutableTarget> invoked)
    {
        var wanted = new HashSet<ExecutableTarget>();
        var waiting = new Stack<ExecutableTarget>(invoked);
        while (waiting.TryPop(out var target))
        {
            if (wanted.Add(target))
                target.Dependencies.ForEach(waiting.Push);
        }

        var plan = new List<ExecutableTarget>();
        var path = new List<ExecutableTarget>();
        void Visit(ExecutableTarget target)
        {
            if (plan.Contains(target))
                return;
            if (path.Contains(target))
                throw new UsageException($"Targets depend on each other in a circle: {string.Join(" → ", path.Append(target).Select(t => t.Name))}.");
            path.Add(target);
            foreach (var earlier in target.Dependencies.Concat(target.OrderDependencies).Where(wanted.Contains))
                Visit(earlier);
            path.Remove(target);
            plan.Add(target);
        }

        foreach (var target in all.Where(wanted.Contains))
            Visit(target);
        return plan;
    }
}

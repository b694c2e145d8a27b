using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Nuke.Common.Execution;

/// <summary>What <c>build.sh</c> was called with.</summary>
/// <param name="Targets">In the order given; empty for the default.</param>
/// <param name="Skipped">Null for none; empty for every target that wasn't named.</param>
sealed partial record CommandLine(IReadOnlyList<string> Targets, IReadOnlyList<string>? Skipped, bool Help, bool Plan)
{
    const string Profile = "profile";

    static readonly string[] Switches = ["help", "plan", "no-logo", "nologo"];

    /// <summary>Reads the arguments and sets the build's parameters, first from <see cref="ParameterSources"/>, then from them.</summary>
    /// <param name="directory">With the files of parameters; null for <c>.nuke</c>.</param>
    /// <exception cref="UsageException">A parameter that doesn't exist, or has no value.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments, NukeBuild build, string? directory = null)
    {
        var parameters = Parameters(build);
        var sources = new ParameterSources(directory ?? NukeBuild.RootDirectory / ".nuke", Profiles(arguments));
        foreach (var (_, field, _) in parameters)
        {
            if (sources.Find(field.Name) is { } value)
                Set(build, field, value);
        }

        List<string> targets = [];
        List<string>? skipped = null;
        var switches = new HashSet<string>();
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            if (!argument.StartsWith('-'))
            {
                targets.AddRange(Split(argument));
                continue;
            }

            var name = Kebab(argument.TrimStart('-'));
            var values = arguments.Skip(index + 1).TakeWhile(next => !next.StartsWith('-')).ToList();
            if (Switches.Contains(name))
                switches.Add(name);
            else if (name is "target" or "skip" or Profile)
            {
                if (name != Profile)
                    (name == "target" ? targets : skipped ??= []).AddRange(values.SelectMany(Split));
                index += values.Count;
            }
            else if (parameters.FirstOrDefault(parameter => parameter.Name == name) is { Field: { } field })
            {
                if (field.FieldType == typeof(bool))
                    field.SetValue(build, true);
                else if (values.Count == 0)
                    throw new UsageException($"The parameter '--{name}' needs a value.");
                else
                    Set(build, field, arguments[++index]);
            }
            else
                throw new UsageException($"There is no parameter '{argument}'. './build.sh --help' lists them.");
        }

        return new(targets, skipped, switches.Contains("help"), switches.Contains("plan"));
    }

    /// <summary>The build's parameters, with their names as the command line has them.</summary>
    public static IReadOnlyList<(string Name, FieldInfo Field, string? Description)> Parameters(NukeBuild build) =>
        [.. build.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(field => (Field: field, Attribute: field.GetCustomAttribute<ParameterAttribute>()))
            .Where(member => member.Attribute is not null)
            .Select(member => (Kebab(member.Attribute!.Name ?? member.Field.Name), member.Field, member.Attribute.Description))];

    /// <summary><c>DatabaseBaseImage</c> becomes <c>database-base-image</c>.</summary>
    public static string Kebab(string name) => Hump().Replace(name, "-").ToLowerInvariant();

    /// <summary>Read before all else, since values of their files are the weakest.</summary>
    static List<string> Profiles(IReadOnlyList<string> arguments) =>
        [.. arguments.SkipWhile(argument => !(argument.StartsWith('-') && Kebab(argument.TrimStart('-')) == Profile)).Skip(1).TakeWhile(value => !value.StartsWith('-')).SelectMany(Split)];

    static string[] Split(string names) => names.Split('+', StringSplitOptions.RemoveEmptyEntries);

    static void Set(NukeBuild build, FieldInfo field, string value)
    {
        try
        {
            var type = Nullable.GetUnderlyingType(field.FieldType) ?? field.FieldType;
            field.SetValue(build, Convert.ChangeType(value, type, CultureInfo.InvariantCulture));
        }
        catch (FormatException)
        {
            throw new UsageException($"'{value}' is no value for the parameter '--{Kebab(field.Name)}'.");
        }
    }

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Hump();
}

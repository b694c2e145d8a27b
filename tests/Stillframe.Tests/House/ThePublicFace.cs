using System.Reflection;
using System.Runtime.CompilerServices;
using Stillframe.Client;
using Stillframe.Client.AspNetCore;
using Stillframe.Testing;

namespace Stillframe.Tests.House;

/// <summary>What others may call is in <c>public-api.txt</c>, so that a review sees when it becomes more or less.</summary>
public class ThePublicFace
{
    const string File = "tests/Stillframe.Tests/House/public-api.txt";

    const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Every record has them.</summary>
    static readonly string[] OfRecords = ["<Clone>$", "Equals", "GetHashCode", "ToString", "PrintMembers", "Deconstruct", "op_Equality", "op_Inequality", "get_EqualityContract"];

    [Fact]
    public void Is_as_it_was_agreed()
    {
        var agreed = System.IO.File.ReadAllText(Repository.PathOf(File));
        var actual = string.Concat(new[] { typeof(FrameBuilder), typeof(FrameDataSource), typeof(ReadYourWritesOptions), typeof(Frame) }.SelectMany(type => type.Assembly.GetExportedTypes()).OrderBy(type => type.FullName, StringComparer.Ordinal).Select(Describe));
        if (actual != agreed)
        {
            var (before, now) = (agreed.Split('\n'), actual.Split('\n'));
            Assert.Fail($"The public face is not as {File} has it.\n{string.Join('\n', now.Except(before).Select(line => $"new: {line}").Concat(before.Except(now).Select(line => $"gone: {line}")))}\nAll of it, to be written there where that was meant:\n\n{actual}");
        }
    }

    static string Describe(Type type) => $"{type.FullName}\n{string.Concat(type.GetMembers(Declared).Select(Describe).OfType<string>().Order(StringComparer.Ordinal).Select(line => $"    {line}\n"))}";

    static string? Describe(MemberInfo member) => member switch
    {
        MethodBase { IsPublic: false, IsFamily: false, IsFamilyOrAssembly: false } => null,
        MethodBase method when OfRecords.Contains(method.Name) || method.IsDefined(typeof(CompilerGeneratedAttribute)) || method.Name.StartsWith("set_", StringComparison.Ordinal) && IsInit(method) => null,
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{method.Name}({Parameters(method)}): {Name(method.ReturnType)}",
        FieldInfo { IsPublic: true } field when !field.IsSpecialName => field.Name,
        PropertyInfo property when (property.GetMethod ?? property.SetMethod) is { IsPublic: true } && !OfRecords.Contains(property.Name) => $"{property.Name}: {Name(property.PropertyType)}",
        _ => null,
    };

    static bool IsInit(MethodBase method) => ((MethodInfo)method).ReturnParameter.GetRequiredCustomModifiers().Length > 0;

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    static string Name(Type type) => type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
}

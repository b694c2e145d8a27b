using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Stillframe.Connections;

namespace Stillframe.Tests.Connections;

public sealed partial class RecordsWithASecret
{
    static readonly List<Type> Found = [.. typeof(StillframeException).Assembly.GetTypes().Where(type => IsRecord(type) && Secrets(type).Any())];

    public static TheoryData<Type> All => [.. Found];

    [Fact]
    public void Are_found() => Assert.Contains(typeof(ServerCredentials), Found);

    [Theory]
    [MemberData(nameof(All))]
    public void Do_not_print_it(Type type)
    {
        var record = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var field in Secrets(type))
            field.SetValue(record, "hunter2");

        Assert.DoesNotContain("hunter2", record.ToString(), StringComparison.Ordinal);
    }

    static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    static IEnumerable<FieldInfo> Secrets(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Where(field => field.FieldType == typeof(string) && Secret().IsMatch(field.Name));

    [GeneratedRegex("password|secret|token|auth>", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}

using System.CommandLine;
using Stillframe.Loading;

namespace Stillframe.Tool.Commands;

/// <summary>The account that may read the frame: from options, or from the environment under the names that a build has for them.</summary>
sealed class ReaderOptions
{
    const string UserVariable = "DatabaseReaderUser", PasswordVariable = "DatabaseReaderPassword";

    public Option<string?> User { get; } = new("--user") { Description = $"Name of the frame's account; default: environment variable {UserVariable}, then 'reader'", HelpName = "NAME" };

    public Option<string?> Password { get; } = new("--password")
    {
        Description = $"Its password; default: environment variable {PasswordVariable}, where other users of this machine can't see it, then none",
        HelpName = "PASSWORD",
    };

    public ReaderAccount Read(ParseResult result) => new(
        result.GetValue(User) ?? Variable(UserVariable) ?? "reader",
        result.GetValue(Password) ?? Variable(PasswordVariable) ?? "",
        AllowEmptyPassword: true);

    static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

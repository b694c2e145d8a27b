using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Stillframe.Processes;

namespace Stillframe.Registries;

/// <summary>Programs that keep credentials. docker-credential-helpers, README, section "Development".</summary>
static class CredentialHelper
{
    sealed record AnswerJson(string? Username, string? Secret)
    {
        public override string ToString() => $"credentials of '{Username}'";
    }

    /// <returns>Null where the helper has none for this server.</returns>
    /// <exception cref="StillframeException">SF3003: the helper does not work.</exception>
    public static async Task<Credentials?> GetAsync(string name, string server, CancellationToken cancellationToken)
    {
        var program = "docker-credential-" + name;
        ProcessResult result;
        try
        {
            result = await ChildProcess.RunAsync(
                program,
                ["get"],
                new() { Input = async (stream, token) => await stream.WriteAsync(Encoding.UTF8.GetBytes(server + "\n"), token) },
                cancellationToken);
        }
        catch (Win32Exception e)
        {
            throw Broken(program, server, "it can't be started (" + e.Message + ")");
        }

        if (result.ExitCode != 0)
        {
            return result.AllOutput.Contains("not found", StringComparison.OrdinalIgnoreCase)
                ? null
                : throw Broken(program, server, result.AllOutput);
        }

        try
        {
            var answer = JsonSerializer.Deserialize<AnswerJson>(result.Output, JsonSerializerOptions.Web);
            return answer is { Secret.Length: > 0 } ? new(answer.Username ?? "", answer.Secret, program) : null;
        }
        catch (JsonException)
        {
            throw Broken(program, server, "its answer is no JSON");
        }
    }

    static StillframeException Broken(string program, string server, string why) =>
        new(ErrorCodes.RegistryDenied, $"The credential helper '{program}' gave nothing for '{server}': {why}. Install or repair it, or take it out of Docker's config.json.");
}

using System.Text.Json;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Oci;

namespace Stillframe.EndToEnd.Package;

/// <summary>What a registry has, as <c>skopeo inspect</c> tells it.</summary>
sealed record Registered(string Digest, IReadOnlyList<string> RepoTags, IReadOnlyDictionary<string, string> Labels)
{
    public static async Task<Registered> InspectAsync(string host, string name, string architecture = "amd64") =>
        JsonSerializer.Deserialize<Registered>(await Command.SucceedAsync(
            "skopeo", ["inspect", "--tls-verify=false", "--override-os", "linux", "--override-arch", architecture, $"docker://{host}/{name}"]))!;
}

using Stillframe.Processes;

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>Podman with settings for the inside of a container, and the base image of container tests.</summary>
static class PodmanForTests
{
    const string Name = "localhost/stillframe-test:nothing";

    // a program with the libraries it needs
    const string Image = "tar -chf - -C / bin/true $(ldd /bin/true | grep -o '/[^ ]*' | cut -c 2-)";

    static readonly Lazy<string?> image = new(() => Load(Needs.BaseImage));

    /// <summary>Null where podman runs containers, by its own runtime or by <c>runc</c>; asked by running one, of an image made here.</summary>
    public static string? WhyNot()
    {
        Configure();
        var reason = "";
        foreach (var runtime in new[] { "", "--runtime runc" })
        {
            var result = Shell($"{Image} | podman import --quiet - {Name} >/dev/null && podman {runtime} run --rm --publish 127.0.0.1::3306 {Name} /bin/true; code=$?; podman rmi --force {Name} >/dev/null 2>&1; exit $code");
            if (result.ExitCode == 0)
                return null;
            reason = reason.Length == 0 ? result.AllOutput : reason;
        }

        return $"podman can't run a container: {reason}";
    }

    /// <summary>The tests' base image in podman; null where it can't be brought there.</summary>
    public static string? BaseImage => image.Value;

    /// <summary>An image of docker's; null where it can't be brought to podman.</summary>
    public static string? Load(string image)
    {
        Configure();
        var name = "localhost/" + image;
        return Shell($"podman image exists {name} || docker save {image} | podman load").ExitCode == 0 ? name : null;
    }

    /// <summary>It asks for more open files than a container may have whose own limit is lower.</summary>
    static void Configure()
    {
        var configuration = Path.Combine(AppContext.BaseDirectory, "containers.conf");
        if (Environment.GetEnvironmentVariable("CONTAINERS_CONF") == configuration)
            return;
        File.WriteAllText(configuration, "[containers]\ndefault_ulimits = [\"nofile=4096:4096\", \"nproc=4096:4096\"]\n");
        Environment.SetEnvironmentVariable("CONTAINERS_CONF", configuration);
    }

    static ProcessResult Shell(string script) => ChildProcess.RunAsync("/bin/sh", ["-c", script]).GetAwaiter().GetResult();
}

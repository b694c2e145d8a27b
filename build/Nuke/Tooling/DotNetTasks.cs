using System.Diagnostics;
using Nuke.Common.Execution;
using Nuke.Common.Tooling;

namespace Nuke.Common.Tooling
{
    public enum OutputType
    {
        Std,
        Err,
    }

    /// <summary>A line that a program wrote.</summary>
    public readonly record struct Output(OutputType Type, string Text);
}

namespace Nuke.Common.Tools.DotNet
{
    public static class DotNetTasks
    {
        /// <summary>Runs <c>dotnet</c> to its end, its output going to the console; fails where its exit code isn't 0.</summary>
        /// <param name="environmentVariables">All variables that it gets; null for this process's own.</param>
        public static IReadOnlyCollection<Output> DotNet(
            ArgumentStringHandler arguments,
            string? workingDirectory = null,
            IReadOnlyDictionary<string, string>? environmentVariables = null)
        {
            var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
            {
                Arguments = arguments.ToStringAndClear(),
                WorkingDirectory = workingDirectory ?? NukeBuild.RootDirectory,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            if (environmentVariables is not null)
            {
                start.Environment.Clear();
                foreach (var (name, value) in environmentVariables)
                    start.Environment[name] = value;
            }

            var line = arguments.GetFilter()($"dotnet {start.Arguments}");
            Console.WriteLine($"> {line}");
            var output = new List<Output>();
            using var process = new Process { StartInfo = start };
            void Take(OutputType type, string? text)
            {
                if (text is null)
                    return;
                lock (output)
                {
                    output.Add(new(type, text));
                    (type is OutputType.Std ? Console.Out : Console.Error).WriteLine(text);
                }
            }

            process.OutputDataReceived += (_, e) => Take(OutputType.Std, e.Data);
            process.ErrorDataReceived += (_, e) => Take(OutputType.Err, e.Data);
            process.Start();
            using var interruptible = Interruption.Forward(process);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.WaitForExit();
            Interruption.ThrowIfRequested();
            if (process.ExitCode != 0)
                Assert.Fail($"'{line}' ended with exit code {process.ExitCode}.");
            return output;
        }
    }
}

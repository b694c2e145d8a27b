using System.Buffers.Binary;
using System.Formats.Tar;
using Stillframe.Oci;

namespace Stillframe.Engines;

/// <summary>
/// Runs a container to see whether an engine can: one that answers may still have a runtime that refuses this host (<c>crun</c> does where
/// control groups are in hybrid mode). The image is one program of a few instructions, so nothing has to be pulled.
/// </summary>
static class ContainerTrial
{
    const string Program = "/nothing";
    const ulong Address = 0x400000;
    const int HeaderBytes = 64 + 56;

    /// <summary>The engine's own runtime first.</summary>
    static readonly string[][] Runtimes = [[], ["--runtime", "runc"]];

    // mov edi, 0; mov eax, 60; syscall
    static readonly byte[] ExitOnX64 = [0xbf, 0, 0, 0, 0, 0xb8, 60, 0, 0, 0, 0x0f, 0x05];

    // mov x0, 0; mov x8, 93; svc 0
    static readonly byte[] ExitOnArm64 = [0x00, 0x00, 0x80, 0xd2, 0xa8, 0x0b, 0x80, 0xd2, 0x01, 0x00, 0x00, 0xd4];

    /// <param name="platform">Of the program; null for this machine's.</param>
    /// <returns>What has to come before <c>run</c>; null where no runtime works, with the message of the first.</returns>
    public static async Task<(IReadOnlyList<string>? Options, string Message)> RunAsync(ContainerCommand command, CancellationToken cancellationToken, Platform? platform = null)
    {
        if (Exit(platform ?? Platform.Current) is not { } program)
            return (null, $"nothing is known of programs for {platform}");
        var imported = await command.RunAsync(["import", "--quiet", "-"], cancellationToken, new() { Input = (stream, token) => stream.WriteAsync(Image(program), token).AsTask() });
        if (imported.ExitCode != 0)
            return (null, imported.AllOutput);
        var image = imported.Output.Trim();
        try
        {
            var message = "";
            foreach (var runtime in Runtimes)
            {
                // published ports are what a builder's container needs, too
                var result = await command.RunAsync(
                    [.. runtime, "run", "--rm", "--publish", $"127.0.0.1::{ContainerPorts.Server}", image, Program], cancellationToken);
                if (result.ExitCode == 0)
                    return (runtime, "");
                message = message.Length == 0 ? result.AllOutput : message;
            }

            return (null, message);
        }
        finally
        {
            await command.RunAsync(["rmi", "--force", image], CancellationToken.None);
        }
    }

    static byte[]? Exit(Platform platform) => platform.Architecture switch
    {
        "amd64" => Elf(62, ExitOnX64),
        "arm64" => Elf(183, ExitOnArm64),
        _ => null,
    };

    static byte[] Image(byte[] program)
    {
        var image = new MemoryStream();
        using (var tar = new TarWriter(image, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, Program[1..])
            {
                Mode = (UnixFileMode)0b111_101_101,
                DataStream = new MemoryStream(program),
            });
        }

        return image.ToArray();
    }

    /// <summary>A program that is nothing but its code (elf(5)).</summary>
    static byte[] Elf(ushort machine, byte[] code)
    {
        var file = new byte[HeaderBytes + code.Length];
        byte[] identity = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        identity.CopyTo(file, 0);
        void Write16(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);
        void Write64(int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(at), value);
        Write16(16, 2); // executable
        Write16(18, machine);
        Write16(20, 1);
        Write64(24, Address + HeaderBytes); // entry
        Write64(32, 64); // program headers
        Write16(52, 64);
        Write16(54, 56);
        Write16(56, 1);
        Write16(64, 1); // to be loaded
        Write16(68, 5); // to be read and executed
        Write64(80, Address);
        Write64(88, Address);
        Write64(96, (ulong)file.Length);
        Write64(104, (ulong)file.Length);
        Write64(112, 0x1000);
        code.CopyTo(file, HeaderBytes);
        return file;
    }
}

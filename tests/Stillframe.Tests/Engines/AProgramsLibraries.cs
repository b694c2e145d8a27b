using Stillframe.Engines;

namespace Stillframe.Tests.Engines;

public class AProgramsLibraries
{
    [Fact]
    public void Are_those_the_loader_lists_without_the_kernels_and_itself()
    {
        var libraries = SharedLibraries.Parse(
            "\tlinux-vdso.so.1 (0x00007f065196f000)\n" +
            "\tlibaio.so.1 => /lib/x86_64-linux-gnu/libaio.so.1 (0x00007f065187c000)\n" +
            "\t/lib64/ld-linux-x86-64.so.2 => /some where/lib64/ld-linux-x86-64.so.2 (0x00007ffb19833000)\n" +
            "\tlibc.so.6 => /some where/lib/libc.so.6 (0x00007f064ec1e000)\n" +
            "\t/lib64/ld-linux-x86-64.so.2 (0x00007f0651971000)\n");

        Assert.Equal([new("libaio.so.1", "/lib/x86_64-linux-gnu/libaio.so.1"), new("libc.so.6", "/some where/lib/libc.so.6")], libraries);
    }

    [Fact]
    public async Task Are_the_same_where_its_files_are_read_in_place_of_asking_the_loader()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var program = Environment.ProcessPath!;
        var listed = await SharedLibraries.ListAsync(program, null, default);
        var directories = listed.Select(library => Path.GetDirectoryName(library.Path)!).Distinct();

        var read = ElfLibraries.List(program, new("/", ElfFile.ReadInterpreter(program)!, string.Join(':', directories)));

        Assert.Equal(listed.OrderBy(library => library.Name, StringComparer.Ordinal), read.OrderBy(library => library.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void That_are_in_no_package_are_named()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var error = Assert.Throws<StillframeException>(() => ElfLibraries.List(Environment.ProcessPath!, new("/", "", "/nowhere")));

        Assert.Equal(ErrorCodes.EngineUnavailable, error.Code);
        Assert.Contains(".so.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.11.19-MariaDB-0+deb12u1", "10.11.19-0+deb12u1")]
    [InlineData("11.8.3-MariaDB-0+deb13u1 from Debian", "11.8.3-0+deb13u1")]
    [InlineData("10.11.13-MariaDB-0ubuntu0.24.04.1", "10.11.13-0ubuntu0.24.04.1")]
    [InlineData("11.8.3-MariaDB-ubu2404", null)]
    [InlineData("11.8.3-MariaDB", null)]
    public void For_another_processor_are_of_the_package_of_its_release(string release, string? version) => Assert.Equal(version, ForeignServer.PackageVersion(release));

    [Fact]
    public void Belong_to_the_packages_that_dpkg_names() =>
        Assert.Equal(
            ["libc6:amd64", "mariadb-server-core"],
            PackageRecords.Owners(
                "diversion by dash from: /bin/sh\n" +
                "mariadb-server-core: /usr/sbin/mariadbd\n" +
                "libc6:amd64, libc6:i386: /lib/x86_64-linux-gnu/libc.so.6\n" +
                "mariadb-server-core: /usr/share/mysql/english/errmsg.sys\n"));

    [Fact]
    public void Are_loaded_by_the_loader_it_names()
    {
        var program = new byte[64 + 56 + 8];
        "\u007fELF\u0002\u0001"u8.CopyTo(program);
        program[32] = 64; // program headers follow the header
        program[56] = 1; // there is one
        program[64] = 3; // PT_INTERP
        program[64 + 8] = 64 + 56; // its text is here
        program[64 + 32] = 7;
        "/ld.so\0"u8.CopyTo(program.AsSpan(64 + 56));

        Assert.Equal("/ld.so", ElfFile.ReadInterpreter(new MemoryStream(program)));
    }

    [Theory]
    [InlineData("#!/bin/sh\n")]
    [InlineData("")]
    public void Are_unknown_where_it_is_no_program(string content) =>
        Assert.Null(ElfFile.ReadInterpreter(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content))));
}

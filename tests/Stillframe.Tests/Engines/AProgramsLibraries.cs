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

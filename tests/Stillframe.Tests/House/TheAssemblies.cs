using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Stillframe.Client;
using Stillframe.Client.AspNetCore;
using Stillframe.MSBuild;
using Stillframe.Testing;

namespace Stillframe.Tests.House;

/// <summary>A frame that was built with an assembly is up to date for another one with the same module id, which the compiler makes of all that it is given, paths included.</summary>
public class TheAssemblies
{
    public static TheoryData<Type> OfPackages => [typeof(FrameBuilder), typeof(DumpTask), typeof(FrameDataSource), typeof(ReadYourWritesOptions), typeof(Frame)];

    [Theory]
    [MemberData(nameof(OfPackages))]
    public void Name_no_directory_of_the_machine_that_built_them(Type one)
    {
        using var file = new PEReader(File.OpenRead(one.Assembly.Location));

        var symbols = file.ReadCodeViewDebugDirectoryData(file.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView));

        Assert.StartsWith("/_/src/", symbols.Path, StringComparison.Ordinal);
    }
}

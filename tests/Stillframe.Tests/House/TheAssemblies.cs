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
        var place = one.Assembly.Location;
        using var file = new PEReader(File.OpenRead(place));
        Assert.True(file.TryOpenAssociatedPortablePdb(place, _ => File.OpenRead(Path.ChangeExtension(place, ".pdb")), out var symbols, out _));
        using (symbols)
        {
            var reader = symbols!.GetMetadataReader();

            Assert.All(reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name)), path => Assert.StartsWith("/_/", path, StringComparison.Ordinal));
        }
    }
}

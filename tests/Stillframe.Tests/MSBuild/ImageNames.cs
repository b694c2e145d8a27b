using Stillframe.MSBuild;

namespace Stillframe.Tests.MSBuild;

public class Tags
{
    static readonly string dataVersion = new string('a', 12) + new string('b', 52);

    [Fact]
    public void Always_name_the_data() => Assert.Equal(["1.0", "latest", "data-aaaaaaaaaaaa"], ImageTags.Of(["1.0", " latest ", "", "1.0"], dataVersion));

    [Theory]
    [InlineData("-1")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("añb")]
    public void Are_what_a_registry_takes(string tag) =>
        Assert.Equal(ErrorCodes.ReferenceInvalid, Assert.Throws<StillframeException>(() => ImageTags.Of([tag], dataVersion)).Code);
}

public class Archives
{
    [Theory]
    [InlineData("/out/frame.tar", "/out/frame.tar")]
    [InlineData("/out/", "/out/acme-places-db.tar")]
    public void Go_where_they_are_wanted(string path, string expected) => Assert.Equal(expected, ArchivePath.Of(path, "acme/places-db"));

    [Fact]
    public void Go_into_a_directory_that_exists()
    {
        using var directory = TemporaryDirectory.Create();
        Assert.Equal(Path.Combine(directory.Path, "places-db.tar"), ArchivePath.Of(directory.Path, "places-db"));
        Assert.Equal(Path.Combine(directory.Path, "places-db.tar"), ArchivePath.Beside(directory.Path, "places-db"));
    }

    [Theory]
    [InlineData("/out/places.tar.gz", "/out/places-db.tar")]
    [InlineData("/out/", "/out/places-db.tar")]
    [InlineData("places.tar.gz", "places-db.tar")]
    public void Go_beside_the_service(string serviceArchive, string expected) => Assert.Equal(expected, ArchivePath.Beside(serviceArchive, "places-db"));
}

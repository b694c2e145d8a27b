using Gazetteer;
using Gazetteer.Places;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Stillframe.Tests.Gazetteer;

public class Parameters
{
    static QueryReader Query(string text) => new(new QueryCollection(QueryHelpers.ParseQuery(text)));

    [Fact]
    public void That_are_missing_take_their_defaults()
    {
        Assert.Equal(new NameSearch("Concepción", null, 20), NameSearch.Read(Query("name=Concepci%C3%B3n")));
        Assert.Equal(new NearSearch(-36.8, 73, 10, null, 20), NearSearch.Read(Query("lat=-36.8&lon=73")));
    }

    [Theory]
    [InlineData("lat=91&lon=0", "lat")]
    [InlineData("lat=NaN&lon=0", "lat")]
    [InlineData("lat=1,5&lon=0", "lat")]
    [InlineData("lat=1&lat=2&lon=0", "lat")]
    [InlineData("lat=0", "lon")]
    [InlineData("lat=0&lon=Infinity", "lon")]
    [InlineData("lat=0&lon=0&km=501", "km")]
    [InlineData("lat=0&lon=0&km=-1", "km")]
    [InlineData("lat=0&lon=0&limit=101", "limit")]
    [InlineData("lat=0&lon=0&limit=2.5", "limit")]
    [InlineData("lat=0&lon=0&language=japanese", "language")]
    public void That_can_not_be_used_are_named(string text, string name)
    {
        var query = Query(text);
        NearSearch.Read(query);
        var error = Assert.Single(query.Errors);
        Assert.Equal(name, error.Key);
        Assert.StartsWith($"{name} ", Assert.Single(error.Value), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("name=")]
    [InlineData("name=%20")]
    public void Need_a_name_to_search_for(string text)
    {
        var query = Query(text);
        NameSearch.Read(query);
        Assert.Equal("name is missing: give 1 to 200 characters.", Assert.Single(Assert.Single(query.Errors).Value));
    }

    [Fact]
    public void With_several_faults_are_all_named()
    {
        var query = Query("lat=north&km=far&limit=0");
        NearSearch.Read(query);
        Assert.Equal(["km", "lat", "limit", "lon"], query.Errors.Keys.Order());
    }

    [Theory]
    [InlineData("Oslo", "Oslo%")]
    [InlineData("100%", @"100\%%")]
    [InlineData("a_b", @"a\_b%")]
    [InlineData(@"a\b", @"a\\b%")]
    public void Hold_no_wildcards(string name, string pattern) => Assert.Equal(pattern, new NameSearch(name, null, 1).Prefix);
}

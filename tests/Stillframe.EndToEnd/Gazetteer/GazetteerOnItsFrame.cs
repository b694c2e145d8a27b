using System.Net;
using System.Text.Json;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Gazetteer;

public class GazetteerOnItsFrame(GazetteerPair pair) : IClassFixture<GazetteerPair>
{
    async Task<JsonElement[]> PlacesAsync(string path)
    {
        var (status, json) = await pair.Service.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, status);
        return [.. json.EnumerateArray()];
    }

    static string? Text(JsonElement place, string property) => place.GetProperty(property).GetString();

    [NeedsFact(Need.Apt)]
    public async Task Finds_places_by_name()
    {
        var places = await PlacesAsync("/places?name=Concepci%C3%B3n&limit=100");
        Assert.Equal(50, places.Length);
        Assert.All(places, place => Assert.StartsWith("Concepc", Text(place, "name"), StringComparison.Ordinal)); // "Concepcion" is found, too
        Assert.Equal("Concepción", Text(places[0], "name"));
        Assert.Contains(places, place => Text(place, "name") == "Concepción" && Text(place, "country") == "CL" && Text(place, "admin1") == "Biobio");
        Assert.Contains(places, place => Text(place, "name")!.Length > "Concepción".Length);
    }

    [NeedsTheory(Need.Apt)]
    [InlineData("concepcion", "Concepción")]
    [InlineData("Concepcio%CC%81n", "Concepción")] // written with a combining accent
    [InlineData("%D0%9E%D0%9A%D0%A2%D0%AF%D0%91", "Октябрьский")] // capitals
    public async Task Finds_names_whatever_their_case_and_accents(string name, string found) =>
        Assert.Equal(found, Text((await PlacesAsync($"/places?name={name}&limit=1"))[0], "name"));

    [NeedsFact(Need.Apt)]
    public async Task Takes_no_wildcards() => Assert.Empty(await PlacesAsync("/places?name=%25ncepci%C3%B3n"));

    [NeedsTheory(Need.Apt)]
    [InlineData("ja", "チリ")]
    [InlineData("ar", "تشيلي")]
    [InlineData("hi", "चिली")]
    [InlineData("xx", "Chile")]
    public async Task Names_countries_in_the_language_asked_for(string language, string country) =>
        Assert.Equal(country, Text((await PlacesAsync($"/places/near?lat=-36.827&lon=-73.05&language={language}"))[0], "countryName"));

    [NeedsFact(Need.Apt)]
    public async Task Finds_places_around_a_point_the_nearest_first()
    {
        var places = await PlacesAsync("/places/near?lat=48.8534&lon=2.3488&km=5&limit=50");
        Assert.Equal("Paris", Text(places[0], "name"));
        var distances = places.Select(place => place.GetProperty("distanceKm").GetDouble()).ToArray();
        Assert.Equal(distances.Order(), distances);
        Assert.InRange(distances[^1], 1, 5);
    }

    [NeedsFact(Need.Apt)]
    public async Task Finds_places_across_the_date_line()
    {
        var places = await PlacesAsync("/places/near?lat=-17&lon=-179.9&km=300&limit=100");
        Assert.Contains(places, place => place.GetProperty("longitude").GetDecimal() > 0);
        Assert.Contains(places, place => place.GetProperty("longitude").GetDecimal() < 0);
    }

    [NeedsFact(Need.Apt)]
    public async Task Says_what_is_wrong_with_a_request()
    {
        var (status, problem) = await pair.Service.GetAsync("/places/near?lat=north&lon=0");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("lat is north: give a number from -90 to 90.", problem.GetProperty("errors").GetProperty("lat")[0].GetString());
    }

    [NeedsFact(Need.Apt)]
    public async Task Has_the_data_it_was_built_with()
    {
        var (_, version) = await pair.Service.GetAsync("/version");
        Assert.True(version.GetProperty("match").GetBoolean(), version.ToString());
        Assert.True(version.GetProperty("fits").GetBoolean(), version.ToString());
        Assert.Equal([64, 64], [Text(version, "actualData")!.Length, Text(version, "actualSchema")!.Length]);
        var (status, health) = await pair.Service.GetAsync("/health");
        Assert.Equal((HttpStatusCode.OK, "Healthy"), (status, Text(health, "status")));
    }
}

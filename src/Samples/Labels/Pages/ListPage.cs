using Labels.Objects;

namespace Labels.Pages;

/// <summary>All objects, or those that were looked for.</summary>
sealed record ListPage(string Text, Shown<List<MuseumObject>> Shown)
{
    public IResult Result() => Layout.Page(
        "Objects",
        $"""
        <form method="get" action="/" class="search">
        <label for="q">Look for</label> <input id="q" name="q" value="{Text}" maxlength="100"> <button>Find</button>
        </form>
        <p>{Count}</p>
        <table>
        <thead><tr><th>Number</th><th>Object</th><th>Label</th></tr></thead>
        <tbody>
        {Shown.Value.Select(Row)}
        </tbody>
        </table>
        """,
        Shown.Data);

    string Count => Shown.Value.Count switch
    {
        0 => "Nothing was found.",
        1 => "One object.",
        Museum.LongestList => "The first 50 objects. Look for something to see others.",
        var count => $"{count} objects.",
    };

    static Html Row(MuseumObject one) => $"""
        <tr id="object-{one.Id}"><td>{one.Inventory}</td><td><a href="/objects/{one.Id}">{one.Name}</a></td><td class="label">{one.Label}</td></tr>

        """;
}

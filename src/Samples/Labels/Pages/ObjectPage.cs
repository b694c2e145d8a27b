using Labels.Objects;
using Labels.Similar;

namespace Labels.Pages;

/// <summary>One object: its label, to be changed, and similar objects.</summary>
sealed record ObjectPage(MuseumObject Object, IReadOnlyList<MuseumObject> Others, SimilarAnswer Similar, DataShown Data, Problem? Problem)
{
    public IResult Result() => Layout.Page(Object.Name, Content, Data, Problem?.Status ?? StatusCodes.Status200OK);

    Html Content => $"""
        {(Problem is null ? Html.Empty : Told(Problem))}
        <p>{Object.Inventory}, {Object.Material}, about {Object.Year}</p>
        <p id="shown" class="label">{Object.Label}</p>
        <form method="post" action="/objects/{Object.Id}">
        <input type="hidden" name="version" value="{Object.Version}">
        <label for="label">Another label</label>
        <textarea id="label" name="label" rows="4" maxlength="{MuseumObject.LongestLabel}" required>
        {Problem?.Text ?? Object.Label}</textarea>
        <button id="save">Save</button>
        </form>
        <h2>Similar objects</h2>
        {Answer}
        <form method="post" action="/objects/{Object.Id}/similar"><button id="ask">Ask a worker</button></form>
        """;

    Html Answer => Similar.State switch
    {
        SimilarState.NotAsked => $"""<p id="similar">Nobody has asked yet.</p>""",
        SimilarState.Waiting => $"""<p id="similar">A worker was asked. <a href="/objects/{Object.Id}">Look again</a></p>""",
        SimilarState.Unknown => $"""<p id="similar">Answers are in the master, which is away.</p>""",
        _ => $"""
            <ol id="similar">{Others.Select(Other)}</ol>
            <p>Computed by {Similar.Worker} from data version <span id="similar-version" title="{Similar.DataVersion}">{Banner.Short(Similar.DataVersion)}</span>{(Similar.DataVersion == Data.Frame.DataVersion ? ", which is this frame's" : ", which is another than this frame's")}.</p>
            """,
    };

    static Html Other(MuseumObject other) => $"""<li><a href="/objects/{other.Id}">{other.Name}</a>, {other.Inventory}</li>""";

    static Html Told(Problem problem) => $"""<p id="problem" role="alert">{problem.Message}</p>""";
}

/// <summary>Why nothing was saved.</summary>
/// <param name="Status">Of the answer.</param>
sealed record Problem(string Message, int Status)
{
    /// <summary>What the user has written: it stays in the form.</summary>
    public string? Text { get; init; }
}

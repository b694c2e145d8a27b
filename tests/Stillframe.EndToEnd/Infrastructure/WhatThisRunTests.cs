namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>
/// One test for each thing that others need: skipped with its reason where it is missing. What a release can't do without fails in CI
/// (<c>CI=true</c>), where a run that leaves it out would look like one that passed.
/// </summary>
public class WhatThisRunTests
{
    [NeedsFact(Need.Docker)]
    public void Docker_is_there() => AssertThere(Need.Docker);

    [NeedsFact(Need.Podman)]
    public void Podman_is_there() => AssertThere(Need.Podman);

    [NeedsFact(Need.LocalServer)]
    public void A_server_is_there() => AssertThere(Need.LocalServer);

    [NeedsFact(Need.MySql)]
    public void MySQL_is_there() => AssertThere(Need.MySql);

    [NeedsFact(Need.Apt)]
    public void The_embedded_engine_is_there() => AssertThere(Need.Apt);

    [NeedsFact(Need.Registry)]
    public void A_registry_is_there() => AssertThere(Need.Registry);

    [NeedsFact(Need.Skopeo)]
    public void Skopeo_is_there() => AssertThere(Need.Skopeo);

    [NeedsFact(Need.Terminal)]
    public void A_terminal_is_there() => AssertThere(Need.Terminal);

    static void AssertThere(Need need) => Assert.True(Needs.Missing(need) is null, Needs.Missing(need));
}

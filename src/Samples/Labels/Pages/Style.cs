namespace Labels.Pages;

static class Style
{
    public const string Sheet =
        """
        body { margin: 0 auto; max-width: 56rem; padding: 0 1rem 2rem; font: 16px/1.5 system-ui, sans-serif; color: #222; }
        header { padding: 1rem 0; font-weight: 600; }
        a { color: #14507a; }
        aside { padding: .75rem 1rem; border-left: .4rem solid #3a7d44; background: #eef6ef; }
        aside.master { border-color: #b7791f; background: #fdf6e7; }
        aside.stale { border-color: #a33; background: #fbeeee; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0; }
        dt { color: #555; }
        dd { margin: 0; }
        aside p { margin: .5rem 0 0; font-weight: 600; }
        table { border-collapse: collapse; width: 100%; }
        th, td { padding: .4rem .6rem .4rem 0; border-bottom: 1px solid #ddd; text-align: left; vertical-align: top; }
        td:first-child, td:nth-child(2) { white-space: nowrap; }
        .label { white-space: pre-line; }
        textarea { display: block; box-sizing: border-box; width: 100%; margin: .3rem 0 .6rem; font: inherit; }
        button, input { font: inherit; padding: .2rem .7rem; }
        [role=alert] { padding: .6rem 1rem; border-left: .4rem solid #a33; background: #fbeeee; }

        """;
}

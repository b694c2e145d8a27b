using System.Text.RegularExpressions;

namespace Stillframe.Masters;

/// <summary>What an account may do, as the lines of <c>SHOW GRANTS</c> say it, roles that are active included.</summary>
sealed partial class Grants
{
    const string Everything = "ALL PRIVILEGES", Anything = "*";

    readonly List<Grant> grants = [];

    /// <param name="On">Of a schema's name, <c>%</c> and <c>_</c> are wildcards unless a backslash stands before them.</param>
    sealed record Grant(bool Gives, HashSet<string> Privileges, string On, string Table)
    {
        public bool Has(string privilege) => Privileges.Contains(privilege) || Privileges.Contains(Everything);
    }

    public static Grants Parse(IEnumerable<string> lines)
    {
        var all = new Grants();
        foreach (var match in lines.Select(line => Line().Match(line)).Where(match => match.Success && match.Groups["of"].Value is "" or "TABLE"))
        {
            // what is given for columns alone is of no use
            var privileges = ForColumns().Replace(match.Groups["privileges"].Value, "$1 of columns").Split(',', StringSplitOptions.TrimEntries);
            all.grants.Add(new(match.Groups["verb"].Value == "GRANT", [.. privileges], Unquoted(match.Groups["schema"].Value), Unquoted(match.Groups["table"].Value)));
        }

        return all;
    }

    /// <summary>Whether the account has it in all schemas, and those that will be made.</summary>
    public bool HaveEverywhere(string privilege) => grants.Any(grant => grant is { Gives: true, On: Anything } && grant.Has(privilege));

    /// <summary>Whether the account has it for everything in a schema.</summary>
    public bool Have(string privilege, string schema) =>
        grants.Any(grant => grant is { Gives: true, Table: Anything, On: not Anything } && Matches(schema, grant.On) && grant.Has(privilege))
        // MySQL takes from it for single schemas (partial_revokes)
        || (HaveEverywhere(privilege) && !grants.Any(grant => !grant.Gives && grant.On == schema && grant.Has(privilege)));

    public bool Have(string privilege, string schema, string table) =>
        Have(privilege, schema) || grants.Any(grant => grant.Gives && grant.On == schema && grant.Table == table && grant.Has(privilege));

    static bool Matches(string schema, string pattern) =>
        Regex.IsMatch(schema, $"^{Wildcards().Replace(Regex.Escape(pattern), match => match.Value switch { "%" => ".*", "_" => ".", _ => match.Value[^1..] })}$", RegexOptions.Singleline | RegexOptions.CultureInvariant);

    static string Unquoted(string name) => name.StartsWith('`') ? name[1..^1].Replace("``", "`", StringComparison.Ordinal) : name;

    [GeneratedRegex("^(?<verb>GRANT|REVOKE) (?<privileges>.+?) ON (?:(?<of>TABLE|FUNCTION|PROCEDURE|PACKAGE|PACKAGE BODY|LIBRARY) )?(?<schema>\\*|`(?:[^`]|``)*`)\\.(?<table>\\*|`(?:[^`]|``)*`) (?:TO|FROM) ", RegexOptions.Singleline)]
    private static partial Regex Line();

    [GeneratedRegex(@"([A-Z ]+?) \([^)]*\)")]
    private static partial Regex ForColumns();

    /// <summary>After <see cref="Regex.Escape"/>, which doubles the backslash that takes a wildcard's meaning.</summary>
    [GeneratedRegex(@"\\\\[%_]|[%_]")]
    private static partial Regex Wildcards();
}

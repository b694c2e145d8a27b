using System.Text.RegularExpressions;

namespace Stillframe.Masters;

/// <summary>What an account may do, as the lines of <c>SHOW GRANTS</c> say it, those of active roles included.</summary>
sealed partial class Grants
{
    const string Everything = "ALL PRIVILEGES", Anything = "*";

    readonly List<Grant> grants = [];

    /// <param name="On">Of a schema's name, <c>%</c> and <c>_</c> are wildcards unless a backslash stands before them.</param>
    /// <param name="To">The account, a role, or PUBLIC.</param>
    sealed record Grant(bool Gives, HashSet<string> Privileges, string On, string Table, string To)
    {
        public bool Has(string privilege) => Privileges.Contains(privilege) || Privileges.Contains(Everything);

        public bool IsOfSchemas => Gives && Table == Anything && On != Anything;

        /// <summary>Of several that fit a schema the server takes only one: that whose first wildcard comes last, or that has none. MariaDB, sql/sql_acl.cc, <c>get_sort</c>.</summary>
        public int Precision => Wildcards().Matches(Regex.Escape(On)).FirstOrDefault(match => match.Length == 1)?.Index ?? int.MaxValue;
    }

    public static Grants Parse(IEnumerable<string> lines)
    {
        var all = new Grants();
        foreach (var groups in lines.Select(line => Line().Match(line)).Where(match => match.Success && match.Groups["of"].Value is "" or "TABLE").Select(match => match.Groups))
        {
            // what is given for columns alone is of no use
            var privileges = ForColumns().Replace(groups["privileges"].Value, "$1 of columns").Split(',', StringSplitOptions.TrimEntries);
            all.grants.Add(new(groups["verb"].Value == "GRANT", [.. privileges], Unquoted(groups["schema"].Value), Unquoted(groups["table"].Value), groups["to"].Value));
        }

        return all;
    }

    /// <summary>Whether the account has it in all schemas, and those that will be made.</summary>
    public bool HaveEverywhere(string privilege) => grants.Any(grant => grant is { Gives: true, On: Anything } && grant.Has(privilege));

    /// <summary>Whether the account has it for everything in a schema.</summary>
    public bool Have(string privilege, string schema) =>
        Deciding(schema).Any(grant => grant.Has(privilege))
        // MySQL takes from it for single schemas (partial_revokes)
        || (HaveEverywhere(privilege) && !grants.Any(grant => !grant.Gives && grant.On == schema && grant.Has(privilege)));

    public bool Have(string privilege, string schema, string table) =>
        Have(privilege, schema) || grants.Any(grant => grant.Gives && grant.On == schema && grant.Table == table && grant.Has(privilege));

    /// <summary>The pattern by which the account itself has rights on a schema: those given for another would stand in place of them. Null where it has none.</summary>
    public string? PatternOf(string schema) => Deciding(schema).FirstOrDefault(grant => grant.To.Contains('@', StringComparison.Ordinal))?.On;

    /// <summary>For the account and each of its roles, the one that counts.</summary>
    IEnumerable<Grant> Deciding(string schema) =>
        grants.Where(grant => grant.IsOfSchemas && Matches(schema, grant.On)).GroupBy(grant => grant.To).Select(ofOne => ofOne.MaxBy(grant => grant.Precision)!);

    static bool Matches(string schema, string pattern) =>
        Regex.IsMatch(schema, $"^{Wildcards().Replace(Regex.Escape(pattern), match => match.Value switch { "%" => ".*", "_" => ".", _ => match.Value[^1..] })}$", RegexOptions.Singleline | RegexOptions.CultureInvariant);

    static string Unquoted(string name) => name.StartsWith('`') ? name[1..^1].Replace("``", "`", StringComparison.Ordinal) : name;

    [GeneratedRegex("^(?<verb>GRANT|REVOKE) (?<privileges>.+?) ON (?:(?<of>TABLE|FUNCTION|PROCEDURE|PACKAGE|PACKAGE BODY|LIBRARY) )?(?<schema>\\*|`(?:[^`]|``)*`)\\.(?<table>\\*|`(?:[^`]|``)*`) (?:TO|FROM) (?<to>PUBLIC|`(?:[^`]|``)*`(?:@`(?:[^`]|``)*`)?)", RegexOptions.Singleline)]
    private static partial Regex Line();

    [GeneratedRegex(@"([A-Z ]+?) \([^)]*\)")]
    private static partial Regex ForColumns();

    /// <summary>After <see cref="Regex.Escape"/>, which doubles the backslash that takes a wildcard's meaning.</summary>
    [GeneratedRegex(@"\\\\[%_]|[%_]")]
    private static partial Regex Wildcards();
}

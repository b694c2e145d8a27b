namespace Stillframe.Loading.Bulk;

/// <summary>The names in an INSERT's column list.</summary>
static class ColumnNames
{
    /// <param name="list">With its parentheses.</param>
    /// <exception cref="NotBulkLoadableException">It is written in some unusual way.</exception>
    public static IEnumerable<string> Parse(string list)
    {
        var position = 1;
        while (position < list.Length)
        {
            position = SkipSpace(list, position);
            var (name, end) = list[position] is '`' or '"' ? Quoted(list, position) : Plain(list, position);
            yield return name;
            position = SkipSpace(list, end);
            if (position == list.Length || list[position] is not (',' or ')'))
                throw new NotBulkLoadableException("its column list is written in an unusual way");
            if (list[position++] == ')')
                yield break;
        }
    }

    static (string Name, int End) Quoted(string list, int start)
    {
        var (quote, end) = (list[start], start + 1);
        while (end < list.Length && (list[end] != quote || (end + 1 < list.Length && list[end + 1] == quote)))
            end += list[end] == quote ? 2 : 1;
        return end < list.Length
            ? (list[(start + 1)..end].Replace($"{quote}{quote}", quote.ToString(), StringComparison.Ordinal), end + 1)
            : throw new NotBulkLoadableException("its column list does not end");
    }

    static (string Name, int End) Plain(string list, int start)
    {
        var end = start;
        while (end < list.Length && (char.IsLetterOrDigit(list[end]) || list[end] is '_' or '$'))
            end++;
        return (list[start..end], end);
    }

    static int SkipSpace(string list, int position)
    {
        while (position < list.Length && char.IsWhiteSpace(list[position]))
            position++;
        return position;
    }
}

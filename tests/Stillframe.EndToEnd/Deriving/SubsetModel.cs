using System.Globalization;
using System.Text;
using Stillframe.Dumps;

namespace Stillframe.EndToEnd.Deriving;

/// <summary>A random database of small tables that refer to one another, and which of its rows a subset leaves.</summary>
sealed class SubsetModel
{
    readonly List<Table> tables = [];

    public SubsetModel(Random random)
    {
        var count = random.Next(3, 9);
        for (var number = 0; number < count; number++)
            tables.Add(new($"t{number}", random.Next(0, 60)));
        foreach (var table in tables)
        {
            for (var i = random.Next(3); i > 0; i--)
                table.Keys.Add(new(tables[random.Next(count)], random.Next(2) == 0));
            table.Rows = [.. Enumerable.Range(1, table.Count).Select(id => new Row(id, [.. table.Keys.Select(key => key.Parent.Count == 0 || random.Next(4) == 0 ? null : (int?)random.Next(1, key.Parent.Count + 1))]))];
        }

        Subsets = [.. tables.Where(_ => random.Next(3) == 0).DefaultIfEmpty(tables[0]).Select(table => new RowSubset($"m.{table.Name}", string.Create(CultureInfo.InvariantCulture, $"id % {table.Divisor = random.Next(2, 4)} = 0")))];
    }

    public IReadOnlyList<RowSubset> Subsets { get; }

    public IEnumerable<string> Tables => tables.Select(table => table.Name);

    public string Dump()
    {
        var text = new StringBuilder("SET NAMES utf8mb4;\nSET FOREIGN_KEY_CHECKS=0;\nCREATE DATABASE m;\nUSE m;\n");
        foreach (var table in tables)
        {
            text.Append(CultureInfo.InvariantCulture, $"CREATE TABLE {table.Name} (id int PRIMARY KEY, twice int NOT NULL, UNIQUE (id, twice)");
            for (var i = 0; i < table.Keys.Count; i++)
                text.Append(CultureInfo.InvariantCulture, $", p{i} int, q{i} int, FOREIGN KEY (p{i}{(table.Keys[i].IsOfTwo ? $", q{i}" : "")}) REFERENCES {table.Keys[i].Parent.Name} (id{(table.Keys[i].IsOfTwo ? ", twice" : "")}) ON DELETE CASCADE");
            text.Append(") ENGINE=InnoDB;\n");
            foreach (var row in table.Rows)
                text.Append(CultureInfo.InvariantCulture, $"INSERT INTO {table.Name} VALUES ({row.Id},{row.Id * 2}{string.Concat(row.Parents.Select(parent => parent is { } id ? $",{id},{id * 2}" : ",NULL,NULL"))});\n");
        }

        return text.Append("-- Dump completed on 2026-11-20 10:00:00\n").ToString();
    }

    /// <summary>Row by row, until nothing goes any more.</summary>
    public IEnumerable<string> Expected()
    {
        var gone = tables.ToDictionary(table => table, table => table.Rows.Where(row => table.Divisor > 0 && row.Id % table.Divisor != 0).Select(row => row.Id).ToHashSet());
        while (tables.Any(table => table.Rows.Any(row => !gone[table].Contains(row.Id)
            && table.Keys.Zip(row.Parents).Any(key => key.Second is { } parent && gone[key.First.Parent].Contains(parent)) && gone[table].Add(row.Id))))
        {
        }

        return tables.Select(table => $"{table.Name}: {string.Join(' ', table.Rows.Select(row => row.Id).Where(id => !gone[table].Contains(id)))}");
    }

    sealed record Key(Table Parent, bool IsOfTwo);

    sealed record Row(int Id, IReadOnlyList<int?> Parents);

    sealed class Table(string name, int count)
    {
        public string Name => name;

        public int Count => count;

        public int Divisor { get; set; }

        public List<Key> Keys { get; } = [];

        public IReadOnlyList<Row> Rows { get; set; } = [];
    }
}

namespace Stillframe.EndToEnd.Oracle.Generator;

/// <summary>INSERT in all its forms.</summary>
static class Rows
{
    /// <summary>Rows of literals.</summary>
    public static void Insert(this Script script, Table table, int rows)
    {
        while (rows > 0)
        {
            var now = Math.Min(rows, script.Dice.Chance(50) ? 1 : script.Dice.Between(1, 8));
            script.InsertOnce(table, now);
            rows -= now;
        }
    }

    /// <summary>One statement.</summary>
    public static void InsertOnce(this Script script, Table table, int rows)
    {
        var dice = script.Dice;
        var visible = table.Given.ToList();
        // a column that is not given needs a default where the mode is strict
        var columns = visible.Where(column => (!column.Nullable && !column.HasDefault) || dice.Chance(85)).ToList();
        var withKey = table.Key is not null && (!table.HasAutoIncrement || dice.Chance(60));
        if (!withKey)
            table.Last += rows; // the server goes on counting
        if (columns.Count == 0 && !withKey)
            columns = [visible[0]];
        var names = string.Join(dice.Pick(",", ", "), [.. withKey ? [script.Id(table.Key!)] : Array.Empty<string>(), .. columns.Select(column => script.Id(column.Name))]);
        var verb = dice.Next(20) switch { 0 => "INSERT IGNORE INTO", 1 => "REPLACE INTO", 2 => "insert into", 3 => "INSERT", 4 => "REPLACE", 5 => "INSERT LOW_PRIORITY INTO", _ => "INSERT INTO" };
        if (dice.Chance(6))
        {
            for (; rows > 0; rows--)
                script.Run($"{verb} {script.Name(table)} SET {string.Join(", ", [.. withKey ? [$"{script.Id(table.Key!)} = {Number(script, table)}"] : Array.Empty<string>(), .. columns.Select(column => $"{script.Id(column.Name)} = {Value(script, column)}")])}");
            return;
        }

        var values = string.Join(dice.Pick(",", ", ", "," + script.NewLine), Enumerable.Range(0, rows).Select(_ => Row(script, table, columns, withKey)));
        script.Run($"{verb} {script.Name(table)} ({names}) {dice.Pick("VALUES", "VALUES", "values", "VALUE")} {values}{Tail(script, table, verb)}");
    }

    static string Tail(Script script, Table table, string verb) =>
        verb.StartsWith("INSERT", StringComparison.OrdinalIgnoreCase) && table.Number is { } number && script.Dice.Chance(4)
            ? $" ON DUPLICATE KEY UPDATE {script.Id(number.Name)} = {script.Dice.Pick($"VALUES({script.Id(number.Name)})", "1")}"
            : "";

    static string Row(Script script, Table table, IReadOnlyList<Column> columns, bool withKey)
    {
        var values = columns.Select(column => Value(script, column));
        return $"({string.Join(script.Dice.Pick(",", ",", ", ", " , /* v */ "), withKey ? values.Prepend(Number(script, table)) : values)})";
    }

    /// <summary>The next number of a key.</summary>
    static string Number(Script script, Table table)
    {
        table.Last += script.Dice.Chance(90) ? 1 : script.Dice.Between(2, 20);
        return script.Dice.Chance(3) ? $"'{table.Last}'" : $"{table.Last}";
    }

    static string Value(Script script, Column column) =>
        column.Nullable && script.Dice.Chance(12) ? script.Dice.Pick("NULL", "null", "NULL")
        : (column.Nullable || column.HasDefault) && script.Dice.Chance(4) ? "DEFAULT"
        : column.Literal();
}

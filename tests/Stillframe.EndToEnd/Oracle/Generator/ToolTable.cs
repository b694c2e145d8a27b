namespace Stillframe.EndToEnd.Oracle.Generator;

/// <summary>A table with its rows as mariadb-dump writes them.</summary>
sealed class ToolTable
{
    readonly Script script;
    readonly bool compact;
    readonly IReadOnlyList<Column> columns;
    readonly bool auto;

    public ToolTable(Script script, bool compact)
    {
        (this.script, this.compact) = (script, compact);
        Name = script.NewName("t");
        auto = script.Dice.Chance(60);
        columns = [.. Enumerable.Range(0, script.Dice.Between(1, 6)).Select(_ => Columns.Any(script))];
    }

    public string Name { get; }

    string Id => Quoted(Name);

    /// <param name="before">The trigger comes before the rows, which no tool does, but who puts files together.</param>
    public void Write(bool before)
    {
        var dice = script.Dice;
        var nl = script.NewLine;
        if (!compact)
            script.Raw($"{nl}--{nl}-- Table structure for table {Id}{nl}--{nl}{nl}DROP TABLE IF EXISTS {Id};{nl}");
        var lines = columns.Select(column => $"  {Quoted(column.Name)} {column.Type} {(column.Type.EndsWith(" null", StringComparison.Ordinal) ? "" : "DEFAULT NULL")}").ToList();
        lines.Insert(0, $"  `id` int(11) NOT NULL{(auto ? " AUTO_INCREMENT" : "")}");
        if (!auto && dice.Chance(30))
            lines.Add("  `gen` int(11) GENERATED ALWAYS AS (`id` * 2) " + dice.Pick("VIRTUAL", "STORED"));
        var generated = lines[^1].Contains("GENERATED", StringComparison.Ordinal);
        lines.Add("  PRIMARY KEY (`id`)");
        foreach (var column in columns.Where(column => column.KeyLength is not null && dice.Chance(20)))
            lines.Add($"  KEY {Quoted("k_" + column.Name)} ({Quoted(column.Name)}{column.KeyLength})");
        var engine = dice.Next(14) switch { 0 => "MyISAM", 1 => "Aria", _ => "InnoDB" };
        var rows = dice.Chance(12) ? 0 : dice.Between(1, 20);
        script.Together("/*!40101 SET @saved_cs_client     = @@character_set_client */", $"/*!40101 SET character_set_client = {dice.Pick("utf8mb4", "utf8")} */");
        script.Raw($"CREATE TABLE {Id} ({nl}{string.Join("," + nl, lines)}{nl}) ENGINE={engine}{(auto ? $" AUTO_INCREMENT={rows + 1}" : "")} DEFAULT CHARSET={dice.Pick("utf8mb4", "utf8mb4", "latin1", "utf8mb3")}{(dice.Chance(8) ? $"{nl}/*!50100 PARTITION BY HASH (`id`){nl}PARTITIONS 2 */" : "")};{nl}");
        script.Together("/*!40101 SET character_set_client = @saved_cs_client */");
        if (before)
            Trigger();
        if (rows > 0 || !compact)
            Rows(rows, generated);
        if (!before && dice.Chance(25))
            Trigger();
        script.Tables.Add(new(script.Schema, Name, "id", columns));
    }

    void Rows(int rows, bool generated)
    {
        var dice = script.Dice;
        var nl = script.NewLine;
        var locks = !compact && dice.Chance(80);
        var commit = !compact && dice.Chance(12);
        if (!compact)
            script.Raw($"{nl}--{nl}-- Dumping data for table {Id}{nl}--{nl}{nl}");
        if (locks)
            script.Together($"LOCK TABLES {Id} WRITE", $"/*!40000 ALTER TABLE {Id} DISABLE KEYS */");
        if (commit)
            script.Together("set autocommit=0");
        var names = generated || dice.Chance(20) ? $" ({string.Join(", ", columns.Select(column => Quoted(column.Name)).Prepend("`id`"))})" : "";
        var verb = dice.Next(8) switch { 0 => "INSERT  IGNORE", 1 => "REPLACE ", _ => "INSERT" };
        var values = Enumerable.Range(1, rows).Select(i => $"({string.Join(',', columns.Select(column => dice.Chance(10) ? "NULL" : column.Literal()).Prepend($"{i}"))})").ToList();
        switch (dice.Next(3))
        {
            case 0 when rows > 0:
                foreach (var value in values)
                    script.Raw($"{verb} INTO {Id}{names} VALUES {value};{nl}");
                break;
            case 1 when rows > 0:
                script.Raw($"{verb} INTO {Id}{names} VALUES {string.Join(',', values)};{nl}");
                break;
            default:
                if (rows > 0)
                    script.Raw($"{verb} INTO {Id}{names} VALUES{nl}{string.Join("," + nl, values)};{nl}");
                break;
        }

        if (locks)
            script.Together($"/*!40000 ALTER TABLE {Id} ENABLE KEYS */", "UNLOCK TABLES");
        if (commit)
            script.Together("commit");
    }

    void Trigger()
    {
        var number = columns.FirstOrDefault(column => column.IsNumber);
        var body = number is null ? "set @seen = 1" : $"begin\n  set new.{Quoted(number.Name)} = 1; -- it's so\nend";
        ToolDumps.Program(script, $"/*!50003 CREATE*/ /*!50017 DEFINER=`app`@`%`*/ /*!50003 TRIGGER {Quoted(script.NewName("tr"))} BEFORE INSERT ON {Id} FOR EACH ROW {body} */");
    }

    static string Quoted(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
}

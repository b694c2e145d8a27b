using System.Text.Json;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Package;

public class Subsets
{
    const string Dump =
        """
        SET FOREIGN_KEY_CHECKS=0;
        CREATE TABLE place (id int PRIMARY KEY, name varchar(20)) ENGINE=InnoDB;
        INSERT INTO place VALUES (1,'Bern'),(2,'Basel'),(3,'Chur');
        CREATE TABLE street (id int PRIMARY KEY, place int, FOREIGN KEY (place) REFERENCES place (id)) ENGINE=InnoDB;
        INSERT INTO street VALUES (10,1),(11,1),(20,2),(30,3),(99,NULL);
        CREATE TABLE other (id int PRIMARY KEY) ENGINE=InnoDB;
        INSERT INTO other VALUES (1);
        """;

    const string Items =
        """
        <DatabaseDump Include="data/places.sql" />
        <DatabaseSubset Include="places.place" Where="name LIKE 'B%'" Condition="'$(Where)' == ''" />
        <DatabaseSubset Include="places.place" Where="$(Where)" Condition="'$(Where)' != ''" />
        <DatabaseScript Include="data/one.sql" Tables="places.street" />
        """;

    [Trait(Soaking.Turn, Soaking.Odd)]
    [NeedsFact(Need.Apt)]
    public async Task And_scripts_with_their_tables_are_of_the_project()
    {
        using var service = await Service.CreateAsync(items: Items, properties: "<DatabaseEngine>embedded</DatabaseEngine><DatabaseImageArchiveOutputPath>out/</DatabaseImageArchiveOutputPath>");
        await service.WriteAsync("data/places.sql", Dump);
        await service.WriteAsync("data/one.sql", "DELETE FROM street WHERE id = 11;\n");

        var output = await service.SucceedAsync("publish", "-v:n");
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(service.PathOf("bin/Release/net10.0/publish/database-image.json")));
        var other = await service.SucceedAsync("publish", "-v:n", "-p:Where=id=3");
        await service.WriteAsync("data/one.sql", "DELETE FROM other;\n");
        var more = Assert.Single(await service.FailAsync("publish"));
        var wrong = Assert.Single(await service.FailAsync("publish", "-p:Where=nome=1"));

        Assert.Contains("places.street: 4 rows stay, 1 do not, whose parents are gone", output, StringComparison.Ordinal);
        Assert.Equal(["other 1", "place 2", "street 3"], report.RootElement.GetProperty("tables").EnumerateArray().Select(table => $"{table.GetProperty("name").GetString()} {table.GetProperty("rows").GetInt64()}").Order(StringComparer.Ordinal));
        Assert.Contains("Compiled 2 of 3 tables", other, StringComparison.Ordinal);
        Assert.Contains("one.sql(1): error SF1031", more, StringComparison.Ordinal);
        Assert.Contains("error SF1030", wrong, StringComparison.Ordinal);
        Assert.Contains("Unknown column 'nome'", wrong, StringComparison.Ordinal);
    }
}

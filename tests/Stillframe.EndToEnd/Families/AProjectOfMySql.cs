using System.Data.Common;
using System.Text.Json;
using Dapper;
using Stillframe.EndToEnd.Frames;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.EndToEnd.Package;

namespace Stillframe.EndToEnd.Families;

/// <summary>A project that names an image of MySQL, and nothing else about it.</summary>
public class AProjectOfMySql
{
    /// <summary>As mysqldump of MySQL 8 writes it.</summary>
    const string Dump = """
        -- MySQL dump 10.13  Distrib 8.0.43, for Linux (x86_64)
        CREATE TABLE `place` (
          `id` int NOT NULL,
          `name` varchar(200) COLLATE utf8mb4_0900_ai_ci NOT NULL,
          `note` int DEFAULT '7' /*!80023 INVISIBLE */,
          PRIMARY KEY (`id`),
          KEY `by_name` (`name`) /*!80000 INVISIBLE */
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
        INSERT INTO `place` (`id`, `name`, `note`) VALUES (1,'Zürich',8);
        -- Dump completed

        """;

    [Trait(Soaking.Turn, Soaking.Even)]
    [NeedsFact(Need.Docker, Need.MySql)]
    public async Task Publishes_a_frame_and_one_to_write_to_and_a_second_time_nothing()
    {
        var name = $"mysql-{Guid.NewGuid():n}";
        using var service = await Service.CreateAsync(
            properties: $"<ContainerRepository>{name}</ContainerRepository><LocalRegistry>Docker</LocalRegistry><DatabaseEngine>docker</DatabaseEngine><DatabaseBaseImage>{await MySqlImage.GetAsync()}</DatabaseBaseImage>");
        await service.WriteAsync("data/places.sql", Dump);
        try
        {
            await service.SucceedAsync("publish", "-p:DatabaseImageScratch=true");
            var again = await service.SucceedAsync("publish", "-p:DatabaseImageScratch=true", "-t:PublishDatabaseImage");

            Assert.Contains("is up to date", again, StringComparison.Ordinal);
            using var report = JsonDocument.Parse(await File.ReadAllTextAsync(service.PathOf("bin/Release/net10.0/publish/database-image.json")));
            Assert.EndsWith($"/{name}-db:latest", report.RootElement.GetProperty("reference").GetString(), StringComparison.Ordinal);
            await using var frame = await ContainerOfAFrame.StartAsync($"{name}-db:latest", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--tmpfs", "/run/mysqld", "--tmpfs", "/tmp");
            await using (var reader = await frame.OpenAsync("reader", "only for tests", "places"))
            {
                Assert.Equal("Zürich", await reader.ExecuteScalarAsync<string>("SELECT name FROM place"));
                Assert.Equal(8, await reader.ExecuteScalarAsync<int>("SELECT note FROM place"));
                Assert.Equal("NO", await reader.ExecuteScalarAsync<string>("SELECT is_visible FROM information_schema.statistics WHERE index_name = 'by_name'"));
                await Assert.ThrowsAnyAsync<DbException>(() => reader.ExecuteAsync("DELETE FROM place"));
            }

            await using var scratch = await ContainerOfAFrame.StartAsync($"{name}-db:latest-scratch", "--cap-drop", "ALL");
            await using var writer = await scratch.OpenAsync("reader", "only for tests", "places");
            await writer.ExecuteAsync("INSERT INTO place (id, name) VALUES (2, 'Bern'); CREATE TABLE more (id INT)");
            Assert.Equal([8, 7], await writer.QueryAsync<int>("SELECT note FROM place ORDER BY id"));
        }
        finally
        {
            var tags = (await Command.SucceedAsync("docker", ["images", $"{name}-db", "--format", "{{.Repository}}:{{.Tag}}"])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (tags.Length > 0)
                await Command.SucceedAsync("docker", ["image", "rm", .. tags]);
        }
    }
}

#if MYSQL_CONNECTOR
using Microsoft.EntityFrameworkCore;
using Stillframe.Client;
using Stillframe.EndToEnd.Infrastructure;

namespace Stillframe.EndToEnd.Routing;

[Collection(RoutingTests.Name)]
public sealed class ContextsOfEntityFramework(RoutingFixture fixture)
{
    const string Wanted = ";Allow User Variables=true;Use Affected Rows=false"; // Pomelo insists on it

    static readonly ServerVersion version = new MariaDbServerVersion("10.11");

    [NeedsFact(Need.LocalServer)]
    public async Task On_open_connections_save_on_the_master_and_read_from_the_frame_that_has_it()
    {
        await using var source = TestProvider.Source(fixture.NewerAddress + Wanted, fixture.Master.Address + Wanted);
        await using var master = await source.OpenMasterAsync();
        await using (var writing = new Notes(new DbContextOptionsBuilder().UseMySql(master, version).Options))
        {
            writing.Add(new Note { Text = "by a context" });
            await writing.SaveChangesAsync();
        }

        var position = await FramePosition.OfLastWriteAsync(master);

        Assert.DoesNotContain("by a context", await TextsAsync(await source.OpenConnectionAsync()));
        Assert.Contains("by a context", await TextsAsync(await source.OpenAsync(position)));
        Assert.DoesNotContain("by a context", await TextsAsync(await source.OpenAsync(fixture.Mine)));
    }

    [NeedsFact(Need.LocalServer)]
    public async Task On_data_sources_read_from_the_master_what_they_wrote()
    {
        await using var source = TestProvider.Source(fixture.NewerAddress + Wanted, fixture.Master.Address + Wanted);
        using var user = ReadYourWrites.Begin();
        Assert.DoesNotContain("by a context of a data source", await TextsAsync(source));

        await using (var writing = new Notes(new DbContextOptionsBuilder().UseMySql(source.Master, version).Options))
        {
            writing.Add(new Note { Text = "by a context of a data source" });
            await writing.SaveChangesAsync();
        }

        Assert.True(user.HasWritten);
        Assert.Contains("by a context of a data source", await TextsAsync(source));
        using (ReadYourWrites.Begin(await user.ToTextAsync()))
            Assert.Contains("by a context of a data source", await TextsAsync(source));
        using (ReadYourWrites.Begin())
            Assert.DoesNotContain("by a context of a data source", await TextsAsync(source));
    }

    static async Task<List<string>> TextsAsync(System.Data.Common.DbConnection connection)
    {
        await using var own = connection;
        await using var reading = new Notes(new DbContextOptionsBuilder().UseMySql(connection, version).Options);
        return await reading.Note.Select(note => note.Text).ToListAsync();
    }

    static async Task<List<string>> TextsAsync(FrameDataSource source)
    {
        await using var reading = new Notes(new DbContextOptionsBuilder().UseMySql(source, version).Options);
        return await reading.Note.Select(note => note.Text).ToListAsync();
    }

    sealed class Notes(DbContextOptions options) : DbContext(options)
    {
        public DbSet<Note> Note => Set<Note>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Note>().ToTable("note").Property(note => note.Id).HasColumnName("id");
            modelBuilder.Entity<Note>().Property(note => note.Text).HasColumnName("text");
        }
    }

    sealed class Note
    {
        public int Id { get; set; }

        public required string Text { get; set; }
    }
}
#endif

using Stillframe.Dumps;
using Stillframe.EndToEnd.Infrastructure;
using Stillframe.Engines;

namespace Stillframe.EndToEnd.Families;

/// <summary>A base image with the MySQL that is unpacked for tests.</summary>
static class MySqlImage
{
    public const string Name = "mysql:9-test";

    static readonly Lazy<Task> made = new(() => new UnpackedForTests(Needs.MySql!).MakeMySqlImageAsync(Name));

    /// <summary>Which the tests' engine has from then on.</summary>
    public static async Task<string> GetAsync()
    {
        await made.Value;
        return Name;
    }

    /// <summary>The same options, for a frame on it.</summary>
    public static async Task<EngineOptions> OptionsAsync(EngineOptions options) => options with { Server = ServerKind.MySql, BaseImage = await GetAsync() };
}

using System.Reflection;
using Stillframe.Serving;

namespace Stillframe.Testing;

/// <summary>The frame of a project under test, as the build of the tests wrote it into their assembly (build/Stillframe.Testing.targets).</summary>
/// <param name="DataVersion">That the project was built with.</param>
/// <param name="HasEmptyPassword">Everybody may read it.</param>
/// <param name="Project">Path of its file.</param>
/// <param name="Layout">Where its build puts the frame.</param>
sealed record ProjectFrame(string DataVersion, string ReaderUser, bool HasEmptyPassword, string Project, string Layout)
{
    const string Key = "Stillframe.Frame";

    string Name => Path.GetFileNameWithoutExtension(Project);

    /// <param name="name">Of the project; null where the tests know one only.</param>
    /// <exception cref="StillframeException">SF1101.</exception>
    public static ProjectFrame Of(Assembly tests, string? name)
    {
        var all = tests.GetCustomAttributes<AssemblyMetadataAttribute>().Where(found => found.Key == Key).Select(found => Parse(found.Value!)).ToList();
        var found = all.Where(frame => name is null || frame.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return found switch
        {
            [var frame] => frame,
            _ when all.Count == 0 => throw new StillframeException(
                ErrorCodes.OptionInvalid,
                $"'{tests.GetName().Name}' references no project with a DatabaseDump, so it has no frame to start. Add a ProjectReference to the service, or name the frame: Frame.StartAsync(\"HOST/shop-db:1.2\")."),
            _ => throw new StillframeException(
                ErrorCodes.OptionInvalid, $"{(name is null ? "More than one project under test has a frame" : $"No project under test that has a frame is called '{name}'")}. Set FrameOptions.Project to one of: {string.Join(", ", all.Select(frame => frame.Name))}."),
        };
    }

    /// <exception cref="StillframeException">SF3009: the frame was not built, or with other data than the project. SF3007.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        var there = await ServedFrame.FindDataVersionAsync(Layout, cancellationToken);
        if (there == DataVersion)
            return;
        var what = there is null ? "is not built" : $"in '{Layout}' has the data version {there[..12]}";
        throw new StillframeException(
            ErrorCodes.ImageMissing, $"'{Name}' was built with the data version {DataVersion[..12]}, and its frame {what}. Build both again: dotnet build -t:BuildDatabaseImage \"{Project}\", then the tests.");
    }

    static ProjectFrame Parse(string text)
    {
        var parts = text.Split('|', 5);
        return new(parts[0], parts[1], parts[2] == "true", parts[3], parts[4]);
    }
}

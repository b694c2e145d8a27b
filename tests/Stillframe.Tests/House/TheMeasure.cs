using System.Reflection;
using System.Text.RegularExpressions;
using Stillframe.Client;
using Stillframe.Client.AspNetCore;
using Stillframe.MSBuild;

namespace Stillframe.Tests.House;

/// <summary>What a reader can hold, and the words that nobody has to learn here.</summary>
public partial class TheMeasure
{
    const int MostLines = 200, MostParameters = 6;

    const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    static readonly string[] Roots = ["src", "build"];

    [Fact]
    public void No_file_is_longer()
    {
        var longer = Files().Select(file => (file, Lines: File.ReadLines(file).Count())).Where(file => file.Lines > MostLines);
        Assert.Empty(longer.Select(file => $"{file.file}: {file.Lines} lines"));
    }

    [Fact]
    public void No_list_of_parameters_is_longer()
    {
        var longer = from type in new[] { typeof(FrameBuilder), typeof(BuildDatabaseImage), typeof(FrameDataSource), typeof(ReadYourWritesOptions), typeof(Testing.Frame), typeof(global::Gazetteer.Places.Place), typeof(global::Labels.Pages.Html), typeof(global::Labels.Worker.Similarity) }.SelectMany(type => type.Assembly.GetTypes())
                     where !type.FullName!.Contains('<', StringComparison.Ordinal)
                     from method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared))
                     where !method.Name.Contains('<', StringComparison.Ordinal) && method.GetParameters().Length > MostParameters
                     select $"{type}.{method.Name}: {method.GetParameters().Length}";
        Assert.Empty(longer.Distinct());
    }

    [Fact]
    public void No_word_needs_a_dictionary_of_ours()
    {
        var texts = Files().Concat(Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md")).Concat(Directory.EnumerateFiles(Repository.PathOf("."), "*.md"));
        var found = from file in texts
                    from match in OwnWords().Matches(File.ReadAllText(file))
                    select $"{file}: {match.Value}";
        Assert.Empty(found);
    }

    static IEnumerable<string> Files() => Roots.SelectMany(root => SourceTree.FilesIn(Repository.PathOf(root)));

    [GeneratedRegex(@"\b(?:workbench|tether(?:ed|s)?|last will|patience|travels?|homeless|burn(?:t|s|ed)?|surroundings|alike|settled?|said|can't be had)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OwnWords();
}

using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Stillframe.EndToEnd.Infrastructure.LongestFirst", "Stillframe.EndToEnd")]

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>Begins with the classes whose tests take longest: otherwise one of them is left when all others are done, and half the machine waits for it.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    static readonly string[] Longest =
    [
        "DumpsOfMariaDbDump", nameof(Engines), "Publish", "GeneratedDumps", "TheThrowAwayServer", "BadInput", "Build", "RebuiltFrames", "KilledBuilds", "FramesBuiltTwice", "VerifiedFrames", "Delivery", "SakilaFrames",
        "GazetteerComposed", "FrameHealth", "FramesOnOtherBases", "EarlyRefusals", "BuildsOnSmallDisks", "Framework", "Place", "Targets", "FramesInARegistry", "AWebApi",
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Array.FindIndex(Longest, name => IsOf(collection, name)) is var place and >= 0 ? place : Longest.Length).ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);

    static bool IsOf(ITestCollection collection, string name) => collection.DisplayName == name || collection.DisplayName.EndsWith("." + name, StringComparison.Ordinal);
}

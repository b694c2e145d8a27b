using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Stillframe.EndToEnd.Infrastructure.LongestFirst", "Stillframe.EndToEnd")]

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>Begins with the classes whose tests take longest: otherwise one of them is left when all others are done, and half the machine waits for it.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    static readonly string[] Longest =
    [
        "DumpsOfMariaDbDump", "RolloutsOnEngines", nameof(Engines), "Publish", "Build", "GeneratedDumps", "TheSamplesComposed", "TheThrowAwayServer", "BadInput", "WorkersThatAreKilled", "AProjectWithTests", "FramesBuiltTwice", "SubsetFrames", "SakilaFrames",
        "KilledRefreshes", "ARefreshedFrame", "TheWholeWay", "Delivery", "VerifiedFrames", "RebuiltFrames", "KilledBuilds", "Place", "Subsets", "FramesOfDumpDirectories", "FramesWithScriptsThatNameTables",
        "Targets", "FrameHealth", "EarlyRefusals", "Watch", "ASchemaWithEveryType", "MaskedFrames", "AProjectOfABackup", "FramesOnOtherBases", "AWebApi", "FramesInARegistry", "Framework", "Language", "Masks",
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Array.FindIndex(Longest, name => IsOf(collection, name)) is var place and >= 0 ? place : Longest.Length).ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);

    static bool IsOf(ITestCollection collection, string name) => collection.DisplayName == name || collection.DisplayName.EndsWith("." + name, StringComparison.Ordinal);
}

using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Stillframe.EndToEnd.Infrastructure.LongestFirst", "Stillframe.EndToEnd")]

namespace Stillframe.EndToEnd.Infrastructure;

/// <summary>Begins with the classes whose tests take longest: otherwise one of them is left when all others are done, and half the machine waits for it.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    static readonly string[] Longest =
    [
        "RolloutsOnEngines", nameof(Engines), "composed", "Publish", "TheThrowAwayServer", "FramesBuiltTwice", "VerifiedFrames", "SubsetFrames", "Build", "GeneratedDumps", "DumpsOfMariaDbDump", "tests with a frame", "RebuiltFrames", "FirstStarts",
        "MaskedFrames", "FramesWithScriptsThatNameTables", "SakilaFrames", "AProjectOfMySql", "MySqlFrames", "FrameHealth", "AProjectOfABackup", "ARefreshedFrame", "Delivery", "FramesInARegistry", "WrittenTables", "WrittenFrames", "FramesOfDumpDirectories", "TheWholeWay", "Subsets", "EarlyRefusals",
        "AProjectWithTests", "Place", "KilledRefreshes", "KilledBuilds", "Targets", "Framework", "Language", "BadInput", "Watch", "AWebApi", "ASchemaWithEveryType", "TheReader", "EncryptedBackups", "BuildsOnSmallDisks", "CachedTables", "Masks",
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Array.FindIndex(Longest, name => IsOf(collection, name)) is var place and >= 0 ? place : Longest.Length).ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);

    static bool IsOf(ITestCollection collection, string name) => collection.DisplayName == name || collection.DisplayName.EndsWith("." + name, StringComparison.Ordinal);
}

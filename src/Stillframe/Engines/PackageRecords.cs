namespace Stillframe.Engines;

/// <summary>Where a directory of unpacked packages says what it is made of.</summary>
static class PackageRecords
{
    /// <summary>One control paragraph a package, as scanners of images without dpkg expect it.</summary>
    public const string StatusDirectory = "var/lib/dpkg/status.d";

    /// <summary>One list of files a package, as dpkg keeps them.</summary>
    public const string ListDirectory = "var/lib/dpkg/info";
}

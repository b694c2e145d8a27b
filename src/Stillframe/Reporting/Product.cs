namespace Stillframe.Reporting;

/// <summary>What this program calls itself where others see it: in histories of images, names of containers, places of caches.</summary>
public static class Product
{
    /// <summary>In lower case, as all of them need it.</summary>
    public const string Name = "stillframe";
}

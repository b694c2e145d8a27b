using System.Text.Json;

/// <summary>What a publish has made.</summary>
sealed record PublishedImages(string ServiceDigest, string FrameDigest, string DataVersion)
{
    public static PublishedImages Read(string frameReport, string serviceDigestFile)
    {
        using var report = JsonDocument.Parse(File.ReadAllBytes(frameReport));
        string Property(string name) => report.RootElement.EnumerateObject().FirstOrDefault(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value.ToString();
        return new(File.ReadAllText(serviceDigestFile).Trim(), Property("digest"), Property("dataVersion"));
    }

    public void Print(string service, string frame, string compose)
    {
        Console.WriteLine();
        Console.WriteLine($"Service   {service}\n          {ServiceDigest}");
        Console.WriteLine($"Database  {frame}\n          {FrameDigest}\n          data version {DataVersion}");
        Console.WriteLine($"Compose   {compose}");
    }
}

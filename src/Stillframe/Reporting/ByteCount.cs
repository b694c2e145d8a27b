using System.Globalization;

namespace Stillframe.Reporting;

/// <summary>Numbers of bytes as people read them: <c>512 B</c>, <c>16.4 kB</c>, <c>1.2 MB</c>, <c>3.70 GB</c>; powers of 1000.</summary>
static class ByteCount
{
    public static string Text(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 999_950 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 999_950_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
    };
}

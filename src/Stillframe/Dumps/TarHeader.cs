using System.Text;

namespace Stillframe.Dumps;

/// <summary>The first block of a tar archive. POSIX.1-2024, <c>pax</c>, "ustar Interchange Format".</summary>
/// <remarks>Own: System.Formats.Tar's reader says no by an exception, and this is asked of every dump.</remarks>
static class TarHeader
{
    const int Block = 512;

    const int ChecksumAt = 148, ChecksumLength = 8;

    /// <summary>By the checksum, which tars of every age have.</summary>
    public static bool IsOne(ReadOnlySpan<byte> start)
    {
        if (start.Length < Block)
            return false;
        var field = Encoding.ASCII.GetString(start.Slice(ChecksumAt, ChecksumLength)).Trim('\0', ' ');
        if (field.Length == 0 || field.Any(digit => digit is < '0' or > '7'))
            return false;
        var sum = ChecksumLength * ' ';
        for (var i = 0; i < Block; i++)
            sum += i is >= ChecksumAt and < ChecksumAt + ChecksumLength ? 0 : start[i];
        return Convert.ToInt32(field, 8) == sum;
    }
}

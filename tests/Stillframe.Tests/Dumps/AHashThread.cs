using System.Security.Cryptography;
using Stillframe.Dumps;

namespace Stillframe.Tests.Dumps;

public sealed class AHashThread
{
    [Fact]
    public void Gives_its_exception_to_whoever_waits_for_it()
    {
        using var thread = new HashThread();
        var gone = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        gone.Dispose();
        for (var i = 0; i < 20; i++)
            thread.Append(gone, new byte[HashBlock.Size]);

        Assert.Throws<ObjectDisposedException>(() => thread.Drain(default));
    }
}

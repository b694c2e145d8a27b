using System.Security.Cryptography;
using System.Text;

namespace Stillframe.Connections;

/// <summary>An account of the server and its password.</summary>
sealed record ServerCredentials(string User, string Password)
{
    /// <summary>Without the password: what is printed ends up in logs.</summary>
    public override string ToString() => $"account '{User}'";

    /// <summary>A password that lives as long as one build.</summary>
    public static ServerCredentials Random(string user) => new(user, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));

    /// <summary>As <c>mysql_native_password</c> stores it: <c>*</c> and SHA1(SHA1(password)) in hexadecimal digits.</summary>
    public string NativePasswordHash()
    {
        if (Password.Length == 0)
            return "";
#pragma warning disable CA5350 // defined with SHA-1
        return "*" + Convert.ToHexString(SHA1.HashData(SHA1.HashData(Encoding.UTF8.GetBytes(Password))));
#pragma warning restore CA5350
    }
}

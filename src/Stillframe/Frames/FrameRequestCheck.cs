using Stillframe.Families;
using Stillframe.Loading;
using Stillframe.Oci;

namespace Stillframe.Frames;

/// <summary>Finds whatever of a request is wrong by itself.</summary>
static class FrameRequestCheck
{
    const int LongestUser = 80;

    static readonly string[] ReservedUsers = ["", "root", "mariadb.sys", "mysql.infoschema", "mysql.session", "mysql.sys", FrameAccounts.Definer, ServerAccounts.BuilderName];

    /// <exception cref="StillframeException">SF1101 to SF1103.</exception>
    public static void Check(FrameRequest request)
    {
        CheckReader(request.Reader);
        if (request.Platforms.Count > 0 && !request.Platforms.Any(Platform.Current.Accepts))
            throw new StillframeException(
                ErrorCodes.OptionInvalid,
                $"The frame is to be for {string.Join(", ", request.Platforms)}, and this machine is {Platform.Current}: a frame is started once where it is made. Add this machine's to DatabaseImageRuntimeIdentifiers, or publish on one of those.");
        FrameLabelNames.Check(request.Labels.Keys);
        _ = ServerFamily.Of(request.Engine.Program).FrameOptions(request.ServerOptions);
    }

    static void CheckReader(ReaderAccount reader)
    {
        if (ReservedUsers.Contains(reader.User, StringComparer.OrdinalIgnoreCase) || reader.User.Length > LongestUser)
            throw new StillframeException(
                ErrorCodes.OptionInvalid, $"The reader account can't be called '{reader.User}'. Give DatabaseReaderUser another name, of 1 to 80 characters.");
        if (reader.Password.Length == 0 && !reader.AllowEmptyPassword)
            throw new StillframeException(
                ErrorCodes.ReaderPasswordMissing,
                $"The account '{reader.User}' has no password. Set DatabaseReaderPassword (best from the environment), or DatabaseAllowEmptyPassword=true where everybody may read the data.");
    }
}

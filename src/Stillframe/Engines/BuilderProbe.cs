namespace Stillframe.Engines;

/// <summary>What the builder container says of itself when it starts.</summary>
/// <param name="User"><c>uid:gid</c> of the image's account <c>mysql</c>; null where it has none.</param>
/// <param name="Server">Path of <c>mariadbd</c>, or of <c>mysqld</c> where that is not there; null where there is neither.</param>
/// <param name="Share">Of a MariaDB; null where there is none, and where a MySQL looks where it was made to.</param>
/// <param name="Version">What <c>mariadbd --version</c> says.</param>
/// <param name="Admin">Path of <c>mariadb-admin</c> or <c>mysqladmin</c>; null where there is none that runs.</param>
sealed record BuilderProbe(string? User, string? Server, string? Share, string? Version, string? Admin = null)
{
    public const string DataDirectory = "/stillframe/data";
    public const string RunDirectory = "/stillframe/run";
    public const string TemporaryFiles = "/stillframe/tmp";
    public const string EmptyDirectory = "/stillframe/none";

    /// <summary>Who serves the frame: the image's account, or anybody where it has none or calls root so.</summary>
    public string FrameUser => User is null || User.StartsWith("0:", StringComparison.Ordinal) ? ServerPlace.AnyUser : User;

    /// <summary>The last line of the answer.</summary>
    public const string End = "stillframe-ready";

    /// <summary>
    /// The container's main program: makes the directories, describes the image, then lives as long as its standard input is open, and with it
    /// everything in the container. Not below the image's own data directory, which is a declared volume.
    /// </summary>
    public const string Script = $"""
        PATH=$PATH:/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin
        mkdir -p {DataDirectory} {RunDirectory} {TemporaryFiles} {EmptyDirectory}
        while IFS=: read -r name password uid gid rest; do
          if [ "$name" = mysql ]; then echo "user=$uid:$gid"; chown "$uid:$gid" {DataDirectory} {RunDirectory} {TemporaryFiles}; fi
        done </etc/passwd
        for server in "$(command -v mariadbd)" /usr/local/mysql/bin/mariadbd /opt/*/bin/mariadbd /opt/*/sbin/mariadbd /opt/*/*/bin/mariadbd /opt/*/*/sbin/mariadbd; do
          if [ -x "$server" ]; then break; fi
        done
        tool=mariadb-admin
        if [ ! -x "$server" ]; then
          tool=mysqladmin
          for server in "$(command -v mysqld)" /usr/local/mysql/bin/mysqld /opt/*/bin/mysqld; do
            if [ -x "$server" ]; then break; fi
          done
        fi
        if [ -x "$server" ]; then echo "server=$server"; echo "version=$("$server" --no-defaults --version)"; fi
        own=$(dirname "$(dirname "$server")")/share
        for share in "$own/mysql" "$own/mariadb" "$own" /usr/share/mysql /usr/share/mariadb /usr/local/mysql/share /opt/*/mariadb/share; do
          if [ -f "$share/mysql_system_tables.sql" ] || [ -f "$share/mariadb_system_tables.sql" ]; then echo "share=$share"; fi
        done
        for admin in "$(dirname "$server")/$tool" "$(dirname "$(dirname "$server")")/bin/$tool" "$(command -v $tool)"; do
          if [ -x "$admin" ] && "$admin" --no-defaults --version >/dev/null 2>&1; then echo "admin=$admin"; break; fi
        done
        echo {End}
        while read -r line; do :; done
        """;

    public static BuilderProbe Parse(string text)
    {
        var values = text.Split('\n', StringSplitOptions.TrimEntries)
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2 && pair[1].Length > 0)
            .GroupBy(pair => pair[0])
            .ToDictionary(group => group.Key, group => group.First()[1]);
        return new(
            values.GetValueOrDefault("user"),
            values.GetValueOrDefault("server"),
            values.GetValueOrDefault("share"),
            values.GetValueOrDefault("version"),
            values.GetValueOrDefault("admin"));
    }

    /// <param name="program">The server that it is to have.</param>
    /// <exception cref="StillframeException">SF2004: the image holds no usable server.</exception>
    public ServerRelease Require(string image, ServerProgram program)
    {
        if (Server is null)
            throw Unusable(image, $"lacks the program '{program.Name}'", program);
        if (ServerReleaseText.Parse(Version ?? "") is not { } release)
            throw Unusable(image, $"has a server that calls itself '{Version}', which is not a {program.Product} release", program);
        if (release.Product != program.Product)
            throw new StillframeException(
                ErrorCodes.BaseImageUnusable,
                $"The base image '{image}' has {release}, and the frame is to have {program.Product}. Say DatabaseServer={release.Product.ToLowerInvariant()}, or give another DatabaseBaseImage, such as {program.DefaultImage}.");
        if (Share is null && program.MayBeOfHost)
            throw Unusable(image, "lacks the server's share directory with its system tables", program);
        return release;
    }

    public static StillframeException Unusable(string image, string what, ServerProgram program) => new(
        ErrorCodes.BaseImageUnusable,
        $"The base image '{image}' {what}. Give an image with a whole {program.Product} server as DatabaseBaseImage, such as {program.DefaultImage}.");
}

namespace Stillframe.Files;

/// <summary>Where this user keeps what is only there to be faster.</summary>
public static class UserCache
{
    /// <summary><c>XDG_CACHE_HOME</c>, or the place that the system has for it. https://specifications.freedesktop.org/basedir-spec/latest/</summary>
    public static string Directory
    {
        get
        {
            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (string.IsNullOrEmpty(cache))
            {
                cache = OperatingSystem.IsWindows()
                    ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                    : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            }

            return Path.Combine(cache, Product.Name);
        }
    }
}

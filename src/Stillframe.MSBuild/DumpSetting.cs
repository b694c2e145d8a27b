using System.Globalization;
using Stillframe.Masters;

namespace Stillframe.MSBuild;

/// <summary>Values of the properties that say what a dump may cost its master.</summary>
static class DumpSetting
{
    /// <exception cref="StillframeException">SF1101.</exception>
    public static MasterDumpOptions Options(string connections, string rate, string maxThreadsRunning, string maxHistory, string verifyEvery, string changes)
    {
        var standard = new MasterDumpOptions();
        return new()
        {
            Connections = (int)Number("DatabaseDumpConnections", connections, standard.Connections),
            Rate = Number("DatabaseDumpRate", rate, standard.Rate, isWhole: false),
            MaxThreadsRunning = (int)Number("DatabaseDumpMaxThreadsRunning", maxThreadsRunning, standard.MaxThreadsRunning),
            MaxHistory = (long)Number("DatabaseDumpMaxHistory", maxHistory, standard.MaxHistory),
            VerifyEvery = (int)Number("DatabaseDumpVerifyEvery", verifyEvery, standard.VerifyEvery),
            Changes = Setting.Choice("DatabaseDumpChanges", changes, standard.Changes, ("auto", ChangeSource.Auto), ("checksum", ChangeSource.Checksum), ("none", ChangeSource.None)),
        };
    }

    static double Number(string property, string text, double whenUnset, bool isWhole = true) =>
        Setting.Optional(text) is not { } given ? whenUnset
        : double.TryParse(given, isWhole ? NumberStyles.None : NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue ? number
        : throw new StillframeException(ErrorCodes.OptionInvalid, $"{property} is '{given}'; it is a {(isWhole ? "whole " : "")}number, such as {(isWhole ? "2" : "12.5")}.");
}

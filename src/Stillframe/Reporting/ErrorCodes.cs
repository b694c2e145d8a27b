namespace Stillframe.Reporting;

/// <summary>
/// Every code, in one place. SF1xxx input, SF2xxx engine, SF3xxx registry and archives, SF4xxx verification, SF5xxx masters, SF6xxx backups, SF7xxx refreshes.
/// A code is never given a second meaning.
/// </summary>
public static class ErrorCodes
{
    // SF10xx: dump files
    /// <summary>A dump or script file does not exist or can't be read.</summary>
    public const string DumpMissing = "SF1001";
    /// <summary>A dump file is empty.</summary>
    public const string DumpEmpty = "SF1002";
    /// <summary>A dump was cut off: trailer missing, string, comment or DELIMITER block not ended.</summary>
    public const string DumpCutOff = "SF1003";
    /// <summary>The gzip stream is broken.</summary>
    public const string DumpGzipBroken = "SF1004";
    /// <summary>The dump creates no table.</summary>
    public const string DumpWithoutTable = "SF1005";
    /// <summary>A statement does not belong in a frame.</summary>
    public const string StatementRefused = "SF1006";
    /// <summary>A client command (\!, source, …) in a dump.</summary>
    public const string ClientCommandRefused = "SF1007";
    /// <summary>The dump makes something in a schema that belongs to the server or to the frame.</summary>
    public const string SchemaReserved = "SF1008";
    /// <summary>A single statement is larger than a server takes.</summary>
    public const string StatementTooLarge = "SF1009";
    /// <summary>The frame would not have the data version that the service was compiled with.</summary>
    public const string DumpChanged = "SF1010";
    /// <summary>A dump file was another one when it was read again.</summary>
    public const string DumpReplaced = "SF1011";
    /// <summary>There is no dump at all: no item, or a pattern that matches nothing.</summary>
    public const string NoDump = "SF1012";
    /// <summary>The file is of another database, or no dump at all.</summary>
    public const string DumpForeign = "SF1013";
    /// <summary>A collation that MySQL has and not every MariaDB server: a warning at the check, an error where the server is known not to have it.</summary>
    public const string CollationUnknown = "SF1014";
    /// <summary>A directory given as a dump is none, or not whole.</summary>
    public const string DumpDirectoryBroken = "SF1015";

    // SF102x: masks
    /// <summary>A mask or exclusion names no column or table, or its column can't have it.</summary>
    public const string MaskInvalid = "SF1020";
    /// <summary>A column of <c>DatabaseMaskRequired</c> has neither a mask nor <c>keep</c>.</summary>
    public const string MaskMissing = "SF1021";
    /// <summary>There are masks, and no key or a short one.</summary>
    public const string MaskKeyMissing = "SF1022";
    /// <summary>Rows that can't be masked: an expression, a value of another form, a statement that brings rows in another way.</summary>
    public const string RowNotMasked = "SF1023";

    // SF103x: rows that a server makes of the dump's
    /// <summary>A subset names no table, has a condition that no server takes, or is of a dump that has to be loaded in its order.</summary>
    public const string SubsetInvalid = "SF1030";
    /// <summary>A script touches more than the rows of the tables that it names.</summary>
    public const string ScriptTouchesMore = "SF1031";

    // SF11xx: properties
    /// <summary>A property or option has a value that can't be used.</summary>
    public const string OptionInvalid = "SF1101";
    /// <summary>No reader password and no permission for an empty one.</summary>
    public const string ReaderPasswordMissing = "SF1102";
    /// <summary>A repository name, tag or label is not valid.</summary>
    public const string ReferenceInvalid = "SF1103";
    /// <summary>The .NET SDK is too old for the tasks.</summary>
    public const string SdkTooOld = "SF1104";
    /// <summary>The service is published for another architecture than its frame (a warning).</summary>
    public const string ArchitectureDiffers = "SF1107";
    /// <summary>A project's target frameworks have different dumps, and no framework was chosen.</summary>
    public const string FrameworkAmbiguous = "SF1108";

    // SF20xx: engines
    /// <summary>No engine works here.</summary>
    public const string NoEngine = "SF2001";
    /// <summary>The engine asked for by name does not work.</summary>
    public const string EngineUnavailable = "SF2002";
    /// <summary>The base image can't be found.</summary>
    public const string BaseImageMissing = "SF2003";
    /// <summary>The base image holds no usable server.</summary>
    public const string BaseImageUnusable = "SF2004";
    /// <summary>The server did not start.</summary>
    public const string ServerStartFailed = "SF2005";
    /// <summary>The server ended while it was needed.</summary>
    public const string ServerDied = "SF2006";
    /// <summary>The server refused a statement of the dump or of a script.</summary>
    public const string StatementFailed = "SF2007";
    /// <summary>The server's packages are not available from apt.</summary>
    public const string PackagesUnavailable = "SF2008";
    /// <summary>A program the engine needs failed.</summary>
    public const string ProgramFailed = "SF2009";
    /// <summary>The data directory could not be frozen.</summary>
    public const string FreezeFailed = "SF2010";
    /// <summary>The loaded server has accounts, privileges, plugins or code of its own that a frame does not have.</summary>
    public const string AccountsDiffer = "SF2011";
    /// <summary>The engine chosen by itself can't get its base image; another server is taken (a warning).</summary>
    public const string OtherServer = "SF2012";
    /// <summary>The server taken for want of the base image is of another release than the previous frame's.</summary>
    public const string ServerChanged = "SF2013";
    /// <summary>The frame's server is not to be had for one of the platforms that the frame is to be for.</summary>
    public const string PlatformUnavailable = "SF2014";

    // SF30xx: layers, archives, registries
    /// <summary>No space left, or a file can't be written.</summary>
    public const string WriteFailed = "SF3001";
    /// <summary>The registry can't be reached.</summary>
    public const string RegistryUnreachable = "SF3002";
    /// <summary>The registry refuses the credentials.</summary>
    public const string RegistryDenied = "SF3003";
    /// <summary>The registry answered with an error.</summary>
    public const string RegistryFailed = "SF3004";
    /// <summary>Bytes from a registry or archive do not have the digest they should have.</summary>
    public const string DigestMismatch = "SF3005";
    /// <summary>The local container engine refused the image.</summary>
    public const string EngineLoadFailed = "SF3006";
    /// <summary>An image layout or archive is not what it should be.</summary>
    public const string LayoutInvalid = "SF3007";
    /// <summary>The image is no frame, or one of an older format.</summary>
    public const string NotAFrame = "SF3008";
    /// <summary>There is no image, archive or repository of this name.</summary>
    public const string ImageMissing = "SF3009";
    /// <summary>A registry wants a password, or data, where anybody on the way could read it.</summary>
    public const string RegistryInTheClear = "SF3010";
    /// <summary>An archive names a file outside of the directory that it is unpacked into, or reaches it through a link.</summary>
    public const string ArchiveUnsafe = "SF3011";

    // SF40xx: verification
    /// <summary>A promise of the frame does not hold.</summary>
    public const string VerificationFailed = "SF4001";
    /// <summary>The frame did not start.</summary>
    public const string FrameStartFailed = "SF4002";
    /// <summary>The finished frame does not hold at its first start what was loaded.</summary>
    public const string StartCheckFailed = "SF4003";

    // SF50xx: masters
    /// <summary>The master can't be reached.</summary>
    public const string MasterUnreachable = "SF5001";
    /// <summary>The master refuses the login, or a statement that a dump needs.</summary>
    public const string MasterRefused = "SF5002";
    /// <summary>The master's definitions changed while it was dumped, or it has what a dump can't take, such as an unfinished restore.</summary>
    public const string MasterNotDumped = "SF5003";
    /// <summary>The way to the master is not safe: no TLS, a certificate that is not trusted, a password that others could read.</summary>
    public const string MasterUnsafe = "SF5004";
    /// <summary>The account may not see everything that a dump has to have.</summary>
    public const string MasterRightsMissing = "SF5005";
    /// <summary>A dump was stopped because it cost the master more than it may.</summary>
    public const string MasterOverloaded = "SF5006";
    /// <summary>A table that was as it had been, by checksum or by the master's log, has other rows than in the previous dump.</summary>
    public const string DumpDiffers = "SF5007";

    // SF60xx: backups
    /// <summary>A repository, tag or artifact holds no backups, but something else, such as frames.</summary>
    public const string NotABackup = "SF6001";
    /// <summary>What is to be restored into is not empty, or has what an interrupted restore left.</summary>
    public const string RestoreRefused = "SF6002";
    /// <summary>The server restored into refuses a statement, or closes the connection.</summary>
    public const string RestoreFailed = "SF6003";
    /// <summary>Restored tables are not those that were dumped.</summary>
    public const string RestoreDiffers = "SF6004";
    /// <summary>The registry does not delete.</summary>
    public const string RegistryKeepsAll = "SF6005";
    /// <summary>The program that encrypts or decrypts a backup is not installed.</summary>
    public const string CipherMissing = "SF6006";
    /// <summary>A backup can't be encrypted to its recipient, or has none where those of its repository are encrypted.</summary>
    public const string BackupNotEncrypted = "SF6007";
    /// <summary>A backup is encrypted, and no identity here opens it.</summary>
    public const string BackupIdentityMissing = "SF6008";
    /// <summary>An encrypted file of a backup is damaged, or is not the one that was backed up.</summary>
    public const string BackupDamaged = "SF6009";

    // SF70xx: refreshes
    /// <summary>The dump defines something else than the frame of the released service.</summary>
    public const string SchemaChanged = "SF7001";
    /// <summary>Another refresh of the same repository is at work.</summary>
    public const string RefreshRuns = "SF7002";
    /// <summary>The frame was published by somebody else while it was refreshed.</summary>
    public const string PublishedMeanwhile = "SF7003";

    // SF80xx: roll-outs
    /// <summary>A file that says what is rolled out is not there, or says it wrongly.</summary>
    public const string RolloutFilesMissing = "SF8001";
    /// <summary>A pair was not healthy, and was taken back.</summary>
    public const string RolloutFailed = "SF8002";
    /// <summary>A program of an orchestrator failed.</summary>
    public const string OrchestratorRefused = "SF8003";

    // SF90xx: Stillframe itself
    /// <summary>Something nobody thought of; the log has the details.</summary>
    public const string Unexpected = "SF9001";
}

namespace Stillframe.Oci;

/// <summary>Labels of images and containers. OCI image specification, "Annotations", section "Pre-Defined Annotation Keys", and our own.</summary>
static class LabelNames
{
    public const string
        Title = "org.opencontainers.image.title",
        Version = "org.opencontainers.image.version",
        Revision = "org.opencontainers.image.revision",
        Source = "org.opencontainers.image.source",
        Created = "org.opencontainers.image.created",
        BaseName = "org.opencontainers.image.base.name",
        BaseDigest = "org.opencontainers.image.base.digest";

    /// <summary>Of a frame.</summary>
    public const string
        DataVersion = "io.stillframe.data-version",
        SchemaVersion = "io.stillframe.schema-version",
        DumpFingerprint = "io.stillframe.dump-fingerprint",
        ServerVersion = "io.stillframe.server-version",
        PackageVersion = "io.stillframe.version";

    /// <summary>Of a frame: where its dump comes from.</summary>
    public const string
        SourceHost = "io.stillframe.source.host",
        SourceVersion = "io.stillframe.source.version",
        BinlogFile = "io.stillframe.source.binlog-file",
        BinlogPosition = "io.stillframe.source.binlog-position",
        Gtid = "io.stillframe.source.gtid",
        SourceTime = "io.stillframe.source.time";

    /// <summary>Of a backup, beside those of where its dump comes from: how much is in it.</summary>
    public const string DumpTables = "io.stillframe.dump-tables", DumpRows = "io.stillframe.dump-rows";

    /// <summary>Of an encrypted file of a backup: by which the next backup knows what is in it, with a key that stays where backups are made.</summary>
    public const string ContentMac = "io.stillframe.content-mac";

    /// <summary>Of a frame: says that the last layer holds the link map, and where its file is.</summary>
    public const string LinkMap = "io.stillframe.link-map";

    /// <summary>Of a scratch image, which has no other label to say it: the data version of its frame.</summary>
    public const string Scratch = "io.stillframe.scratch";

    /// <summary>Of containers: in which a frame is made, and in which one is started.</summary>
    public const string Builder = "io.stillframe.builder", Stage = "io.stillframe.stage";
}

using Stillframe.Dumps;

namespace Stillframe.MSBuild;

/// <summary>
/// What was found when dumps and scripts were read last. Written without JSON: every build reads this, and getting a serializer ready takes longer than
/// all the rest.
/// </summary>
/// <param name="Settings">That dumps were read with.</param>
/// <param name="Dump">As far as a data version depends on it; the rest is in the report alone.</param>
sealed record DumpCheck(string Settings, IReadOnlyList<CheckedFile> Dumps, IReadOnlyList<CheckedFile> Scripts, DumpSummary Dump)
{
    const string Format = "stillframe check 3";

    /// <returns>Null where there is none, or one of another version, or half of one.</returns>
    public static DumpCheck? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(File.ReadAllBytes(path)));
            if (reader.ReadString() != Format)
                return null;
            var settings = reader.ReadString();
            var (dumps, scripts) = (Files(reader), Files(reader));
            var (fingerprint, schemaVersion) = (reader.ReadString(), reader.ReadString());
            var schemas = dumps.Select(_ => reader.ReadBoolean() ? reader.ReadString() : null).ToList();
            var time = Time(reader);
            DateTimeOffset? clock = Time(reader) is { } ticks ? new(ticks, default) : null;
            return reader.ReadString() == Format ? new(settings, dumps, scripts, Summary(fingerprint, dumps, schemas, time) with { SchemaVersion = schemaVersion, Clock = clock }) : null;
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    public void Write(string path)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write(Format);
            writer.Write(Settings);
            Write(writer, Dumps);
            Write(writer, Scripts);
            writer.Write(Dump.DataVersion);
            writer.Write(Dump.SchemaVersion);
            foreach (var file in Dump.Files)
            {
                writer.Write(file.DefaultSchema is not null);
                if (file.DefaultSchema is { } schema)
                    writer.Write(schema);
            }

            Write(writer, Dump.Source.DumpTime);
            Write(writer, Dump.Clock?.UtcDateTime);
            writer.Write(Format);
        }

        File.WriteAllBytes(path, bytes.ToArray());
    }

    static DumpSummary Summary(string fingerprint, IReadOnlyList<CheckedFile> dumps, IReadOnlyList<string?> schemas, DateTime? time) => new()
    {
        DataVersion = fingerprint,
        Tables = [],
        Schemas = [],
        Files = [.. dumps.Zip(schemas, (file, schema) => new DumpFile(file.Path, file.Length, file.Sha256, schema))],
        Source = new() { DumpTime = time },
        OrderedBecause = "only its report tells",
    };

    static DateTime? Time(BinaryReader reader) => reader.ReadBoolean() ? new DateTime(reader.ReadInt64()) : null;

    static void Write(BinaryWriter writer, DateTime? time)
    {
        writer.Write(time is not null);
        if (time is { } known)
            writer.Write(known.Ticks);
    }

    static List<CheckedFile> Files(BinaryReader reader)
    {
        var files = new List<CheckedFile>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var (path, length, sha256) = (reader.ReadString(), reader.ReadInt64(), reader.ReadString());
            var stamp = reader.ReadBoolean() ? new FileStamp(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadUInt64(), reader.ReadUInt64()) : null;
            files.Add(new(path, length, sha256, stamp));
        }

        return files;
    }

    static void Write(BinaryWriter writer, IReadOnlyList<CheckedFile> files)
    {
        writer.Write(files.Count);
        foreach (var file in files)
        {
            writer.Write(file.Path);
            writer.Write(file.Length);
            writer.Write(file.Sha256);
            writer.Write(file.Stamp is not null);
            if (file.Stamp is not { } stamp)
                continue;
            writer.Write(stamp.Length);
            writer.Write(stamp.Modified);
            writer.Write(stamp.Changed);
            writer.Write(stamp.Node);
            writer.Write(stamp.Device);
        }
    }
}

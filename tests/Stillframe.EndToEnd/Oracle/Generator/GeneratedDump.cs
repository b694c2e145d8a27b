namespace Stillframe.EndToEnd.Oracle.Generator;

/// <summary>A dump, which seed and index alone decide.</summary>
/// <param name="Kind">For counting outcomes.</param>
/// <param name="Prefix">Every schema's name starts with it, and no other dump's does.</param>
/// <param name="MayBeRefused">What it has that a frame need not take; null where it must be taken if the client takes it.</param>
sealed record GeneratedDump(int Index, string Kind, string Prefix, IReadOnlyList<DumpPart> Files, string? MayBeRefused = null)
{
    public int Pieces => Files.Sum(file => file.Pieces.Count);

    /// <summary>The same dump without some of its pieces, which are counted through all files.</summary>
    public GeneratedDump Without(ISet<int> left)
    {
        var number = 0;
        return this with { Files = [.. Files.Select(file => file with { Pieces = [.. file.Pieces.Where(_ => !left.Contains(number++))] })] };
    }

    public string Text => string.Join("\n", Files.Select(file => (Files.Count > 1 ? $"-- file {file.Name}\n" : "") + System.Text.Encoding.Latin1.GetString(file.Content)));
}

/// <summary>One file of a dump.</summary>
/// <param name="Name">Without directory.</param>
/// <param name="Schema">What a person would name to the client, for a file that does not say it.</param>
/// <param name="Pieces">Statements with their delimiters, comments and commands: what can be left out to find what matters.</param>
sealed record DumpPart(string Name, string? Schema, IReadOnlyList<byte[]> Pieces)
{
    public byte[] Content => [.. Pieces.SelectMany(piece => piece)];
}

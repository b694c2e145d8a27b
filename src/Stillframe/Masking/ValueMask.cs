using Stillframe.Dumps;

namespace Stillframe.Masking;

/// <summary>How a value is written in a statement.</summary>
enum LiteralForm
{
    /// <summary>In quotes.</summary>
    Text,
    /// <summary>Hexadecimal or bits, or in quotes as <c>_binary</c>.</summary>
    Bytes,
    /// <summary>Without quotes.</summary>
    Number,
}

/// <summary>Makes other values of values; NULL stays NULL. For one thread.</summary>
/// <param name="secret">What it has of the key; null for none.</param>
abstract class ValueMask(IDisposable? secret) : IDisposable
{
    /// <summary>Writes another value as a literal.</summary>
    /// <returns>False where the value is none of those that the mask is for.</returns>
    public abstract bool Write(ReadOnlySpan<byte> value, LiteralForm form, MaskedText output);

    public static ValueMask Of(ColumnMask mask, MaskRequest request)
    {
        var use = $"{mask.Kind}\0{mask.Domain}";
        return mask.Kind switch
        {
            MaskKind.Constant => new ConstantMask(mask),
            MaskKind.Hash when mask.Form == ColumnForm.Bytes => new BytesMask(new(request.Derive(use + "\0bytes")), mask.Length),
            MaskKind.Hash => HashMask.Hex(new(request.Derive(use)), mask.Length),
            MaskKind.Email => HashMask.Email(new(request.Derive(use)), mask.Length),
            MaskKind.Name => new NameMask(new(request.Derive(use)), mask.Length),
            MaskKind.Digits when mask.Form != ColumnForm.Text => new NumberMask(new(request.Derive(use + "\0number")), mask.Form == ColumnForm.Decimal),
            MaskKind.Digits => new FormatMask(new(request.Derive(use)), letters: false),
            MaskKind.Letters => new FormatMask(new(request.Derive(use)), letters: true),
            MaskKind.Date => new DateMask(new(request.Derive(use))),
            _ => new NullMask(),
        };
    }

    public void Dispose() => secret?.Dispose();
}

/// <summary>No value.</summary>
sealed class NullMask() : ValueMask(null)
{
    public override bool Write(ReadOnlySpan<byte> value, LiteralForm form, MaskedText output)
    {
        output.Append("NULL"u8);
        return true;
    }
}

/// <summary>One value, in place of empty ones, too.</summary>
sealed class ConstantMask(ColumnMask mask) : ValueMask(null)
{
    readonly byte[] constant = System.Text.Encoding.UTF8.GetBytes(mask.Value ?? "");

    public override bool Write(ReadOnlySpan<byte> value, LiteralForm form, MaskedText output)
    {
        if (mask.Form == ColumnForm.Bit)
            output.Append(constant is [(byte)'1'] ? "0x01"u8 : "0x00"u8); // bytes go in bulk, numbers don't
        else if (mask.Form is ColumnForm.Integer or ColumnForm.Decimal or ColumnForm.Float)
            output.Append(constant);
        else
            output.Quoted(constant);
        return true;
    }
}

/// <summary>Bytes in place of bytes.</summary>
sealed class BytesMask(KeyedHash hash, int length) : ValueMask(hash)
{
    public override bool Write(ReadOnlySpan<byte> value, LiteralForm form, MaskedText output)
    {
        output.Hex(value.IsEmpty ? value : hash.Of(value)[..Math.Min(length, 32)]);
        return true;
    }
}

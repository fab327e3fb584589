using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WixInbox;

/// <summary>The first half of a SHA-256: short enough for one to be kept for each row of a run, and long enough that no two rows share one.</summary>
internal readonly record struct Hash128(ulong High, ulong Low)
{
    public static Hash128 Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static Hash128 Of(byte[] bytes)
    {
#if NETFRAMEWORK
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(bytes);
#else
        var hash = SHA256.HashData(bytes);
#endif
        return FromDigest(hash);
    }

    /// <summary>Shortens a SHA-256.</summary>
    public static Hash128 FromDigest(byte[] sha256) => new(BigEndian(sha256, 0), BigEndian(sha256, 8));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <returns>The hash, or null if the text is none.</returns>
    public static Hash128? Parse(string? text) =>
        text is { Length: 32 }
        && ulong.TryParse(text.Remove(16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
        && ulong.TryParse(text.Remove(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low)
            ? new Hash128(high, low)
            : null;

    /// <inheritdoc/>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0:x16}{1:x16}", High, Low);

    private static ulong BigEndian(byte[] bytes, int start)
    {
        ulong value = 0;
        for (var index = start; index < start + 8; index++)
        {
            value = (value << 8) | bytes[index];
        }

        return value;
    }
}

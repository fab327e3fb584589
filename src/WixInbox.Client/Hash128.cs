using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WixInbox;

/// <summary>
/// The first half of a SHA-256: short enough for one to be kept for each row of a run, and long enough that no two rows
/// share one.
/// </summary>
internal readonly record struct Hash128(ulong High, ulong Low)
{
    /// <summary>How many characters <see cref="ToString"/> gives.</summary>
    public const int Digits = 32;

    public static Hash128 Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static Hash128 Of(byte[] bytes) => FromDigest(SHA256.HashData(bytes));

    /// <summary>Shortens a SHA-256.</summary>
    public static Hash128 FromDigest(byte[] sha256) => new(BigEndian(sha256, 0), BigEndian(sha256, 8));

    /// <summary>Reads what <see cref="ToString"/> wrote, in lower case as there.</summary>
    /// <returns>The hash, or null if the text is none.</returns>
    public static Hash128? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length != Digits)
        {
            return null;
        }

        ulong high = 0, low = 0;
        var isHash = true;
        foreach (var letter in text)
        {
            // No branch, which a processor would guess wrong half of the time.
            isHash &= (uint)(letter - '0') < 10 | (uint)(letter - 'a') < 6;
            high = (high << 4) | (low >> 60);
            low = (low << 4) | (uint)((letter & 0xF) + (9 * (letter >> 6)));
        }

        return isHash ? new Hash128(high, low) : null;
    }

    /// <summary>Gets the same bits as a type that is public.</summary>
    public Guid ToGuid() => new([.. BitConverter.GetBytes(High), .. BitConverter.GetBytes(Low)]);

    /// <inheritdoc/>
    public override string ToString() =>
        High.ToString("x16", CultureInfo.InvariantCulture) + Low.ToString("x16", CultureInfo.InvariantCulture);

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

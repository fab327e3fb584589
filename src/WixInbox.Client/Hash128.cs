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
    public static Hash128 Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static Hash128 Of(byte[] bytes) => FromDigest(SHA256.HashData(bytes));

    /// <summary>Shortens a SHA-256.</summary>
    public static Hash128 FromDigest(byte[] sha256) => new(BigEndian(sha256, 0), BigEndian(sha256, 8));

    /// <summary>Reads what <see cref="ToString"/> wrote, in lower case as there.</summary>
    /// <returns>The hash, or null if the text is none.</returns>
    public static Hash128? Parse(string? text)
    {
        if (text is not { Length: 32 })
        {
            return null;
        }

        ulong high = 0, low = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var digit = text[index] switch
            {
                >= '0' and <= '9' => text[index] - '0',
                >= 'a' and <= 'f' => text[index] - 'a' + 10,
                _ => -1,
            };
            if (digit < 0)
            {
                return null;
            }

            high = (high << 4) | (low >> 60);
            low = (low << 4) | (uint)digit;
        }

        return new Hash128(high, low);
    }

    /// <summary>Gets the same bits as a type that is public.</summary>
    public Guid ToGuid() => new([.. BitConverter.GetBytes(High), .. BitConverter.GetBytes(Low)]);

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

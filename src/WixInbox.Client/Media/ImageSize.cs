using System.Buffers.Binary;

namespace WixInbox.Media;

/// <summary>
/// Reads the width and the height of an image from its first bytes, as they are stored: a photo that a camera has
/// marked to be turned (EXIF) is not turned. What breaks off or makes no sense has none; nothing here throws, whatever
/// the bytes.
/// </summary>
internal static class ImageSize
{
    public static bool IsPng(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);

    public static bool IsJpeg(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    public static bool IsGif(ReadOnlySpan<byte> bytes) => bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8);

    public static bool IsWebP(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes.Slice(8).StartsWith("WEBP"u8);

    /// <summary>Reads the size of a PNG, JPEG, GIF or WebP image.</summary>
    /// <param name="bytes">Its first bytes.</param>
    /// <returns>Width and height in pixels; null if they are not there.</returns>
    public static (int Width, int Height)? Read(ReadOnlySpan<byte> bytes)
    {
        var (width, height) =
            IsPng(bytes) ? OfPng(bytes)
            : IsJpeg(bytes) ? OfJpeg(bytes)
            : IsGif(bytes) ? OfGif(bytes)
            : IsWebP(bytes) ? OfWebP(bytes)
            : default;
        return width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue ? ((int)width, (int)height) : null;
    }

    // The header is the first chunk: its length, its name, the width, the height (PNG specification, 11.2.1).
    private static (uint Width, uint Height) OfPng(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 24 && bytes.Slice(12).StartsWith("IHDR"u8)
            ? (
                BinaryPrimitives.ReadUInt32BigEndian(bytes.Slice(16)),
                BinaryPrimitives.ReadUInt32BigEndian(bytes.Slice(20)))
            : default;

    private static (uint Width, uint Height) OfGif(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 10
            ? (
                BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(6)),
                BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(8)))
            : default;

    // Segments follow each other until the frame's header, which has the size (ITU T.81, B.1 and B.2.2).
    private static (uint Width, uint Height) OfJpeg(ReadOnlySpan<byte> bytes)
    {
        var at = 2;
        while (at + 1 < bytes.Length && bytes[at] == 0xFF)
        {
            var marker = bytes[at + 1];
            switch (marker)
            {
                case 0xFF:
                    // A marker may have any number of these before it.
                    at++;
                    continue;
                case 0x01 or (>= 0xD0 and <= 0xD8):
                    // These have nothing after them.
                    at += 2;
                    continue;
                case 0x00 or 0xD9 or 0xDA:
                    // The image's data begin, or it ends, and no frame has come.
                    return default;
                case >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC):
                    return at + 9 <= bytes.Length
                        ? (
                            BinaryPrimitives.ReadUInt16BigEndian(bytes.Slice(at + 7)),
                            BinaryPrimitives.ReadUInt16BigEndian(bytes.Slice(at + 5)))
                        : default;
            }

            if (at + 4 > bytes.Length)
            {
                return default;
            }

            // The length counts itself.
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.Slice(at + 2));
            if (length < 2)
            {
                return default;
            }

            at += 2 + length;
        }

        return default;
    }

    // After the container's header: a frame with losses (RFC 6386, 9.1), one without (its specification, 3), or a
    // header of its own before either.
    private static (uint Width, uint Height) OfWebP(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30)
        {
            // One without losses ends earlier.
            return bytes.Length >= 25 && bytes.Slice(12).StartsWith("VP8L"u8) ? OfLossless(bytes) : default;
        }

        var chunk = bytes.Slice(12);
        if (chunk.StartsWith("VP8X"u8))
        {
            return (1 + ReadUInt24(bytes.Slice(24)), 1 + ReadUInt24(bytes.Slice(27)));
        }

        if (chunk.StartsWith("VP8L"u8))
        {
            return OfLossless(bytes);
        }

        // The two highest bits say how to scale what is shown.
        return chunk.StartsWith("VP8 "u8) && bytes.Slice(23).StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            ? (
                BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(26)) & 0x3FFFu,
                BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(28)) & 0x3FFFu)
            : default;
    }

    private static (uint Width, uint Height) OfLossless(ReadOnlySpan<byte> bytes)
    {
        if (bytes[20] != 0x2F)
        {
            return default;
        }

        // Fourteen bits each, less one.
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(21));
        return (1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF));
    }

    private static uint ReadUInt24(ReadOnlySpan<byte> bytes) =>
        bytes[0] | ((uint)bytes[1] << 8) | ((uint)bytes[2] << 16);
}

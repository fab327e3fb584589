using System.Buffers.Binary;
using WixInbox.Media;

namespace WixInbox.Tests.Media;

public sealed class ImageSizeTests
{
    public static TheoryData<string> Pictures => [.. Picture.Names];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Each_kind_of_picture_has_the_size_that_its_maker_gave_it(string name) =>
        Assert.Equal(Picture.SizeOf(name), ImageSize.Read(Picture.Read(name)));

    [Fact]
    public void There_is_a_picture_of_each_kind()
    {
        string[] starts =
        [
            "png-", "jpeg-baseline", "jpeg-progressive", "jpeg-exif", "jpeg-restart", "jpeg-fill", "gif87a", "gif89a",
            "webp-lossy", "webp-lossless", "webp-extended",
        ];

        Assert.All(
            starts, start => Assert.Contains(Picture.Names, name => name.StartsWith(start, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void One_that_breaks_off_has_its_size_or_none(string name)
    {
        var bytes = Picture.Read(name);
        for (var length = 0; length < bytes.Length; length++)
        {
            var size = ImageSize.Read(bytes.AsSpan(0, length));

            Assert.True(size is null || size == Picture.SizeOf(name), $"{length} bytes: {size}");
        }
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Whatever_becomes_of_its_bytes_nothing_is_thrown(string name)
    {
        var picture = Picture.Read(name);
        var random = new Random(20261125);
        var sizes = 0;
        for (var round = 0; round < 20_000; round++)
        {
            // What comes first decides most.
            var bytes = picture.AsSpan(0, random.Next(picture.Length + 1)).ToArray();
            for (var change = random.Next(1, 6); change > 0 && bytes.Length > 0; change--)
            {
                var at = random.Next(2) == 0 ? random.Next(Math.Min(bytes.Length, 40)) : random.Next(bytes.Length);
                bytes[at] = random.Next(4) switch
                {
                    0 => 0,
                    1 => 0xFF,
                    2 => (byte)(bytes[at] ^ (1 << random.Next(8))),
                    _ => (byte)random.Next(256),
                };
            }

            // Spans that end where the bytes do: one byte too far is an exception.
            if (ImageSize.Read(bytes) is { } size)
            {
                sizes++;
                Assert.True(size is { Width: > 0, Height: > 0 }, size.ToString());
            }

            FileTypes.OfContent(bytes, ".pdf");
        }

        Assert.True(
            sizes > 100, $"{sizes} of the changed pictures still had a size: the rest of the reader was not reached.");
    }

    [Fact]
    public void A_frame_behind_much_else_is_found()
    {
        var jpeg = Picture.Read(Picture.Jpeg);
        var much = Enumerable.Range(0, 9).SelectMany(_ => (byte[])[0xFF, 0xE2, 0xFF, 0xFF, .. new byte[0xFFFD]]);

        Assert.Equal((37, 21), ImageSize.Read([.. jpeg[..2], .. much, .. jpeg[2..]]));
    }

    [Theory]
    [InlineData(0xC4)]
    [InlineData(0xC8)]
    [InlineData(0xCC)]
    public void What_only_looks_like_a_frame_is_none(byte marker)
    {
        var jpeg = Picture.Read(Picture.Jpeg);

        Assert.Equal((37, 21), ImageSize.Read([0xFF, 0xD8, 0xFF, marker, 0, 9, 8, 1, 2, 3, 4, 0, 0, .. jpeg[2..]]));
    }

    [Fact]
    public void A_jpeg_whose_height_comes_later_has_no_size()
    {
        var jpeg = Picture.Read(Picture.Jpeg);
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), 0);

        Assert.Null(ImageSize.Read(jpeg));
    }

    [Fact]
    public void A_frame_that_comes_after_the_data_is_none()
    {
        var jpeg = Picture.Read(Picture.Jpeg);

        Assert.Null(ImageSize.Read([0xFF, 0xD8, 0xFF, 0xDA, 0, 2, .. jpeg[2..]]));
        Assert.Null(ImageSize.Read([0xFF, 0xD8, 0xFF, 0xE0, 0, 1, .. jpeg[2..]]));
    }

    [Theory]
    [InlineData(0u, 1u)]
    [InlineData(1u, 0u)]
    [InlineData(0x80000000u, 1u)]
    [InlineData(1u, 0xFFFFFFFFu)]
    public void A_png_with_a_size_that_no_png_has_has_none(uint width, uint height)
    {
        var png = Picture.Read(Picture.Png);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(20), height);

        Assert.Null(ImageSize.Read(png));
    }

    [Fact]
    public void The_scale_of_a_webp_is_no_part_of_its_size()
    {
        var webp = Picture.Read("webp-lossy-51x19.webp");
        webp[27] |= 0xC0;
        webp[29] |= 0x40;

        Assert.Equal((51, 19), ImageSize.Read(webp));
    }
}

using WixInbox.Media;

namespace WixInbox.Fuzz;

/// <summary>The first bytes of a picture: they have a size, or none.</summary>
internal sealed class PicturesTarget : FuzzTarget
{
    public override string Name => "pictures";

    public override IReadOnlyList<string> Words { get; } = ["IHDR", "GIF89a", "RIFF", "WEBP", "VP8 ", "VP8L", "VP8X",
        "JFIF", "Exif"];

    public override IEnumerable<byte[]> Seeds() => SeedFiles();

    public override void Run(byte[] input)
    {
        var size = ImageSize.Read(input);
        Hold(size is null or { Width: > 0, Height: > 0 }, "A size is more than nothing.");
        Hold(size is null || input.Length >= 10, "Few bytes have no size.");
    }
}

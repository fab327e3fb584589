namespace WixInbox.Tests;

/// <summary>Pictures that other programs have made. Their names have their size.</summary>
internal static class Picture
{
    public const string Png = "png-37x21.png";
    public const string Jpeg = "jpeg-baseline-37x21.jpg";

    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Media", "Pictures");

    public static IEnumerable<string> Names =>
        Directory.GetFiles(s_folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    public static string PathOf(string name) => Path.Combine(s_folder, name);

    public static (int Width, int Height) SizeOf(string name)
    {
        var size = Path.GetFileNameWithoutExtension(name).Split('-')[^1].Split('x');
        return (
            int.Parse(size[0], System.Globalization.CultureInfo.InvariantCulture),
            int.Parse(size[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}

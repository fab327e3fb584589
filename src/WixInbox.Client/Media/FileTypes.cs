namespace WixInbox.Media;

/// <summary>
/// Tells what a file is: by its content where that says so, else by the ending of its name. Wix takes a media type that
/// does not fit the ending for an error (<c>MISMATCH_MIME_TYPE</c>); where neither is known to it, it looks for itself
/// if it is told <see cref="Unknown"/>.
/// </summary>
internal static class FileTypes
{
    public const string Unknown = "application/octet-stream";

    private const int LatestPdfStart = 1024;

    private static readonly FileType s_png = new("image/png", "a PNG image", ".png");
    private static readonly FileType s_jpeg = new("image/jpeg", "a JPEG image", ".jpg", ".jpeg", ".jpe", ".jfif");
    private static readonly FileType s_gif = new("image/gif", "a GIF image", ".gif");
    private static readonly FileType s_webP = new("image/webp", "a WebP image", ".webp");
    private static readonly FileType s_pdf = new("application/pdf", "a PDF document", ".pdf");
    private static readonly FileType[] s_told = [s_png, s_jpeg, s_gif, s_webP, s_pdf];

    private static readonly Dictionary<string, string> s_others = new(StringComparer.OrdinalIgnoreCase)
    {
        [".avif"] = "image/avif",
        [".bmp"] = "image/bmp",
        [".csv"] = "text/csv",
        [".doc"] = "application/msword",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".heic"] = "image/heic",
        [".html"] = "text/html",
        [".ics"] = "text/calendar",
        [".json"] = "application/json",
        [".mov"] = "video/quicktime",
        [".mp3"] = "audio/mpeg",
        [".mp4"] = "video/mp4",
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".ppt"] = "application/vnd.ms-powerpoint",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".rtf"] = "application/rtf",
        [".svg"] = "image/svg+xml",
        [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff",
        [".txt"] = "text/plain",
        [".vcf"] = "text/vcard",
        [".wav"] = "audio/wav",
        [".webm"] = "video/webm",
        [".xls"] = "application/vnd.ms-excel",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".xml"] = "application/xml",
        [".zip"] = "application/zip",
    };

    /// <summary>Tells what a content is.</summary>
    /// <param name="start">Its first bytes.</param>
    /// <param name="ending">The ending of its name, by which alone a header further down is a document's own.</param>
    /// <returns>Its kind; null if it is none that is known by its content.</returns>
    public static FileType? OfContent(ReadOnlySpan<byte> start, string ending)
    {
        if (ImageSize.IsPng(start))
        {
            return s_png;
        }

        if (ImageSize.IsJpeg(start))
        {
            return s_jpeg;
        }

        if (ImageSize.IsGif(start))
        {
            return s_gif;
        }

        if (ImageSize.IsWebP(start))
        {
            return s_webP;
        }

        // Readers of PDF accept up to 1,024 bytes of something else before the header. An archive with a document in
        // it, or a text about PDF, has it there too.
        var header = start.Slice(0, Math.Min(start.Length, LatestPdfStart)).IndexOf("%PDF-"u8);
        return header == 0 || (header > 0 && OfEnding(ending) == s_pdf) ? s_pdf : null;
    }

    /// <summary>Tells which kind has an ending, of those that are known by their content.</summary>
    public static FileType? OfEnding(string ending) =>
        s_told.FirstOrDefault(type => type.Endings.Contains(ending, StringComparer.OrdinalIgnoreCase));

    /// <summary>Tells the media type of another ending.</summary>
    public static string? MimeTypeOf(string ending) => s_others.TryGetValue(ending, out var mimeType) ? mimeType : null;

    /// <summary>Tells whether a kind is an image.</summary>
    public static bool IsImage(FileType? type) => type is not null && type != s_pdf;
}

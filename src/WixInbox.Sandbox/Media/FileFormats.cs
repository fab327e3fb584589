using System.Text.RegularExpressions;

namespace WixInbox.Sandbox;

/// <summary>
/// Which media types there are. Wix documents the rules MISMATCH_MIME_TYPE and UNSUPPORTED_FILE_FORMAT and not what
/// breaks them. Our choice: a well-known ending has its own media type, programs are not taken, and all else is.
/// </summary>
internal static class FileFormats
{
    private static readonly Dictionary<string, string[]> s_byEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".jpg"] = ["image/jpeg", "image/jpg"],
        [".jpeg"] = ["image/jpeg", "image/jpg"],
        [".png"] = ["image/png"],
        [".gif"] = ["image/gif"],
        [".webp"] = ["image/webp"],
        [".svg"] = ["image/svg+xml"],
        [".mp3"] = ["audio/mpeg", "audio/mp3"],
        [".mp4"] = ["video/mp4"],
        [".pdf"] = ["application/pdf"],
        [".txt"] = ["text/plain"],
        [".zip"] = ["application/zip", "application/x-zip-compressed"],
    };

    private static readonly string[] s_programEndings = [".exe", ".dll", ".com", ".bat", ".cmd", ".msi", ".scr"];

    private static readonly string[] s_programs =
        [
            "application/x-msdownload",
            "application/x-msdos-program",
            "application/x-msi",
            "application/vnd.microsoft.portable-executable",
        ];

    public static bool IsSupported(string mimeType, string? fileName) =>
        Regex.IsMatch(mimeType, @"^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+\z", RegexOptions.CultureInvariant)
        && !s_programs.Contains(mimeType, StringComparer.OrdinalIgnoreCase)
        && !s_programEndings.Contains(Ending(fileName), StringComparer.OrdinalIgnoreCase);

    public static bool Fits(string mimeType, string? fileName) =>
        !s_byEnding.TryGetValue(Ending(fileName), out var mimeTypes)
        || mimeTypes.Contains(mimeType, StringComparer.OrdinalIgnoreCase);

    /// <summary>The media type of a well-known ending; null for any other.</summary>
    public static string? MimeTypeOf(string fileName) =>
        s_byEnding.TryGetValue(Ending(fileName), out var mimeTypes) ? mimeTypes[0] : null;

    private static string Ending(string? fileName)
    {
        var dot = fileName?.LastIndexOf('.') ?? -1;
        return dot < 0 ? string.Empty : fileName!.Substring(dot);
    }
}

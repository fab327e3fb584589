namespace WixInbox.Csv;

/// <summary>Knows files that hold people in another form than rows, and says what makes rows of them.</summary>
internal static class OtherFormats
{
    private const string SaveAs = "Open it in Excel, and save it as \"CSV UTF-8 (Comma delimited)\".";

    private const string WebPage = "it is a web page or XML, not text with separators. " + SaveAs;

    private const string Pdf = "it is a PDF, not text with separators. Export the contacts as CSV.";

    private const string Workbook = "it is a workbook or an archive, not a text file. " + SaveAs;

    private const string Picture = "it is a picture, not a text file. Import-WixInboxMedia uploads it.";

    private static readonly (byte[] Begin, string What)[] s_bytes =
    [
        ([(byte)'P', (byte)'K', 3, 4], Workbook),
        ([0xD0, 0xCF, 0x11, 0xE0], Workbook),
        ([0x1F, 0x8B, 8], Workbook),
        ([(byte)'7', (byte)'z', 0xBC, 0xAF], Workbook),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], Picture),
        ([0xFF, 0xD8, 0xFF], Picture),
        ([(byte)'G', (byte)'I', (byte)'F', (byte)'8'], Picture),
        ([(byte)'%', (byte)'P', (byte)'D', (byte)'F'], Pdf),
    ];

    // Shops and associations call a web page with a table .xls, which Excel opens.
    private static readonly (string Begin, string What)[] s_texts =
    [
        ("<!doctype", WebPage),
        ("<html", WebPage),
        ("<head", WebPage),
        ("<meta", WebPage),
        ("<style", WebPage),
        ("<table", WebPage),
        ("<?xml", WebPage),
        ("BEGIN:VCARD", "it is a vCard, not text with separators. Export the contacts as CSV."),
        ("{\\rtf", "it is a word processor document, not a text file. Save it as plain text."),
        ("{\"", "it is JSON, not text with separators: ConvertFrom-Json reads it."),
        ("[{", "it is JSON, not text with separators: ConvertFrom-Json reads it."),
    ];

    /// <summary>Refuses what is known not to be text by its first bytes.</summary>
    /// <param name="bytes">The file, whose position is its beginning afterwards.</param>
    /// <exception cref="CsvException">It is a workbook, an archive or a picture.</exception>
    public static void RefuseBytes(Stream bytes)
    {
        bytes.Position = 0;
        byte[] head = [(byte)bytes.ReadByte(), (byte)bytes.ReadByte(), (byte)bytes.ReadByte(), (byte)bytes.ReadByte()];
        bytes.Position = 0;
        foreach (var (begin, what) in s_bytes)
        {
            if (begin.SequenceEqual(head.Take(begin.Length)))
            {
                throw new CsvException(0, what);
            }
        }
    }

    /// <summary>Gets the error of a file whose bytes are no text, whatever they are.</summary>
    public static CsvException NotText() => new(0, "it is not a text file. Export the contacts as CSV.");

    /// <summary>Refuses text that has no separators.</summary>
    /// <param name="sample">The first part of the text.</param>
    /// <exception cref="CsvException">It is of another format.</exception>
    public static void RefuseText(string sample)
    {
        var text = sample.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        var bracket = text.Length > 0 && text[0] is '{' or '[' ? 1 : 0;
        var bare = bracket == 0 ? text : text[0] + text.Substring(1, Math.Min(200, text.Length - 1)).TrimStart();
        foreach (var (begin, what) in s_texts)
        {
            if (bare.StartsWith(begin, StringComparison.OrdinalIgnoreCase))
            {
                throw new CsvException(0, what);
            }
        }
    }
}

namespace WixInbox.Files;

/// <summary>Knows files that hold people in another form than rows, and says what makes rows of them.</summary>
internal static class OtherFormats
{
    private const string SaveAs = "Open it in Excel, and save it as \"CSV UTF-8 (Comma delimited)\".";

    private const string WebPage = "it is a web page or XML, and no text with separators. " + SaveAs;

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
        ("BEGIN:VCARD", "it is a vCard, and no text with separators. Export the contacts as CSV."),
        ("%PDF-", "it is a PDF, and no text with separators. Export the contacts as CSV."),
        ("{\\rtf", "it is a document of a word processor, and no text. Save it as plain text."),
        ("{\"", "it is JSON, and no text with separators: ConvertFrom-Json reads it."),
        ("[{", "it is JSON, and no text with separators: ConvertFrom-Json reads it."),
    ];

    /// <summary>Refuses what is no text.</summary>
    /// <param name="bytes">The file, whose position is its beginning afterwards.</param>
    /// <exception cref="CsvException">It is a workbook or an archive.</exception>
    public static void RefuseBytes(Stream bytes)
    {
        bytes.Position = 0;
        byte[] head = [(byte)bytes.ReadByte(), (byte)bytes.ReadByte(), (byte)bytes.ReadByte(), (byte)bytes.ReadByte()];
        if (head is [(byte)'P', (byte)'K', 3, 4] or [0xD0, 0xCF, 0x11, 0xE0])
        {
            throw new CsvException(0, "it is a workbook or an archive, and no text. " + SaveAs);
        }

        bytes.Position = 0;
    }

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

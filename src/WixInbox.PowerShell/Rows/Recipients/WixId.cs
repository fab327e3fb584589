namespace WixInbox.Rows;

/// <summary>Reads the ids that Wix gives to people, conversations and sites: GUIDs.</summary>
internal static class WixId
{
    /// <summary>Reads an id, which other programs write in braces too, or without hyphens.</summary>
    /// <returns>The id as Wix writes it; null if the text is none.</returns>
    public static string? Read(string text)
    {
        var written = text.Trim();
        return !Guid.TryParse(written, out var id) ? null
            : written.Length == Guid.Empty.ToString().Length ? written
            : id.ToString();
    }
}

namespace WixInbox.Rows;

/// <summary>The words by which columns say yes and no.</summary>
internal static class YesNo
{
    /// <summary>Reads a cell. Upper and lower case and blanks make no difference.</summary>
    /// <returns>Whether it says yes; null where it says neither yes nor no.</returns>
    public static bool? Read(string cell) => ColumnNames.Normalize(cell) switch
    {
        "yes" or "y" or "true" or "1" or "x" or "ja" or "oui" or "si" or "sí" => true,
        "no" or "n" or "false" or "0" or "nein" or "non" => false,
        _ => null,
    };
}

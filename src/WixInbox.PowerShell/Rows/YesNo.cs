namespace WixInbox.Rows;

/// <summary>A cell that says yes or no, as programs and people write it.</summary>
internal static class YesNo
{
    /// <summary>Reads a cell that says yes or no. Upper and lower case and blanks make no difference.</summary>
    /// <returns>Whether it says yes; null where it says neither yes nor no.</returns>
    public static bool? Read(string cell) => ColumnNames.Normalize(cell) switch
    {
        "yes" or "y" or "true" or "t" or "1" or "x" or "on" or "ja" or "oui" or "si" or "sí" or "sì" or "sim" => true,
        "no" or "n" or "false" or "f" or "0" or "off" or "nein" or "non" or "nee" or "não" or "nao" => false,
        "tak" or "да" or "evet" or "kyllä" or "はい" or "是" or "예" or "네" => true,
        "nej" or "nie" or "нет" or "hayır" or "ei" or "ne" => false,
        "いいえ" or "否" or "아니요" or "아니오" => false,

        // A box that is ticked or not, and a switch.
        "checked" or "enabled" or "✓" or "✔" or "☑" or "☒" => true,
        "unchecked" or "disabled" or "✗" or "✘" or "☐" => false,

        // As a table of numbers writes true and false, where a cell of the column is empty.
        "1.0" or "1,0" => true,
        "0.0" or "0,0" => false,

        // As Excel writes TRUE and FALSE in German, French, Spanish, Italian, Portuguese and Dutch.
        "wahr" or "vrai" or "verdadero" or "vero" or "verdadeiro" or "waar" => true,
        "falsch" or "faux" or "falso" or "onwaar" => false,
        _ => null,
    };
}

namespace WixInbox.Rows;

/// <summary>A cell that says yes or no, as programs and people write it.</summary>
internal static class YesNo
{
    // Behind a sign, asks for its picture in colours.
    private const char EmojiStyle = '\uFE0F';

    /// <summary>Reads a cell that says yes or no. Upper and lower case and blanks make no difference.</summary>
    /// <returns>Whether it says yes; null where it says neither yes nor no.</returns>
    public static bool? Read(string cell) => ColumnNames.Normalize(cell).TrimEnd('.', EmojiStyle) switch
    {
        "yes" or "y" or "true" or "t" or "1" or "x" or "on" or "ja" or "oui" or "si" or "sí" or "sì" or "sim" => true,
        "no" or "n" or "false" or "f" or "0" or "off" or "nein" or "non" or "nee" or "não" or "nao" => false,
        "tak" or "да" or "evet" or "kyllä" or "igen" or "ano" or "áno" or "ναι" or "כן" or "نعم" => true,
        "nej" or "nei" or "nie" or "нет" or "hayır" or "hayir" or "ei" or "ne" or "nem" => false,
        "όχι" or "לא" or "لا" => false,
        "はい" or "是" or "예" or "네" or "要" or "可" or "希望" or "希望する" => true,
        "いいえ" or "否" or "아니요" or "아니오" or "不要" or "不可" or "希望しない" => false,

        // A box that is ticked or not, and a switch.
        "checked" or "ticked" or "enabled" or "✓" or "✔" or "☑" or "☒" or "✅" or "○" or "◯" => true,
        "unchecked" or "unticked" or "disabled" or "✗" or "✘" or "☐" or "❌" or "✖" or "×" => false,

        // As a table of numbers writes true and false, where a cell of the column is empty.
        "1.0" or "1,0" or "1.00" or "1,00" => true,
        "0.0" or "0,0" or "0.00" or "0,00" => false,

        // As Excel writes TRUE and FALSE in German, French, Spanish, Italian, Portuguese and Dutch.
        "wahr" or "vrai" or "verdadero" or "vero" or "verdadeiro" or "waar" => true,
        "falsch" or "faux" or "falso" or "onwaar" => false,

        // And in Polish, Czech, Hungarian, the Nordic languages, Turkish and Russian.
        "prawda" or "pravda" or "igaz" or "sann" or "sant" or "sand" or "tosi" or "doğru" or "истина" => true,
        "fałsz" or "nepravda" or "hamis" or "usann" or "falskt" or "falsk" or "epätosi" or "yanlış" or "yanliş"
            or "ложь" => false,
        _ => null,
    };
}

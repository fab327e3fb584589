using System.Globalization;
using System.Text.RegularExpressions;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>Texts that stand where there is nothing, and how to show them.</summary>
internal static class EmptyText
{
    private const string ZeroDays =
        @"0?0[./-]0?1[./-]1900|0?1[./-]0?0[./-]1900|0?0/0?1/00|0?1/0?0/00|1900-01-00"
        + @"|0000[./-]00[./-]00|00[./-]00[./-]0000"
        + @"|0?1[./-]0?1[./-]1900|1900[./-]0?1[./-]0?1|Jan\s+1\s1900|0?1[\s-]Jan[\s-]1900"
        + @"|30[./-]12[./-]1899|12/30/1899|1899-12-30|0?1[./-]0?1[./-]0001|0001[./-]01[./-]01";

    // What databases, scripts and Excel write where they have nothing, or an error in its place: in English, German,
    // French, Italian, Spanish, Portuguese and Dutch. By their form alone, they could be a text: #SALE!
    private static readonly HashSet<string> s_nothings = new(StringComparer.OrdinalIgnoreCase)
    {
        "NULL", "(null)", "<null>", "N/A", "N.A.", "NaN", "NaT", "<NA>", @"\N", "undefined",
        "-", "--", "–", "—", "\"\"", "''",
        "#N/A", "#N/A!", "#NV", "#N/D", "#N/B", "#NB",
        "#REF!", "#BEZUG!", "#RIF!", "#¡REF!", "#VERW!",
        "#VALUE!", "#WERT!", "#VALEUR!", "#VALORE!", "#¡VALOR!", "#VALOR!", "#WAARDE!",
        "#NAME?", "#NOM?", "#NOME?", "#¿NOMBRE?", "#NOMBRE?", "#NAAM?",
        "#DIV/0!", "#DIV/0", "#¡DIV/0!", "#DEEL/0!",
        "#NULL!", "#NUL!", "#NULLO!", "#¡NULO!", "#NULO!", "#LEEG!",
        "#NUM!", "#ZAHL!", "#NOMBRE!", "#¡NUM!", "#NÚM!", "#GETAL!",
        "#SPILL!", "#ÜBERLAUF!", "#PROPAGATION!", "#EPARS!", "#ESPANSIONE!", "#¡DESBORDAMIENTO!", "#DESPEJAR!",
        "#DERRAMAR!", "#OVERLOOP!",
        "#CALC!", "#KALK!", "#CALCUL!", "#CALCOLO!", "#¡CALC!", "#CÁLC!", "#BEREKENEN!",
        "#FIELD!", "#FELD!", "#CHAMP!", "#CAMPO!", "#¡CAMPO!", "#VELD!",
        "#BLOCKED!", "#BLOCKIERT!", "#BLOQUÉ!", "#BLOCCATO!", "#¡BLOQUEADO!", "#BLOQUEADO!", "#GEBLOKKEERD!",
        "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#EXTERNAL!", "#TIMEOUT!", "#PYTHON!", "#GETTING_DATA",
        "#ERROR!",
    };

    // What stands in place of a name. Elsewhere it may be an answer: "Allergies: none".
    private static readonly HashSet<string> s_noNames = new(
        new[]
        {
            "0", "false", "none", "nil", "blank", "empty", "null", "unknown", "not provided", "not given",
            "not available", "no name", "info requested", "information requested", "deleted", "tbc", "tba", "tbd",
            "undefined undefined", "null null",
        }
            .SelectMany(word => new[] { word, $"({word})", $"[{word}]", $"<{word}>" }),
        StringComparer.OrdinalIgnoreCase);

    // The errors of LibreOffice that have a number, and a cell of Excel that was too narrow for what it had.
    private static readonly Regex s_errors = new(
        @"^(#?(Err|Error|Fehler|Erreur|Errore|Erro|Fout)[\s.]*:\s?\d{3}|#{2,})$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    // What a spreadsheet, a database or a program shows as a date where it has none: the day 0, and the first day of
    // the calendar, which is 1900-01-01 for SQL Server, with midnight or without. 1970-01-01 may be the day that it
    // says.
    private static readonly Regex s_zeroDate = new(
        "^(" + ZeroDays + @")([T\s,]+(0?0|12)([:.]00){1,2}([:.]0+)?(\s?AM)?)?\s?(Z|[+-]00:?00)?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    // Where a block has formatted it: 1 Jan 0001, Monday, January 1, 1900
    private static readonly Regex s_firstDay = new(
        @"(?<!\d)(0?1[./-]0?1[./-](0001|1900)|(0001|1900)[./-]01[./-]01|0?1\.?\s\p{L}+\.?\s(0001|1900)"
            + @"|\p{L}\.?\s0?1,?\s(0001|1900))(?!\d)",
        RegexOptions.CultureInvariant);

    private static readonly char[] s_blanks = [' ', '\t', '\r', '\n'];

    private static readonly Regex s_cut = new(@"^-?\d([.,]\d+)?E\+\d{1,3}$", RegexOptions.CultureInvariant);

    /// <summary>Finds what stands in place of nothing.</summary>
    /// <returns>
    /// An empty text for one that is empty; a word such as NULL, characters that cannot be seen, or a number that Excel
    /// has cut; null where there is something.
    /// </returns>
    public static string? Find(string text) =>
        text.Trim(s_blanks).Length == 0 ? string.Empty
        : Unseen.IsBlank(text) ? text
        : IsWord(text.Trim()) || IsCut(text.Trim()) ? text.Trim()
        : null;

    /// <summary>
    /// Tells whether a text stands for nothing: a word such as NULL, a date that is none, or characters that nobody
    /// sees.
    /// </summary>
    public static bool StandsForNothing(string text) => Unseen.IsBlank(text) || IsWord(text.Trim());

    /// <summary>Tells whether a text says that there is no name: None, (blank), Not provided.</summary>
    public static bool IsNoName(string text) => text.Length is > 0 and < 20 && s_noNames.Contains(text.Trim());

    /// <summary>Tells whether a text is a number as Excel shows a long one, without its last digits.</summary>
    public static bool IsCut(string text) => text.IndexOf('+') > 0 && s_cut.IsMatch(text);

    /// <summary>Tells whether a text is a date as programs show it where they have none, such as 00.01.1900.</summary>
    public static bool IsZeroDate(string text) =>
        text.Length is > 5 and < 40 && text[0] is '0' or '1' or '3' or 'J' && s_zeroDate.IsMatch(text);

    /// <summary>Tells whether the first day of the calendar stands in a text, whichever way it is written.</summary>
    public static bool HasFirstDay(string text) =>
        (text.Contains("0001") || text.Contains("1900")) && s_firstDay.IsMatch(text);

    /// <summary>Shows what stands somewhere in place of nothing.</summary>
    public static string Show(string nothing) => nothing.Length > 0 && Unseen.IsBlank(nothing)
        ? string.Join(
            " ", nothing.Distinct().Select(one => string.Format(CultureInfo.InvariantCulture, "U+{0:X4}", (int)one)))
        : $"'{nothing}'";

    // Each column that a text reads is asked for, so an expression comes after what all of its matches begin or end
    // with.
    private static bool IsWord(string text) =>
        s_nothings.Contains(text)
        || IsZeroDate(text)
        || (text.Length > 0 && text[text.Length - 1] is '#' or (>= '0' and <= '9') && s_errors.IsMatch(text));
}

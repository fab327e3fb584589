namespace WixInbox.Csv;

/// <summary>
/// The apostrophe at the beginning of a cell, which says to a spreadsheet that a number, or what it would take for a
/// formula, is text. What <see cref="Add"/> makes of a text is that text for <see cref="Remove"/>.
/// </summary>
internal static class CsvApostrophe
{
    private const string InSigned = " +-.,()/\u00A0";
    private const string InNumbers = InSigned + ":";

    /// <summary>
    /// Gets the cell for a text. A program that opens the file would carry out one that begins like a formula.
    /// </summary>
    public static string Add(string text) => IsFormula(text) || IsMark(text) ? "'" + text : text;

    /// <summary>Gets the text of a cell.</summary>
    public static string Remove(string cell) => IsMark(cell) ? cell.Substring(1) : cell;

    // A number with a sign, such as that of a telephone, is none.
    private static bool IsFormula(string text) =>
        text.Length > 0
        && (text[0] is '=' or '@' or '\t' or '\r' or '\n' || (text[0] is '+' or '-' && !IsSigned(text, 0)));

    // Several are the mark of a text that begins with one.
    private static bool IsMark(string cell)
    {
        var start = 0;
        while (start < cell.Length && cell[start] == '\'')
        {
            start++;
        }

        return start > 0
            && start < cell.Length
            && (cell[start] is '=' or '@' or '\t' or '\r' or '\n'
                || (cell[start] is '+' or '-' && !(cell[cell.Length - 1] == '\'' && IsSigned(cell, start)))
                || IsOf(InNumbers, cell, start, cell.Length));
    }

    // One that is in quotation marks is no more a formula than one that is not.
    private static bool IsSigned(string text, int start) =>
        IsOf(InSigned, text, start, text.Length - (text[text.Length - 1] == '\'' ? 1 : 0));

    private static bool IsOf(string signs, string text, int start, int end)
    {
        for (var index = start; index < end; index++)
        {
            if (!char.IsDigit(text[index]) && signs.IndexOf(text[index]) < 0)
            {
                return false;
            }
        }

        return true;
    }
}

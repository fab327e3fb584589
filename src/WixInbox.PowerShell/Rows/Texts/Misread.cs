using System.Text.RegularExpressions;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>Knows rows and texts of a file that was read with another separator or encoding than it has.</summary>
internal static class Misread
{
    private const char Unread = '\uFFFD';

    // Two bytes of UTF-8 that were taken for two letters of Windows-1252: é is Ã©. What may end a word or a sentence is
    // meant as such at its end.
    private static readonly Regex s_garbled = new(
        "[\u00C2-\u00C5\u00D0\u00D1](?:"
            + "[\u0080-\u00BF\u20AC\u201A\u0192\u201E\u2020\u2021\u02C6\u2030\u0160\u0152\u017D\u2022\u02DC\u2122\u0161"
            + "\u0153\u017E\u0178]"
            + "|[\u2026\u2018\u2019\u201C\u201D\u2013\u2014\u2039\u203A](?=\\p{L}))"
            + "|\u00E2\u20AC[\u0080-\u00BF\u2122\u0153\u02DC\u201C\u201D\u2018\u2019\u00A6\u00A2]"
            + "|\u00F0\u0178|\u00EF\u00BF\u00BD|\u00EF\u00BB\u00BF",
        RegexOptions.CultureInvariant);

    // A word of accented letters alone, as one of another alphabet becomes that was read as Windows-1252: Èâàí, ãåã.
    private static readonly Regex s_massed = new(
        "(?<!\\p{L})[\u00C0-\u00FF]{3,}(?!\\p{L})", RegexOptions.CultureInvariant);

    // The accented letters of a language, which people list.
    private static readonly string[] s_alphabets =
        ["äöüßåæøõ", "áéíóúñü", "áéíóúýþæöð", "àèéìòù", "éèêëàâçùûîïôæ", "ãõáéíóúâêôçà"];

    /// <summary>Finds what in a text shows that it was misread.</summary>
    /// <returns>The letters; null if there are none.</returns>
    public static string? FindIn(string? text) =>
        text is null ? null
        : text.Contains(Unread) ? Unread.ToString()
        : IsAscii(text) ? null
        : s_garbled.Match(text) is { Success: true } found ? found.Value
        : s_massed.Matches(text).Cast<Match>().Select(word => word.Value).FirstOrDefault(word => !IsMeant(word));

    /// <summary>Says what is wrong with the names of a row's columns, and what reads them.</summary>
    /// <returns>Sentences that begin with a blank; null if nothing is.</returns>
    public static string? Describe(IReadOnlyList<string> columns)
    {
        if (columns.Any(column => column.Contains('\0') || FindIn(column) is not null))
        {
            return " The names of the columns cannot be read: the file was read in another encoding than it has. "
                + "Import-WixInboxCsv finds out the right one. If it has read the file, name it: -Encoding.";
        }

        // A list without a line of names, whose first person took their place.
        if (columns.FirstOrDefault(AddressText.IsAddress) is { } address)
        {
            return $" A column is called '{Words.Shorten(address)}', which is an address: the file has no "
                + "names of columns, and its first row was taken for them. Import-WixInboxCsv -Header gives it names.";
        }

        if (columns.Count > 0 && columns[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            return " The first line of the file names its separator, and not its columns. "
                + "Import-WixInboxCsv handles such a line.";
        }

        if (columns.Count != 1 || columns[0].IndexOfAny([';', '\t', '|', ',']) is not (>= 0 and var at))
        {
            return null;
        }

        var separator = columns[0][at] == '\t' ? "\"`t\"" : $"'{columns[0][at]}'";
        return $" The row has one column, '{Words.Shorten(columns[0])}': "
            + $"the file has another separator, perhaps {separator}. Import-WixInboxCsv finds out the right one. "
            + $"If it has read the file, name it, -Delimiter {separator}, and if each line stands in quotation marks "
            + "as a whole, take these away.";
    }

    // A list of letters, each once, or one letter that is drawn out.
    private static bool IsMeant(string word)
    {
        var letters = word.ToLowerInvariant();
        var kinds = letters.Distinct().Count();
        return kinds == 1
            || (kinds == letters.Length
                && Array.Exists(s_alphabets, alphabet => letters.All(alphabet.Contains)));
    }

    private static bool IsAscii(string text)
    {
        foreach (var letter in text)
        {
            if (letter > 0x7F)
            {
                return false;
            }
        }

        return true;
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace WixInbox.Csv;

/// <summary>
/// A word of a file that is not Unicode, which may have been read in another code page than it was written in.
/// </summary>
internal static class MisreadWord
{
    // What a word may have in it without being misread: ’ ‘ ´ · – — … and the soft hyphen and the no-break space.
    private const string WithinWords = "\u2019\u2018\u00B4\u00B7\u2013\u2014\u2026\u00AD\u00A0";

    // What may stand beside an accented letter: “ ” „ ‚ « » ‹ › ¿ ¡
    private const string AroundWords = "\u201C\u201D\u201E\u201A\u00AB\u00BB\u2039\u203A\u00BF\u00A1";

    private const int MostNamed = 7;

    // Those that people have files in, by how many do.
    private static readonly int[] s_codePages =
        [1250, 1251, 1255, 1256, 850, 10000, 932, 936, 950, 949, 1253, 1254, 1257, 874, 1252];

    // Words of Central Europe, the Baltic and Turkey whose letters are all letters in Windows-1252 too, but stand there
    // as no word of Western Europe has them: Dvoøák, Nìmec, Modriæ, Gergõ, Erdõs, Szûcs, Cãtãlin, ªtefan,
    // Iþýk, Ýbrahim, Þule, Oðuz, £ukasz, ¯aneta, Œwiêch, Micha³, Þygimantas, Èepas, Ðarûnas, Jonaitienë,
    // Jânis, Pçteris.
    private static readonly Regex s_easternInWestern = new(
        @"ø\p{L}*[áíýúìšžèù]|[áíýúìšžèù]\p{L}*ø|ì\p{Ll}|[šž]\p{L}*è|iæ\b"
            + @"|õ(?!\p{L}?e|\p{L}*s\b)|[ªº]\p{Ll}|\p{L}þ|[£¯]\p{L}|Œ(?!dip|no|so|cu)[^\WaeiouAEIOU]|\p{Ll}{3}³"
            + @"|[drh]õs\b|ûcs|ûzf|dûs\b|[Gg]yû|[Ss]zû|ã[bcdglnprstv][aeiouã]|\bÐ\p{L}*[ûëøæ]"
            + @"|\bÈ([aeou]|iu)\p{L}"
            + @"|(ien|ait)ë\b|\bÞ(yg|emai|ah|ük|evk|er[ie]f|en[aoe]l|eyma|ule\b)"
            + @"|\bÝ(bra|sma|lha|lke|nci|rem|zze|pek|dris)|oðlu\b|Uðu|Oðu|Doða|Yiði|[çÇ]að|Tuðba|Buðra"
            + @"|ânis\b|ârlis\b|çteris\b|òð\b",
        RegexOptions.CultureInvariant);

    // Letters of DOS and of the Mac, which are signs and rarer letters in Windows, where no word has them: Jos‚, Zo‰,
    // Heikkil„, Chƒteau, JosŽ, Pe–a, Mu–oz, L—pez, Mar’a, Mart’nez, No‘l, Raœl, Bjšrn. A low quote opens, and comes
    // after no letter; an apostrophe comes before vowels and the endings of English.
    private static readonly Regex s_signs = new(
        @"\p{L}[‚„‰‡˜¡¢¤§]|\p{L}ƒ|ƒ\p{L}|\p{Ll}(?![A-Z])\p{Lu}(?!\p{L})"
            + @"|\b\p{Lu}\p{Ll}–\p{Ll}|\p{L}{2}(–\p{Ll}|—[b-hj-z])\b|\b[B-HJ-Z]—\p{Ll}"
            + @"|\p{L}[b-df-hj-np-tv-z]’as?\b|\p{Ll}{2}’(?!(s|t|d|m|re|ve|ll)\b|n’)[b-dfgj-np-tv-xz]"
            + @"|[aeo]‘[ln]|[aeio]œ|œ(s\b|(?!\p{L}))"
            + @"|\b(?![AEIOURLY])\p{Lu}[b-df-hjkmnp-qs-tv-xz]?š[b-df-hj-np-tv-xz]",
        RegexOptions.CultureInvariant);

    /// <summary>
    /// Tells whether a word that was read in a Latin code page of Windows is rather one of DOS or of a Mac.
    /// </summary>
    public static bool HasSigns(string word) => s_signs.IsMatch(word);

    /// <summary>Tells whether a word that was read as Windows-1252 is rather one of Central Europe or Turkey.</summary>
    public static bool LooksEastern(string word) => s_easternInWestern.IsMatch(word);

    /// <summary>
    /// Tells whether a letter that is not ASCII looks wrong between its neighbours. In Latin words such letters stand
    /// alone among others, and those of other alphabets never stand among Latin ones.
    /// </summary>
    public static bool IsOdd(char before, char letter, char after)
    {
        if (char.IsControl(letter) || letter == '\uFFFD')
        {
            return true;
        }

        if (!char.IsLetter(letter))
        {
            return char.IsLetter(before) && char.IsLetter(after) && WithinWords.IndexOf(letter) < 0;
        }

        var isLatin = letter < 0x250;
        return isLatin ? char.IsUpper(letter) && char.IsLetter(before) && char.IsLower(after)
            : IsAsciiLetter(before) || IsAsciiLetter(after);
    }

    /// <summary>
    /// Tells whether two neighbouring letters look like the bytes of another alphabet in a Latin code page.
    /// </summary>
    public static bool IsPair(char letter, char after) =>
        after >= 0x80
        && (char.IsLetter(letter) || char.IsLetter(after) || letter != after)
        && !IsPunctuation(letter)
        && !IsPunctuation(after);

    /// <summary>Says what a word would be in other code pages, as it goes on after a sentence.</summary>
    /// <param name="word">The word.</param>
    /// <param name="read">The code page that it was read in.</param>
    public static string Advice(string word, Encoding read)
    {
        var bytes = read.GetBytes(word);
        string[] named =
        [
            .. s_codePages
                .Where(page => page != read.CodePage)
                .Select(page => (Page: page, Word: Decode(bytes, page)))
                .Where(other => other.Word is not null && other.Word != word)
                .Take(MostNamed)
                .Select(other => FormattableString.Invariant($"{other.Page} it is '{other.Word}'")),
        ];
        return named.Length > 0
            ? $"With -Encoding {string.Join(", with ", named)}."
            : "If that is wrong, say in which encoding the file is: -Encoding 1250 for Central Europe, 1251 for "
                + "Cyrillic, 1255 for Hebrew, 1256 for Arabic, 932 for Japanese, 936 for Chinese, 850 for DOS, 10000 "
                + "for a Mac, for example.";
    }

    // The word in a code page; null if it is none there. Its end may be half a letter.
    private static string? Decode(byte[] bytes, int page)
    {
        try
        {
            var word = CsvEncoding.Get(page).GetString(bytes).TrimEnd('\uFFFD', '?');
            return word.Any(letter => letter >= 0x80)
                && !IsMassed(word, page)
                && !HasSigns(word)
                && !(page == 1252 && LooksEastern(word))
                && Enumerable.Range(0, word.Length).All(index => IsOfWord(word, index))
                ? word
                : null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // Not every system has every code page.
            return null;
        }
    }

    // Accented Latin letters alone, or half-width Katakana, which nobody writes names in.
    private static bool IsMassed(string word, int page) =>
        page is 1250 or 850 or 10000 or 1254 or 1257 or 1252
            ? word.Length > 2 && word.All(letter => letter >= 0x80)
            : word.Any(letter => letter is >= '\uFF61' and <= '\uFF9F');

    private static bool IsOfWord(string word, int index)
    {
        var letter = word[index];
        var isPart = char.IsLetter(letter)
            || WithinWords.Contains(letter)
            || CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark;
        var before = index > 0 ? word[index - 1] : ' ';
        var after = index + 1 < word.Length ? word[index + 1] : ' ';
        return letter < 0x80 || (isPart && !IsOdd(before, letter, after));
    }

    private static bool IsPunctuation(char letter) =>
        WithinWords.Contains(letter) || AroundWords.Contains(letter);

    private static bool IsAsciiLetter(char letter) => letter < 0x80 && char.IsLetter(letter);
}

using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace WixInbox.Reconcile;

/// <summary>
/// A text without the details that services change: two texts that a reader would call the same become equal. Blanks,
/// line ends and characters of no width are dropped, HTML is taken off, and all forms of a letter, a quotation mark or
/// a link are one.
/// </summary>
internal static class ReadableText
{
    private const char Link = '\u0001';

    // Any other decoding would change what a person has typed.
    private const int MostDecodings = 2;

    // <https://…> and <https://…|shown>, as chats write links; [shown](https://…), as Markdown does.
    private static readonly Regex s_angleLink = new(
        @"<(https?://[^<>|\s]+)(?:\|[^<>]*)?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    private static readonly Regex s_markdownLink = new(
        @"\[([^\[\]]*)\]\((https?://[^()\s]+)\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    private static readonly Regex s_tag = new(
        @"</?[a-z!][^<>]*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    private static readonly Regex s_link = new(
        @"(?:https?://\S+\s*)+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Gets what a reader sees of a text.</summary>
    public static string Of(string text)
    {
        var plain = text;
        if (!IsPlain(text))
        {
            for (var decodings = 0; decodings < MostDecodings; decodings++)
            {
                plain = WebUtility.HtmlDecode(plain);
            }

            plain = WithoutWidthless(plain);
            plain = s_angleLink.Replace(plain, "$1");
            plain = s_markdownLink.Replace(plain, "$1 $2");
            plain = s_tag.Replace(plain, " ");
            plain = Normalized(plain);
            plain = s_link.Replace(plain, Link.ToString());
        }

        var seen = new StringBuilder(plain.Length);
        foreach (var character in plain)
        {
            if (!char.IsWhiteSpace(character) && (character == Link || !char.IsControl(character)))
            {
                Add(seen, character);
            }
        }

        return seen.ToString();
    }

    private static bool IsPlain(string text)
    {
        foreach (var character in text)
        {
            if (character is '&' or '<' or '[' or ':' or >= (char)0x80)
            {
                return false;
            }
        }

        return true;
    }

    private static void Add(StringBuilder seen, char character)
    {
        var one = character switch
        {
            '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2032' or '`' or '\u00B4' => '\'',
            '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u2033' or '\u00AB' or '\u00BB' => '"',
            >= '\u2010' and <= '\u2015' or '\u2212' => '-',
            _ => character,
        };

        // Two hyphens become a dash, and a link that is shown by its own address is there twice.
        if (!(one is '-' or Link && seen.Length > 0 && seen[seen.Length - 1] == one))
        {
            seen.Append(one);
        }
    }

    private static string WithoutWidthless(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(text, index);
            var isVariationSelector = text[index] is >= '\uFE00' and <= '\uFE0F'
                || (text[index] == '\uDB40'
                    && index + 1 < text.Length
                    && text[index + 1] is >= '\uDD00' and <= '\uDDEF');
            if (category == UnicodeCategory.Format || isVariationSelector)
            {
                index += char.IsHighSurrogate(text[index]) ? 1 : 0;
            }
            else
            {
                kept.Append(text[index]);
            }
        }

        return kept.ToString();
    }

    private static string Normalized(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair cannot be normalized, and stays as it is.
            return text;
        }
    }
}

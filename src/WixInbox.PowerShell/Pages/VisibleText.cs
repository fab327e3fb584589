using System.Globalization;
using System.Text;

namespace WixInbox.Pages;

/// <summary>
/// Makes characters visible that a reader would not see: those that control a terminal, and those that turn the
/// direction of writing, by which a text can look like another one. Line breaks, tabs and what joins emoji stay as they
/// are.
/// </summary>
internal static class VisibleText
{
    private const int Pictures = 0x2400;

    public static string Of(string text)
    {
        StringBuilder? visible = null;
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (IsHidden(letter))
            {
                visible ??= new StringBuilder(text, 0, index, text.Length + 16);
                visible.Append(letter < ' '
                    ? ((char)(Pictures + letter)).ToString()
                    : string.Format(CultureInfo.InvariantCulture, "[U+{0:X4}]", (int)letter));
            }
            else
            {
                visible?.Append(letter);
            }
        }

        return visible?.ToString() ?? text;
    }

    private static bool IsHidden(char letter) =>
        (char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'))
        || letter is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\uFEFF' or '\uFFFE' or '\uFFFF';
}

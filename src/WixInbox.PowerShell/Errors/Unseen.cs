using System.Globalization;
using System.Text;

namespace WixInbox.Errors;

/// <summary>Characters that cannot be seen, or look like a blank and are none, and how errors show them.</summary>
internal static class Unseen
{
    /// <summary>Shows a text with the code points of what cannot be seen in it.</summary>
    /// <returns>For example <c>zoe@example.com&lt;U+200B&gt;</c>.</returns>
    public static string Show(string text)
    {
        var shown = new StringBuilder();
        foreach (var letter in text)
        {
            if (Is(letter))
            {
                shown.Append(FormattableString.Invariant($"<U+{(int)letter:X4}>"));
            }
            else
            {
                shown.Append(letter);
            }

            if (shown.Length > Words.LongestShown)
            {
                return shown.Append('…').ToString();
            }
        }

        return shown.ToString();
    }

    /// <summary>Tells whether a character cannot be seen, or looks like a blank and is none.</summary>
    public static bool Is(char letter) => IsInvisible(letter) || (char.IsWhiteSpace(letter) && letter != ' ');

    /// <summary>Tells whether a text has such a character.</summary>
    public static bool IsIn(string text) => text.Any(Is);

    /// <summary>Tells whether a text has nothing that can be seen: blanks of any kind and of any width.</summary>
    public static bool IsBlank(string text)
    {
        foreach (var letter in text)
        {
            if (!char.IsWhiteSpace(letter) && !IsInvisible(letter))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Tells whether a character takes no room in a line.</summary>
    public static bool IsInvisible(char letter) =>
        char.IsControl(letter)
            ? !char.IsWhiteSpace(letter)
            : CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.Format || letter is '\uFE0F' or '\u3164';
}

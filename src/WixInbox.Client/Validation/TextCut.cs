using System.Globalization;

namespace WixInbox.Validation;

/// <summary>Cuts a text where a reader sees a boundary.</summary>
internal static class TextCut
{
    /// <summary>Gets as many whole text elements from the start as fit.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maximum">The most UTF-16 units to keep: no more in any other unit either.</param>
    /// <returns>The text, or its start.</returns>
    public static string AtElement(string text, int maximum)
    {
        if (text.Length <= maximum)
        {
            return text;
        }

        var starts = StringInfo.ParseCombiningCharacters(text);
        var fits = Array.BinarySearch(starts, maximum);
        var end = starts[fits >= 0 ? fits : ~fits - 1];
        return text.Substring(0, end);
    }
}

using System.Globalization;

namespace WixInbox.Validation;

/// <summary>Cuts a text where a reader sees a boundary.</summary>
internal static class TextCut
{
    // How far a cut goes back for a place that is a boundary to every reader.
    private const int Reach = 64;

    /// <summary>Gets as many whole text elements from the start as fit.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maximum">The most UTF-16 units to keep: no more in any other unit either.</param>
    /// <returns>The text, or its start.</returns>
    /// <remarks>
    /// Which characters make one element differs between versions of Unicode, and so between those of .NET. A preview
    /// is a part of what a row is known by in the journal, which another version may go on with: the cut is made where
    /// all of them see a boundary, if there is such a place close by.
    /// </remarks>
    public static string AtElement(string text, int maximum)
    {
        if (text.Length <= maximum)
        {
            return text;
        }

        for (var end = maximum; end > Math.Max(0, maximum - Reach); end--)
        {
            if (IsBoundary(text, end))
            {
                return text.Substring(0, end);
            }
        }

        var starts = StringInfo.ParseCombiningCharacters(text);
        var fits = Array.BinarySearch(starts, maximum);
        var start = starts[fits >= 0 ? fits : ~fits - 1];
        return text.Substring(0, start);
    }

    private static bool IsBoundary(string text, int at) =>
        IsAlone(text[at - 1])
        && (IsAlone(text[at])
            ? (text[at - 1], text[at]) != ('\r', '\n')
            : IsPictograph(text[at], at + 1 < text.Length ? text[at + 1] : '\0'));

    // Latin letters and signs, Greek and Cyrillic letters, kana, ideographs and syllables of Hangul: joined to no other
    // of them.
    private static bool IsAlone(char letter) => letter is < '\u0300' or >= '\u0370' and < '\u0483'
        or >= '\u3041' and <= '\u3096' or >= '\u30A1' and <= '\u30FA'
        or >= '\u4E00' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7A3';

    // Joined to nothing in front, unless it is a tone of skin.
    private static bool IsPictograph(char high, char low) =>
        high is '\uD83D' or '\uD83E' || (high == '\uD83C' && low is >= '\uDC00' and < '\uDFFB');
}

using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace WixInbox.Views;

/// <summary>The cells of a terminal that a text takes.</summary>
internal static class Cells
{
    /// <summary>Gets the characters of a text as a reader counts them.</summary>
    public static IEnumerable<(int Start, int Length)> Elements(string text)
    {
        var starts = StringInfo.ParseCombiningCharacters(text);
        for (var index = 0; index < starts.Length; index++)
        {
            var end = index + 1 < starts.Length ? starts[index + 1] : text.Length;
            yield return (starts[index], end - starts[index]);
        }
    }

    /// <summary>Gets how many cells a part of a text takes at most.</summary>
    /// <remarks>
    /// Terminals differ in how wide they draw an element of several characters, and so does the engine, which counts
    /// each half of a pair and each mark as one. A line that is too short by a cell is better than one that is too
    /// long.
    /// </remarks>
    public static int Of(string text, int start, int length)
    {
        var cells = 0;
        for (var index = start; index < start + length; index++)
        {
            cells += IsWide(text[index]) ? 2 : 1;
        }

        return cells;
    }

    /// <summary>
    /// Tells whether the engine, which cuts and breaks between any two UTF-16 units, does a text no harm, and counts
    /// its cells as a terminal does.
    /// </summary>
    public static bool IsCutWell(string text) =>
        Elements(text).All(element => element.Length == 1
            && text[element.Start] is not ((>= '\u231A' and <= '\u27BF') or (>= '\u2B1B' and <= '\u2B55')));

    /// <summary>
    /// Gets the width of a host's lines: their last cell stays free, since some consoles break the line after it. A
    /// host without a screen has none.
    /// </summary>
    public static int? WidthOf(PSHost host)
    {
        try
        {
            return host.UI.RawUI.BufferSize.Width is var width && width > 1 ? width - 1 : null;
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            return null;
        }
    }

    // East Asian characters, and the symbols some of which are drawn as emoji.
    private static bool IsWide(char character) => character is
        (>= '\u1100' and <= '\u115F') or (>= '\u231A' and <= '\u23FF') or (>= '\u25FD' and <= '\u27BF')
        or (>= '\u2B1B' and <= '\u2B55')
        or (>= '\u2E80' and <= '\uA4CF') or (>= '\uA960' and <= '\uA97C') or (>= '\uAC00' and <= '\uD7A3')
        or (>= '\uF900' and <= '\uFAFF')
        or (>= '\uFE10' and <= '\uFE19') or (>= '\uFE30' and <= '\uFE6F') or (>= '\uFF00' and <= '\uFF60')
        or (>= '\uFFE0' and <= '\uFFE6');
}

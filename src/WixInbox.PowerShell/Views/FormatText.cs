using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text;
using WixInbox.Views;

namespace WixInbox.Internal;

/// <summary>
/// What the views show of an object. WixInbox.Format.ps1xml calls it; it is not for scripts, and may change. It takes
/// objects as they are and as a file or a job gives them back, which have the properties alone.
/// </summary>
/// <remarks>
/// What stands in a CSV or comes from the server is not trusted: a terminal acts on control characters, and a reader is
/// misled by characters that cannot be seen. The objects have them; the views do not.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FormatText
{
    private const char Ellipsis = '\u2026';
    private const char NonJoiner = '\u200C';
    private const char Joiner = '\u200D';
    private const int LongestText = 500;

    /// <summary>Gets a text on one line, without what a terminal would act on and what cannot be seen.</summary>
    /// <param name="value">The text, or what is shown as one.</param>
    /// <returns>The text: each run of blanks, line breaks and control characters is one blank.</returns>
    public static string Line(object? value)
    {
        var text = value as string ?? LanguagePrimitives.ConvertTo<string>(value) ?? string.Empty;
        var line = new StringBuilder(text.Length);
        var isBlank = false;
        for (var index = 0; index < text.Length; index++)
        {
            var isPair = index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);
            switch (CharUnicodeInfo.GetUnicodeCategory(text, index))
            {
                case UnicodeCategory.Control or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator:
                    isBlank = true;
                    continue;

                // Those that turn the direction of writing, take no room, or stand for nothing at all. An emoji of
                // several parts, and Persian, need the two that join or part what they are between.
                case UnicodeCategory.Format when !IsSeen(text[index])
                    && !(Joins(text, index) && !isBlank && line.Length > 0):
                    index += isPair ? 1 : 0;
                    continue;
                case UnicodeCategory.Surrogate when !isPair:
                    Append('\uFFFD');
                    continue;
                default:
                    Append(text[index]);
                    if (isPair)
                    {
                        line.Append(text[++index]);
                    }

                    continue;
            }
        }

        return line.ToString();

        void Append(char character)
        {
            if (isBlank && line.Length > 0)
            {
                line.Append(' ');
            }

            isBlank = false;
            line.Append(character);
        }
    }

    /// <summary>Gets a text for a column of so many cells, cut where a reader sees a boundary.</summary>
    /// <param name="value">The text, or what is shown as one.</param>
    /// <param name="cells">The column's width.</param>
    /// <returns>The text on one line; if it is cut, with an ellipsis.</returns>
    public static string Cut(object? value, int cells)
    {
        var line = Line(value);
        var fits = 0;
        var used = 0;
        foreach (var (start, length) in Cells.Elements(line))
        {
            used += Cells.Of(line, start, length);
            if (used > cells)
            {
                return line.Substring(0, fits) + Ellipsis;
            }

            // The ellipsis takes one, if there is to be one.
            fits = used < cells ? start + length : fits;
        }

        return line;
    }

    /// <summary>
    /// Gets a text for the last column of a table, which has what the others leave. The engine cuts it itself, and
    /// well, unless that may be in the middle of a character.
    /// </summary>
    /// <param name="value">The text, or what is shown as one.</param>
    /// <param name="host">The host, which knows how wide it is.</param>
    /// <param name="taken">The cells that the other columns take, with the blanks between.</param>
    /// <returns>The text on one line.</returns>
    public static string Last(object? value, PSHost host, int taken)
    {
        var line = Line(value);
        return Cells.IsCutWell(line) || Cells.WidthOf(host) is not { } width
            ? line
            : Cut(line, Math.Max(1, width - taken));
    }

    /// <summary>
    /// Gets a text for a column or a value that goes over several lines, broken between words, and between characters
    /// only in a word longer than a line.
    /// </summary>
    /// <param name="value">The text, or what is shown as one.</param>
    /// <param name="host">The host, which knows how wide it is.</param>
    /// <param name="taken">The cells to the left of it.</param>
    /// <returns>At most 500 characters.</returns>
    public static string Wrap(object? value, PSHost host, int taken)
    {
        var line = Cut(value, LongestText);
        if (Cells.WidthOf(host) is not { } width)
        {
            return line;
        }

        var room = Math.Max(1, width - taken);
        var lines = new StringBuilder(line.Length + 16);
        var used = 0;
        foreach (var word in line.Split(' '))
        {
            var cells = Cells.Elements(word).Sum(element => Cells.Of(word, element.Start, element.Length));
            if (used > 0)
            {
                lines.Append(used + 1 + cells > room ? '\n' : ' ');
                used = used + 1 + cells > room ? 0 : used + 1;
            }

            foreach (var (start, length) in Cells.Elements(word))
            {
                var element = Cells.Of(word, start, length);
                if (used > 0 && used + element > room)
                {
                    lines.Append('\n');
                    used = 0;
                }

                lines.Append(word, start, length);
                used += element;
            }
        }

        return lines.ToString();
    }

    /// <summary>Gets the summary of a message's content: its preview, or else the first that it says.</summary>
    /// <param name="content">The content.</param>
    /// <returns>A text.</returns>
    public static string? Preview(object? content) =>
        ObjectParts.Get(content, "PreviewText").Concat(ObjectParts.Texts(content))
            .Select(LanguagePrimitives.ConvertTo<string>).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));

    /// <summary>Gets all that a message's content says, in the order in which it is shown.</summary>
    /// <param name="content">The content.</param>
    /// <returns>A text.</returns>
    public static string Said(object? content) =>
        string.Join(" ", ObjectParts.Texts(content).Where(text => text is not null));

    /// <summary>Tells whether an object has a value under a name.</summary>
    /// <param name="source">The object.</param>
    /// <param name="property">The name.</param>
    /// <returns>Whether there is anything to show.</returns>
    public static bool Has(object? source, string property) => ObjectParts.Get(source, property).Any();

    /// <summary>Gets what is under a name: texts as they are, and of other objects what they say.</summary>
    /// <param name="source">The object.</param>
    /// <param name="property">The name.</param>
    /// <param name="host">The host, which knows how wide it is.</param>
    /// <param name="taken">The cells to the left of it.</param>
    /// <returns>At most 500 characters.</returns>
    public static string Value(object? source, string property, PSHost host, int taken) =>
        Wrap(
            string.Join(
                ", ",
                ObjectParts.Get(source, property).Select(value =>
                    ObjectParts.Own(value).Select(LanguagePrimitives.ConvertTo<string>).FirstOrDefault()
                    ?? LanguagePrimitives.ConvertTo<string>(value))),
            host,
            taken);

    /// <summary>Gets by what a participant or a sender is known.</summary>
    /// <param name="who">The ids.</param>
    /// <param name="whole">
    /// Whether all ids are wanted as they are, and not as much of the first as tells it from another.
    /// </param>
    /// <returns>
    /// For example <c>member 1f3a8c00…</c>, or <c>MemberId 1f3a8c00-…</c> with whatever other ids there are.
    /// </returns>
    public static string Who(object? who, bool whole)
    {
        (string Property, string Word)[] kinds =
        [
            ("MemberId", "member"), ("ContactId", "contact"), ("AnonymousVisitorId", "visitor"), ("WixUserId", "user"),
            ("AppId", "app"),
        ];
        var ids = kinds.SelectMany(kind =>
            ObjectParts.Get(who, kind.Property).Select(id => (kind.Property, kind.Word, Id: Line(id)))).ToArray();
        if (whole)
        {
            return string.Join(", ", ids.Select(id => $"{id.Property} {id.Id}"));
        }

        return ids.Length == 0
            ? string.Empty
            : $"{ids[0].Word} {ids[0].Id.Split('-')[0]}{(ids[0].Id.Contains('-') ? Ellipsis : string.Empty)}";
    }

    /// <summary>Gets a time as this computer's clock has it.</summary>
    /// <param name="value">The time.</param>
    /// <param name="format">How it is written.</param>
    /// <returns>For example <c>2026-01-02 09:00</c>; nothing for none.</returns>
    public static string Time(object? value, string format)
    {
        // What a file or a job gives back of such a time are its properties.
        var time = ObjectParts.Get(value, "UtcDateTime").FirstOrDefault();
        return time is DateTime utc ? utc.ToLocalTime().ToString(format, CultureInfo.InvariantCulture) : Line(value);
    }

    /// <summary>Gets a span of time, to the second.</summary>
    /// <param name="value">The span.</param>
    /// <returns>For example <c>00:50:12</c>, or <c>1.02:00:00</c>; nothing for none.</returns>
    public static string Duration(object? value) =>
        value is TimeSpan span
            ? span.ToString(span.Days == 0 ? @"hh\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture)
            : Line(value);

    private static bool Joins(string text, int index) =>
        text[index] is Joiner or NonJoiner
        && index + 1 < text.Length
        && text[index + 1] is var next
        && next is not (Joiner or NonJoiner)
        && !char.IsWhiteSpace(next)
        && !char.IsControl(next);

    // The signs of some scripts that are drawn around or over what follows count as format characters too.
    private static bool IsSeen(char character) =>
        character is (>= '\u0600' and <= '\u0605') or '\u06DD' or '\u070F' or '\u0890' or '\u0891' or '\u08E2';
}

using System.Globalization;

namespace WixInbox.Pages;

/// <summary>
/// What the pages have in common. Numbers and dates are those of the page's language, whatever the computer's is.
/// </summary>
internal static class Parts
{
    public static string Number(double number) => number.ToString("#,0.#", CultureInfo.InvariantCulture);

    /// <summary>A moment, in the time of this computer.</summary>
    public static Html Time(DateTimeOffset time, string format = "yyyy-MM-dd HH:mm:ss") =>
        Html.Tag("time", time.ToLocalTime().ToString(format, CultureInfo.InvariantCulture))
            .With("datetime", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    /// <summary>A length of time, as long as its largest two units.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalMinutes: < 1 } => $"{Number(Math.Ceiling(span.TotalSeconds))} s",
        { TotalHours: < 1 } => $"{span.Minutes} min {span.Seconds} s",
        { TotalDays: < 1 } => $"{span.Hours} h {span.Minutes} min",
        _ => $"{Number(span.Days)} d {span.Hours} h",
    };

    /// <summary>When a page was made, and what its times are.</summary>
    public static object?[] Made(DateTimeOffset now)
    {
        var version = typeof(Parts).Assembly.GetName().Version!.ToString(3);
        return [
            $"Made by WixInbox {version}, ",
            Time(now),
            now.ToLocalTime().ToString(" '(UTC'zzz', as all times here).'", CultureInfo.InvariantCulture),
        ];
    }

    /// <summary>A row of figures, each with what it counts.</summary>
    /// <param name="figures">
    /// The name, the figure, how it is meant (a class of the style), and what else is to be said of it.
    /// </param>
    public static Html Figures(params (string Name, string Figure, string? Class, string? Note)[] figures) => Html.Tag(
        "dl.figures",
        figures.Select(figure => Html.Tag(
            figure.Class is null ? "div" : "div." + figure.Class,
            Html.Tag("dt", figure.Name),
            Html.Tag("dd", figure.Figure, figure.Note is null ? null : Html.Tag("small", figure.Note)))));

    /// <summary>
    /// A table. On a narrow screen each row is a block, for which a cell has the head of its column, and every part
    /// says what it is.
    /// </summary>
    /// <param name="caption">What it is about.</param>
    /// <param name="heads">The columns.</param>
    /// <param name="rows">The cells of each row: a text or an element. The first is what the row is known by.</param>
    public static Html Table(string caption, string[] heads, IEnumerable<object?[]> rows) => Html.Tag(
        "table",
        Html.Tag("caption", caption),
        Html.Tag(
            "thead",
            Row(heads.Select(head =>
                Html.Tag("th", head).With("scope", "col").With("role", "columnheader")))).With("role", "rowgroup"),
        Html.Tag(
            "tbody",
            rows.Select(cells => Row(cells.Select((cell, index) => Cell(heads[index], index == 0, cell)))))
            .With("role", "rowgroup")).With("role", "table");

    private static Html Row(IEnumerable<Html> cells) => Html.Tag("tr", cells).With("role", "row");

    private static Html Cell(string head, bool isFirst, object? cell) =>
        (isFirst
            ? Html.Tag("th", cell).With("scope", "row").With("role", "rowheader")
            : Html.Tag("td", cell).With("role", "cell")).With("data-head", head);
}

using System.Globalization;
using WixInbox.Sending;

namespace WixInbox.Pages;

/// <summary>
/// Draws the requests of a run over its time, against Wix's limit. There is no text in the drawing, so that it may have
/// any width; a table says the same.
/// </summary>
internal static class RunChart
{
    private const int MostBars = 120;
    private const double Height = 100;

    private static readonly int[] s_widths = [1, 2, 5, 10, 15, 30, 60];

    /// <summary>Draws a run.</summary>
    /// <param name="run">The run, which has made a request.</param>
    public static Html Draw(JournalRun run)
    {
        // The journal does not say what its runs were held to.
        const int limit = SendPlan.UsualLimit;
        var bars = Bars(run, out var width);
        var most = bars.Max(bar => bar.Total) / (double)width;
        var top = Math.Max(limit, most) * 1.08;
        var label = string.Format(
            CultureInfo.InvariantCulture,
            "Requests a minute from {0:HH:mm} to {1:HH:mm}: {2} "
                + "messages at most in any 60 seconds, and Wix's limit is {3}.",
            run.Started.ToLocalTime(),
            run.Ended.ToLocalTime(),
            Parts.Number(run.MostAttemptsInMinute),
            Parts.Number(limit));
        return Html.Tag(
            "figure",
            Html.Tag(
                "svg.chart",
                bars.Select((bar, index) => Rectangle("rect.attempts", index, bar.Attempts, 0)),
                bars.Select((bar, index) => Rectangle("rect.lookups", index, bar.LookUps, bar.Attempts))
                    .Where((_, index) => bars[index].LookUps > 0),
                Html.Tag("line.limit").With("x1", 0).With("x2", bars.Length).With("y1", Y(limit)).With("y2", Y(limit)))
                .With("viewBox", string.Format(CultureInfo.InvariantCulture, "0 0 {0} {1}", bars.Length, Height))
                .With("preserveAspectRatio", "none")
                .With("role", "img")
                .With("aria-label", label),
            Html.Tag(
                "div.ends",
                Parts.Time(bars[0].Start, "HH:mm"),
                Html.Tag(
                    "span",
                    width == 1
                        ? "a bar is a minute"
                        : $"a bar is {Parts.Number(width)} minutes, and as high as one of them on average"),
                Parts.Time(bars[bars.Length - 1].Start, "HH:mm")),
            Html.Tag(
                "figcaption",
                Html.Tag(
                    "ul.legend",
                    Html.Tag(
                        "li",
                        Swatch(Html.Tag("rect.attempts").With("width", 20).With("height", 10)),
                        $"requests to send a message: {Parts.Number(run.Attempts)}"),
                    Html.Tag(
                        "li",
                        Swatch(Html.Tag("rect.lookups").With("width", 20).With("height", 10)),
                        $"conversations found: {Parts.Number(run.LookUps)}"),
                    Html.Tag(
                        "li",
                        Swatch(Html.Tag("line.limit").With("x1", 0).With("x2", 20).With("y1", 5).With("y2", 5)),
                        $"Wix's limit: {Parts.Number(limit)} a minute"),
                    Html.Tag("li", $"most to send in any 60 seconds: {Parts.Number(run.MostAttemptsInMinute)}"))),
            Html.Tag(
                "details",
                Html.Tag("summary", "The same as a table"),
                Parts.Table(
                    width == 1 ? "Requests of each minute" : $"Requests of each {Parts.Number(width)} minutes",
                    ["From", "To send a message", "Conversations found"],
                    bars.Where(bar => bar.Total > 0).Select(bar => new object?[]
                    {
                        Parts.Time(bar.Start, "HH:mm"),
                        Parts.Number(bar.Attempts),
                        Parts.Number(bar.LookUps),
                    }))));

        double Y(double perMinute) => Height - (perMinute / top * Height);

        Html Rectangle(string tag, int index, int requests, int under) =>
            Html.Tag(tag).With("x", index + 0.1).With("y", Y((under + requests) / (double)width)).With("width", 0.8)
                .With("height", requests / (double)width / top * Height);
    }

    // A bar is a minute where there is room for so many, and more minutes where there is not.
    private static Bar[] Bars(JournalRun run, out int width)
    {
        var start = run.Minutes.First().Start;
        var minutes = (run.Minutes.Last().Start - start).TotalMinutes + 1;
        var room = s_widths.FirstOrDefault(candidate => minutes <= candidate * MostBars);
        width = room > 0 ? room : (int)Math.Ceiling(minutes / MostBars);
        var bars = new Bar[(int)Math.Ceiling(minutes / width)];
        for (var index = 0; index < bars.Length; index++)
        {
            bars[index] = new Bar(start.AddMinutes((double)index * width));
        }

        foreach (var minute in run.Minutes)
        {
            var bar = bars[(int)((minute.Start - start).TotalMinutes / width)];
            bar.Attempts += minute.Attempts;
            bar.LookUps += minute.LookUps;
        }

        return bars;
    }

    private static Html Swatch(Html shape) =>
        Html.Tag("svg.chart.swatch", shape).With("viewBox", "0 0 20 10").With("aria-hidden", "true");

    private sealed class Bar(DateTimeOffset start)
    {
        public DateTimeOffset Start { get; } = start;

        public int Attempts { get; set; }

        public int LookUps { get; set; }

        public int Total => Attempts + LookUps;
    }
}

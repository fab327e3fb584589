using WixInbox.Errors;

namespace WixInbox.Pages;

/// <summary>
/// The page of the runs of a journal: how far they are, how fast they were, what failed, and which rows somebody has to
/// look at.
/// </summary>
internal static class ReportPage
{
    private const int MostRuns = 20;
    private const int MostCharts = 3;
    private const int MostRows = 200;
    private const int MostGroups = 50;

    /// <summary>Makes the page.</summary>
    /// <param name="report">What the journal says.</param>
    /// <param name="now">When it was read.</param>
    public static Page Build(JournalReport report, DateTimeOffset now)
    {
        var summary = report.Summary;
        var groups = report.Unsent
            .Where(entry => !(summary.Active && entry.State == JournalState.Sending))
            .GroupBy(entry => (entry.State, entry.Code, entry.StatusCode, IsLocal: entry.Attempts is null or 0))
            .OrderBy(group => group.Key.State == JournalState.NotSent)
            .ThenByDescending(group => group.Count())
            .Select((group, index) => (Id: $"group-{index + 1}", Entries: group.ToArray()))
            .ToArray();
        return new Page(
            "Report of a run",
            Html.Tag(
                "div",
                Html.Tag(
                    "p",
                    Status(summary),
                    " Journal ",
                    Html.Tag("code", Html.Data(Path.GetFileName(summary.Path))),
                    ". Connection: ",
                    Html.Data(summary.Connection),
                    ". Rows are identified by ",
                    summary.KeyProperty is { } column ? Html.Data(column) : "their recipient and message",
                    "."),
                summary.DamagedLine is { } line
                    ? Html.Tag(
                        "p.notice",
                        $"Something other than WixInbox changed the journal: the checksum of line {Parts.Number(line)} "
                            + "does not match. The figures may be wrong, and no run can continue with it.")
                    : null),
            [
                Figures(summary),
                .. Bar(summary),
                Times(summary),
                .. Charts(report.Runs),
                .. Failures(groups),
                .. groups.Take(MostGroups).Where(group => group.Entries[0].State != JournalState.NotSent)
                    .Select(group => Group(group.Id, group.Entries)),
                .. Runs(report.Runs),
            ],
            Parts.Made(now));
    }

    private static Html Status(JournalSummary summary) => summary switch
    {
        { Active: true } => Html.Tag("span.mark.wait", "Under way"),
        { Unknown: > 0 } => Html.Tag("span.mark.open", "Stopped, with rows open"),
        { NotSent: > 0 } => Html.Tag("span.mark.wait", "Stopped, with rows left"),

        // What was expected need not have come, and a row without a key is in no journal.
        { ExpectedCount: { } total } when total > summary.Rows => Html.Tag(
            "span.mark.wait", $"Not under way, at {Parts.Number(summary.Rows)} of {Parts.Number(total)} rows"),
        { Failed: > 0 } => Html.Tag("span.mark.bad", "Over, with failures"),
        _ => Html.Tag("span.mark.good", "Over"),
    };

    private static Html Figures(JournalSummary summary)
    {
        (string Name, string Figure, string? Class, string? Note)[] onTheirWay =
            summary.Active ? [("On their way", Parts.Number(summary.Sending), "open", null)] : [];
        var open = summary.Unknown == 0 ? null : "it is not known whether they were sent";
        return Parts.Figures(
        [
            (
                "Sent",
                Parts.Number(summary.Sent),
                "good",
                summary.Reconciled > 0
                    ? $"{Parts.Number(summary.Reconciled)} found by reading the conversation"
                    : null),
            ("Failed", Parts.Number(summary.Failed), "bad", null),
            ("Not sent yet", Parts.Number(summary.NotSent), "wait", null),
            .. onTheirWay,
            ("Open", Parts.Number(summary.Unknown), "open", open),
            (
                "Rows",
                summary.ExpectedCount is { } total ? Parts.Number(total) : Parts.Number(summary.Rows),
                null,
                summary.ExpectedCount is { } all
                    ? $"{Parts.Number(summary.Rows)} of them begun"
                    : "those in the journal"),
        ]);
    }

    // How far it is, as a bar. The figures above say the same.
    private static IEnumerable<Html> Bar(JournalSummary summary)
    {
        var all = Math.Max(summary.ExpectedCount ?? 0, summary.Rows);
        if (all == 0)
        {
            yield break;
        }

        (string Class, int Rows)[] parts =
        [
            ("good", summary.Sent),
            ("bad", summary.Failed),
            ("wait", summary.NotSent),
            ("open", summary.Unknown + summary.Sending),
        ];
        var at = 0;
        var drawn = new List<Html>();
        foreach (var (name, rows) in parts)
        {
            drawn.Add(Html.Tag("rect." + name).With("x", 100.0 * at / all).With("width", 100.0 * rows / all)
                .With("height", 1));
            at += rows;
        }

        var percent = $"{Parts.Number(Math.Floor(1000.0 * summary.Sent / all) / 10)} % sent";
        yield return Html.Tag("svg.parts", drawn).With("viewBox", "0 0 100 1").With("preserveAspectRatio", "none")
            .With("role", "img").With("aria-label", percent);
        yield return Html.Tag("p.quiet", percent + ".");
    }

    private static Html Times(JournalSummary summary)
    {
        (string Name, object? Value)[] facts =
        [
            ("Started", Parts.Time(summary.Created)),
            (summary.Active ? "Last line" : "Ended", Parts.Time(summary.LastWritten)),
            ("Time taken", Parts.Span(summary.Elapsed)),
            ("Runs", Parts.Number(summary.Runs)),
            (
                "Messages a minute in the last run",
                summary.RatePerMinute > 0 ? Parts.Number(summary.RatePerMinute) : null),
            ("Time left at that rate", summary.TimeLeft is { } left ? Parts.Span(left) : null),
        ];
        return Html.Tag(
            "dl.facts",
            facts.Where(fact => fact.Value is not null)
                .Select(fact => Html.Tag("div", Html.Tag("dt", fact.Name), Html.Tag("dd", fact.Value))));
    }

    private static IEnumerable<Html> Charts(IReadOnlyList<JournalRun> runs)
    {
        var drawn = runs.Where(run => run.Minutes.Count > 0).Reverse().Take(MostCharts).Reverse().ToArray();
        if (drawn.Length == 0)
        {
            yield break;
        }

        yield return Html.Tag(
            "section.card",
            Html.Tag("h2", "Requests over time"),
            Html.Tag(
                "p.quiet",
                "The requests that the journal knows of. It does not have those that look up contacts by address, that "
                    + "read a conversation after a lost answer, or that look up a conversation without finding one. "
                    + "A conversation that was found has no time of its own there, and is counted in the minute of "
                    + "the line before it, so a bar may be a little too high. "
                    + "The line is Wix's limit for an app, which a run may have been told to stay below."),
            drawn.Select(run => Html.Tag(
                "div.run",
                Html.Tag("h3", runs.Count == 1 ? "The run of " : "Run of ", Parts.Time(run.Started)),
                RunChart.Draw(run))));
    }

    private static IEnumerable<Html> Failures((string Id, JournalEntry[] Entries)[] groups)
    {
        if (groups.Length == 0)
        {
            yield break;
        }

        yield return Html.Tag(
            "section.card",
            Html.Tag("h2", "What was not sent, and why"),
            Parts.Table(
                groups.Length > MostGroups
                    ? $"The {MostGroups} most frequent reasons of {Parts.Number(groups.Length)}"
                    : "By reason",
                ["Reason", "Rows", "State", "What to do"],
                groups.Take(MostGroups).Select(group => new object?[]
                {
                    group.Entries[0].State == JournalState.NotSent
                        ? Reason(group.Entries[0])
                        : Html.Jump(group.Id, Reason(group.Entries[0])),
                    Parts.Number(group.Entries.Length),
                    Mark(group.Entries[0].State),
                    Html.Data(Advice(group.Entries[0])),
                })).With("class", "stack reasons"));
    }

    // Rows that broke a rule have made no request: what would be empty for all is left out.
    private static Html Group(string id, JournalEntry[] entries)
    {
        (string Name, Func<JournalEntry, object?> Cell)[] columns =
        [
            ("Row", entry => entry.Row is { } row ? Parts.Number(row) : "unknown"),
            ("Key", entry => Html.Tag("code", Html.Data(entry.Key))),
            ("Conversation", entry => entry.ConversationId is { } id ? Html.Tag("code", Html.Data(id)) : null),
            ("Requests", entry => entry.Attempts is null or 0 ? null : Parts.Number(entry.Attempts.Value)),
            ("When", entry => (entry.Ended ?? entry.Started) is { } time ? Parts.Time(time) : null),
            ("Wix's request id", entry => entry.RequestId is { } id ? Html.Tag("code", Html.Data(id)) : null),
        ];
        var filled = columns.Where(column => entries.Any(entry => column.Cell(entry) is not null)).ToArray();
        return Html.Tag(
            "section.card",
            Html.Tag(
                "div.head",
                Html.Tag("h2", $"{Words.Count(entries.Length, "row")}: ", Reason(entries[0])).With("id", id),
                Mark(entries[0].State)),
            Parts.Table(
                entries.Length > MostRows
                    ? $"The first {MostRows} rows. Get-WixInboxJournal has them all."
                    : "The rows",
                [.. filled.Select(column => column.Name)],
                entries.Take(MostRows).Select(entry => filled.Select(column => column.Cell(entry) ?? "none").ToArray()))
                .With("class", "stack")).With("aria-labelledby", id);
    }

    private static IEnumerable<Html> Runs(IReadOnlyList<JournalRun> runs)
    {
        if (runs.Count > 1)
        {
            yield return Html.Tag(
                "section.card",
                Html.Tag("h2", "Runs"),
                Parts.Table(
                    runs.Count > MostRuns
                        ? $"The last {MostRuns} of {Parts.Number(runs.Count)}"
                        : "From the first to the last",
                    ["Started", "Time taken", "Sent", "Requests to send"],
                    runs.Skip(runs.Count - MostRuns).Select(run => new object?[]
                    {
                        Parts.Time(run.Started),
                        Parts.Span(run.Ended - run.Started),
                        Parts.Number(run.Sent),
                        Parts.Number(run.Attempts),
                    })).With("class", "stack"));
        }
    }

    private static Html Mark(JournalState state) => state switch
    {
        JournalState.Failed => Html.Tag("span.mark.bad", "Failed"),
        JournalState.NotSent => Html.Tag("span.mark.wait", "Not sent yet"),
        _ => Html.Tag("span.mark.open", "Open"),
    };

    private static Html Reason(JournalEntry entry) => entry switch
    {
        { State: JournalState.Sending } => Html.Tag("span", "cut off while it was sent"),
        { State: JournalState.NotSent, Code: null } => Html.Tag("span", "cut off before it was sent"),
        _ => Html.Tag(
            "code", Html.Data(entry.Code ?? "no code"), entry.StatusCode is { } status ? $" ({status})" : null),
    };

    // The same words as the run's own error has.
    private static string Advice(JournalEntry entry)
    {
        if (entry.GetFailure() is not { } failure)
        {
            return entry.State == JournalState.NotSent
                ? "The run was stopped before the message was sent. The same command with the same -Journal sends it."
                : "The run was stopped while it sent the message. "
                    + "The same command with the same -Journal finds out whether it was sent, and sends it if it was "
                    + "not.";
        }

        if (failure.Cause == FailureCause.InvalidRequest)
        {
            return "The row breaks a rule, and nothing was sent. Test-WixInboxMessage says which column is at fault. "
                + "Correct it, and the same command with the same -Journal sends it.";
        }

        var (kind, further) = entry.State switch
        {
            JournalState.Failed =>
                (OutcomeKind.Rejected, "The same command with the same -Journal and -RetryFailed tries it again."),
            JournalState.NotSent => (OutcomeKind.NotSent, "The same command with the same -Journal sends it."),
            _ => (OutcomeKind.Ambiguous, "The same command with the same -Journal looks again."),
        };
        return $"{SendErrors.Advise(kind, failure).Text} {further}".Trim();
    }
}

using System.Globalization;
using System.Xml.Linq;

namespace WixInbox.PowerShell.Tests.Pages;

/// <summary>The page that Export-WixInboxReport makes of a run: what it tells.</summary>
public sealed class ReportPageTests : JournaledRuns
{
    private static readonly DateTimeOffset s_morning = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    private string Path => Folder.File("report.html");

    [Fact]
    public void A_real_run_is_told_as_its_summary_has_it()
    {
        Site.On("x 2", Mishap.NotFound);
        Site.On("x 3", Mishap.ErrorAfter);
        Run(
            "Rows 1, 2, 3, 4 | ForEach-Object { if ($_.Order -eq 'A-4') { $_.ConversationId = 'bad' }; $_ } | "
                + "Send-WixInboxMessage -Journal $journal -KeyProperty Order -ExpectedCount 10 -ThrottleLimit 1");

        var page = Export();

        Assert.Equal(["Sent 2", "Failed 2", "Not sent yet 0", "Open 0", "Rows 10"], page.Figures);
        Assert.Contains("1 found by reading the conversation", page.Body.Value, StringComparison.Ordinal);
        Assert.Contains("4 of them begun", page.Body.Value, StringComparison.Ordinal);
        Assert.Equal(
            ["Not under way, at 4 of 10 rows"],
            page.Body.Element("header")!
                .Descendants("span")
                .Where(mark => ((string?)mark.Attribute("class"))?.StartsWith("mark", StringComparison.Ordinal) == true)
                .Select(mark => mark.Value));
        Assert.Equal("20 % sent.", page.TextsOf("quiet")[0]);
        Assert.Contains("requests to send a message: 3", page.Body.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reason_and_what_to_do_are_in_the_words_of_the_error_and_the_row_by_what_it_is_known()
    {
        Site.On("x 2", Mishap.NotFound);
        var error = Assert.Single(Run(
            "Rows 1, 2 | Send-WixInboxMessage -Journal $journal -KeyProperty Order "
                + "-ThrottleLimit 1").Errors).ToString();

        var page = Export();
        var group = Assert.Single(Groups(page));

        Assert.Equal("1 row: CONVERSATION_NOT_FOUND (404)", group.Descendants("h2").Single().Value);
        var advice = Assert.Single(RowsOf(page.Body.Descendants("section")
            .Single(section => section.Element("h2")?.Value == "What was not sent, and why")))[3];
        Assert.EndsWith(
            " The same command with the same -Journal and -RetryFailed tries it again.",
            advice,
            StringComparison.Ordinal);
        Assert.Contains(
            advice[..advice.IndexOf(" The same command", StringComparison.Ordinal)], error, StringComparison.Ordinal);
        var row = Assert.Single(RowsOf(group));
        Assert.Equal(["2", "A-2", "5f0c7f3e-6f0e-4d3c-9b7a-000000000002", "1"], row[..4]);
        Assert.Equal("request-404", row[5]);
    }

    [Theory]
    [InlineData('F', "TextTooLong", null, 0, "Failed", "Test-WixInboxMessage says which column is at fault.")]
    [InlineData('F', "INVALID_MEDIA_URL", 400, 1, "Failed", "Wix does not accept the address of the image or file.")]
    [InlineData('F', "ContactNotFound", null, 0, "Failed", "No contact of the site has this address.")]
    [InlineData('N', "Status", 401, 1, "Not sent yet", "Wix does not accept the token or key")]
    [InlineData(
        'N',
        "Connection",
        null,
        4,
        "Not sent yet",
        "It is safe to send the message again. The same command with the same -Journal sends it.")]
    [InlineData('N', "EarlierMessage", null, 0, "Not sent yet", "An earlier row to the same conversation was not sent")]
    [InlineData('A', "Timeout", null, 1, "Open", "Look in the conversation for the message before you send it again.")]
    [InlineData(
        'N',
        null,
        null,
        0,
        "Not sent yet",
        "The run was stopped before the message was sent. The same command with the same -Journal sends it.")]
    [InlineData('I', null, null, 0, "Open", "The run was stopped while it sent the message.")]
    public void Each_way_to_fail_has_its_advice(
        char kind, string? code, int? status, int attempts, string mark, string advice)
    {
        var journal = new JournalText(s_morning);
        journal.Run(null);
        journal.Try(1);
        if (kind != 'I')
        {
            journal.End(kind, 1, code, status, attempts);
        }

        var page = Export(journal);
        var reason = Assert.Single(RowsOf(page.Body.Descendants("section")
            .Single(section => section.Element("h2")?.Value == "What was not sent, and why")));

        Assert.Equal(
            code is null ? $"cut off {(kind == 'N' ? "before" : "while")} it was sent"
                : code + (status is null ? string.Empty : $" ({status})"),
            reason[0]);
        Assert.Equal(["1", mark], reason[1..3]);
        Assert.Contains(advice, reason[3], StringComparison.Ordinal);

        // A row that the next run sends by itself needs nobody, and one that broke a rule has nothing to look up at
        // Wix.
        Assert.Equal(kind == 'N' ? 0 : 1, Groups(page).Length);
        if (attempts == 0 && kind == 'F')
        {
            Assert.Equal(
                ["Row", "Key", "Conversation", "When"],
                Groups(page)[0].Descendants("th").Where(cell => (string?)cell.Attribute("scope") == "col")
                    .Select(cell => cell.Value));
        }
    }

    [Fact]
    public void The_requests_are_drawn_against_the_limit_and_told_in_a_table()
    {
        var journal = new JournalText(s_morning);
        journal.Run(null);
        foreach (var (minute, attempts, lookUps) in new[] { (0, 100, 100), (1, 50, 0), (4, 10, 5) })
        {
            journal.Time = s_morning.AddMinutes(minute);
            for (var row = 0; row < attempts; row++)
            {
                journal.Try(minute * 1000 + row);
                journal.Sent(minute * 1000 + row);
            }

            for (var row = 0; row < lookUps; row++)
            {
                journal.LookUp(minute * 1000 + row);
            }
        }

        var page = Export(journal);
        var chart = page.Of("chart")[0];
        var bars = PageText.Of(chart, "attempts");

        // The fifth minute's bar is the fifth; those between are empty. The limit is 200, and there is room above it.
        Assert.Equal(5, bars.Length);
        Assert.Equal([100, 50, 0, 0, 10], bars.Select(bar => Math.Round(Number(bar, "height") * 2 * 1.08, 1)));
        Assert.Equal(
            [100, 5], PageText.Of(chart, "lookups").Select(bar => Math.Round(Number(bar, "height") * 2 * 1.08, 1)));
        Assert.Equal(
            Number(bars[0], "y"),
            Number(PageText.Of(chart, "lookups")[0], "y") + Number(PageText.Of(chart, "lookups")[0], "height"),
            0.01);
        Assert.Equal(100 - (100 / 1.08), Number(PageText.Of(chart, "limit")[0], "y1"), 0.01);
        Assert.Equal(Number(PageText.Of(chart, "limit")[0], "y1"), Number(PageText.Of(chart, "lookups")[0], "y"), 0.01);
        Assert.EndsWith(
            ": 100 messages at most in any 60 seconds, and Wix's limit is 200.",
            (string)chart.Attribute("aria-label")!,
            StringComparison.Ordinal);
        Assert.Equal(
            [["100", "100"], ["50", "0"], ["10", "5"]],
            RowsOf(page.Body.Descendants("details").Single()).Select(row => row[1..]));
    }

    [Theory]
    [InlineData(119, 120, "a bar is a minute")]
    [InlineData(120, 61, "a bar is 2 minutes, and as high as one of them on average")]
    [InlineData(60 * 24 * 3, 73, "a bar is 60 minutes, and as high as one of them on average")]
    [InlineData(60 * 24 * 400, 120, "a bar is 4,801 minutes, and as high as one of them on average")]
    public void A_long_run_has_bars_of_more_minutes(int minutes, int bars, string says)
    {
        var journal = new JournalText(s_morning);
        journal.Run(null);
        for (var row = 0; row < 6; row++)
        {
            journal.Try(row);
        }

        journal.Time = s_morning.AddMinutes(minutes);
        journal.Try(6);

        var page = Export(journal);

        Assert.Equal(bars, PageText.Of(page.Of("chart")[0], "attempts").Length);
        Assert.Equal(says, page.Of("ends")[0].Element("span")!.Value);
        Assert.Equal(
            7,
            RowsOf(page.Body.Descendants("details").Single()).Sum(
                row => int.Parse(row[1], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Runs_are_listed_and_the_last_three_that_sent_are_drawn()
    {
        var journal = new JournalText(s_morning);
        for (var run = 1; run <= 25; run++)
        {
            journal.Time = s_morning.AddHours(run);
            journal.Run(null);
            if (run != 24)
            {
                journal.Try(run);
                journal.Time += TimeSpan.FromSeconds(90);
                journal.Sent(run);
            }
        }

        var page = Export(journal);
        var runs = page.Body.Descendants("section").Single(section => section.Element("h2")?.Value == "Runs");

        Assert.Equal(20, RowsOf(runs).Length);
        Assert.Equal(["1 min 30 s", "1", "1"], RowsOf(runs)[^1][1..]);
        Assert.Equal(["0 s", "0", "0"], RowsOf(runs)[^2][1..]);
        int[] drawn = [22, 23, 25];
        Assert.Equal(
            drawn.Select(run => "Run of "
                + s_morning.AddHours(run).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
            page.Of("run").Select(run => run.Element("h3")!.Value));
    }

    [Fact]
    public async Task A_run_that_is_under_way_is_called_so_and_what_it_is_sending_needs_nobody()
    {
        Site.On("x 3", Mishap.HangBefore);
        using var run = Start(
            "Rows 1, 2, 3 | Send-WixInboxMessage -Journal $journal -ExpectedCount 10 -ThrottleLimit 1");
        Assert.True(SpinWait.SpinUntil(() => run.Output.Count == 2, TimeSpan.FromSeconds(30)));
        Site.WaitForInFlight(1);

        var page = Export();
        Assert.Contains("Under way", page.TextsOf("mark"));
        Assert.Equal(["Sent 2", "Failed 0", "Not sent yet 0", "On their way 1", "Open 0", "Rows 10"], page.Figures);
        Assert.Empty(Groups(page));
        await run.StopAsync();

        page = Export();
        Assert.Contains("Stopped, with rows open", page.TextsOf("mark"));
        Assert.Equal("1 row: cut off while it was sent", Assert.Single(Groups(page)).Descendants("h2").Single().Value);
    }

    [Fact]
    public void What_the_file_says_is_text_wherever_it_stands()
    {
        const string Hostile = "\"><script>alert(1)</script><img src=x onerror='a()'>\u202e\u001b[2J";
        const string Shown = "\"><script>alert(1)</script><img src=x onerror='a()'>[U+202E]␛[2J";
        var journal = new JournalText(s_morning, Hostile);
        journal.Run(null);
        journal.Try(1, Hostile);
        journal.End('F', 1, Hostile, 400, 1, Hostile, Hostile);

        var page = Export(journal);

        Assert.DoesNotContain(page.Body.Descendants(), element => element.Name.LocalName is "script" or "img");
        var row = Assert.Single(RowsOf(Assert.Single(Groups(page))));
        Assert.Equal((Shown, Shown), (row[1], row[5]));
        Assert.Contains(
            $"Rows are identified by {Shown}.", page.Body.Element("header")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_rows_the_first_are_on_the_page_and_all_are_counted()
    {
        var journal = new JournalText(s_morning);
        journal.Run(3000);
        for (var row = 1; row <= 3000; row++)
        {
            journal.Invalid(row, row <= 2500 ? "TextTooLong" : $"Odd{row}");
        }

        var page = Export(journal);

        Assert.Equal("2,500 rows: TextTooLong", Groups(page)[0].Descendants("h2").Single().Value);
        Assert.Equal(200, RowsOf(Groups(page)[0]).Length);
        Assert.Equal(
            "The first 200 rows. Get-WixInboxJournal has them all.",
            Groups(page)[0].Descendants("caption").Single().Value);
        Assert.Equal(50, Groups(page).Length);
        Assert.Contains(
            "The 50 most frequent reasons of 501", page.Body.Descendants("caption").Select(caption => caption.Value));
        Assert.InRange(new FileInfo(Path).Length, 1, 300_000);
    }

    [Fact]
    public void A_journal_that_was_changed_is_read_and_the_page_says_where()
    {
        var lines = JournalText.Sample().Split('\n');
        lines[7] = "gone";
        File.WriteAllLines(Journal, lines);

        Assert.Contains(
            "the checksum of line 8 does not match", Export().TextsOf("notice").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_in_which_nothing_was_sent_has_a_page_too()
    {
        var journal = new JournalText(s_morning);
        journal.Run(null);

        var page = Export(journal);

        Assert.Equal(["Sent 0", "Failed 0", "Not sent yet 0", "Open 0", "Rows 0"], page.Figures);
        Assert.Empty(page.Of("chart"));
    }

    private PageText Export(JournalText? journal = null)
    {
        if (journal is not null)
        {
            File.WriteAllText(Journal, journal.ToString());
        }

        RunWell($"Export-WixInboxReport $journal '{Path}'");
        return new PageText(Path);
    }

    // The sections that list rows.
    private static XElement[] Groups(PageText page) =>
        [.. page.Body.Descendants("section").Where(section => section.Attribute("aria-labelledby") is not null)];

    private static string[][] RowsOf(XElement section) =>
    [
        .. section.Descendants("tbody").Elements("tr")
            .Select(row => row.Elements().Select(cell => cell.Value).ToArray()),
    ];

    private static double Number(XElement element, string attribute) =>
        double.Parse((string)element.Attribute(attribute)!, CultureInfo.InvariantCulture);
}

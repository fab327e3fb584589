using System.Xml.Linq;

namespace WixInbox.PowerShell.Tests.Pages;

/// <summary>
/// The page that Show-WixInboxMessage makes: what it has for each kind of message, and which rows are on it.
/// </summary>
public sealed class MessagePageTests : IDisposable
{
    /// <summary>Gets a picture of one pixel.</summary>
    internal static byte[] Dot { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine = new(host: new RecordingHost());

    public MessagePageTests() => _engine.Set("c", Engine.Guid1);

    private string Path => _folder.File("page.html");

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_page_is_one_file_that_fetches_nothing_and_says_what_it_is()
    {
        var page = Show(
            "Show-WixInboxMessage -ConversationId $c 'Hi!' -ImageUrl https://e.example/a.png -Badge @{ Text = 'b'; "
                + "IconUrl = 'https://e.example/i.png' }");

        Assert.StartsWith(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
                + "http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src "
                + "&#39;unsafe-inline&#39;; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;\">",
            page.Html,
            StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(
            page.Body.Descendants().Attributes(),
            attribute => attribute.Name.LocalName is "src" or "style"
                || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.Contains(
            "A sketch of how the Inbox and the chat widget show these messages",
            page.Body.Element("header")!.Value,
            StringComparison.Ordinal);
        Assert.Equal(["header", "main", "footer"], page.Body.Elements().Select(element => element.Name.LocalName));
    }

    [Fact]
    public void Each_item_of_a_basic_message_is_a_message_of_its_own_on_both_sides()
    {
        var page = Show(
            "Show-WixInboxMessage -ConversationId $c \"Hi`nAda\" -ImageUrl https://e.example/a.png -Image @{ "
                + "Id = 'wix:1'; Width = 800; Height = 600.5 } -File @{ Url = 'https://e.example/f'; "
                + "Filename = 'f.pdf'; MimeType = 'application/pdf' }");

        Assert.Equal(["Hi\nAda", "Hi\nAda"], page.TextsOf("bubble"));
        Assert.Equal(
            [
                "Picturehttps://e.example/a.png",
                "Picture, 800 × 600.5Wix Media wix:1",
                "File, application/pdff.pdfhttps://e.example/f",
            ],
            Sides(page).Inbox.Descendants("div").Where(element => (string?)element.Attribute("class") == "picture")
                .Select(element => element.Value));
        Assert.Equal(Talk(Sides(page).Inbox)[1..], Talk(Sides(page).Widget)[1..]);
        Assert.Equal(["Hi\nAda"], page.TextsOf("preview"));
    }

    [Fact]
    public void A_picture_of_this_machine_is_in_the_page_and_a_large_one_is_there_by_its_name()
    {
        var small = _folder.File("dot.png");
        var large = _folder.File("large.png");
        File.WriteAllBytes(small, Dot);
        File.WriteAllBytes(large, [.. Dot, .. new byte[300 * 1024]]);

        var page = Show($"Show-WixInboxMessage -ConversationId $c -ImagePath '{small}', '{large}'");

        Assert.Equal(
            Enumerable.Repeat(("data:image/png;base64," + Convert.ToBase64String(Dot), "dot.png"), 2),
            page.Body.Descendants("img")
                .Select(picture => ((string)picture.Attribute("src")!, (string)picture.Attribute("alt")!)));
        Assert.Equal(
            ["Picture, 1 × 1, image/png, 301 KBlarge.png", "Picture, 1 × 1, image/png, 301 KBlarge.png"],
            page.TextsOf("picture"));
    }

    [Fact]
    public void A_file_of_this_machine_is_there_by_name_type_and_size_and_its_name_is_text()
    {
        // All that the name of a file may have in it, which is less on Windows.
        var name = (OperatingSystem.IsWindows() ? string.Empty : "\"><script>alert(1)<")
            + "' onerror='x' &lt; \u202egnp";
        File.WriteAllBytes(_folder.File(name + ".png"), Dot);
        File.WriteAllBytes(_folder.File(name + ".txt"), new byte[3 * 1024 * 1024 / 2]);
        _engine.Set("file", _folder.File(name));

        var page = Show(
            "[pscustomobject]@{ ConversationId = $c; ImagePath = \"$file.png\"; FilePath = \"$file.txt\" } | "
                + "Show-WixInboxMessage");

        Assert.Empty(page.Body.Descendants("script"));
        var shown = name.Replace("\u202e", "[U+202E]", StringComparison.Ordinal);
        Assert.All(page.Body.Descendants("img"), picture => Assert.Equal(
            ["src", "alt"], picture.Attributes().Select(attribute => attribute.Name.LocalName)));
        Assert.Equal(
            [shown + ".png", shown + ".png"],
            page.Body.Descendants("img").Select(picture => (string)picture.Attribute("alt")!));
        Assert.Equal(
            [$"File, text/plain, 1.5 MB{shown}.txt", $"File, text/plain, 1.5 MB{shown}.txt"], page.TextsOf("picture"));
        Assert.Equal(["Rows 1", "Can be sent 1", "Break a rule 0"], page.Figures);
    }

    [Theory]
    [InlineData("BusinessToParticipant", "right own", "left", "The business")]
    [InlineData("ParticipantToBusiness", "left", "right own", "The participant")]
    public void Who_looks_has_their_own_messages_on_the_right(string direction, string inbox, string widget, string who)
    {
        var page = Show($"Show-WixInboxMessage -ConversationId $c x -Direction {direction}");

        Assert.Equal(
            ["talk " + inbox, "talk " + widget], page.Of("talk").Select(talk => (string)talk.Attribute("class")!));
        Assert.Equal([who, who], page.TextsOf("who"));
    }

    [Fact]
    public void What_the_staff_alone_see_is_not_in_the_widget()
    {
        var page = Show(
            "Show-WixInboxMessage -ConversationId $c -Minimal 'Paid "
                + "42.00' -IconUrl https://e.example/i.png -Url https://e.example/pay -Visibility Business");

        Assert.Equal("The business: only the site's staff see it", Talk(Sides(page).Inbox)[0]);
        Assert.Equal("◆ Paid 42.00 (icon https://e.example/i.png)", Talk(Sides(page).Inbox)[1]);
        Assert.Equal(
            ["https://e.example/pay", "https://e.example/i.png"],
            page.Body.Descendants("a").Select(link => (string)link.Attribute("href")!));
        Assert.Equal(
            ["Not shown here: only the site's staff see this message (-Visibility Business)."],
            Talk(Sides(page).Widget));
        Assert.Contains("Who sees it" + "the site's staff", Facts(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "plate", "template, portrait")]
    [InlineData("-Orientation Landscape", "plate landscape", "template, landscape")]
    public void A_card_has_its_picture_title_lines_and_buttons(string parameters, string name, string kind)
    {
        var page = Show(
            "Show-WixInboxMessage -ConversationId $c -Template -Title T -TextLine one, two -ImageUrl "
                + "https://e.example/p.png -Button @{ Label = 'Open'; LaunchUrl = 'https://e.example/1?a=1&b=2' }, @{ "
                + "Label = 'Keep'; PostbackProperties = @{ InteractionId = 'keep' } }, @{ Label = 'Bad'; "
                + $"LaunchUrl = 'javascript:alert(1)' }} {parameters}");

        var card = Assert.Single(PageText.Of(Sides(page).Widget, "plate"));
        Assert.Equal(name, (string)card.Attribute("class")!);
        Assert.Equal(["T", "one", "two"], PageText.Of(card, "words")[0].Elements().Select(line => line.Value));
        Assert.Equal(
            ["Openopens https://e.example/1?a=1&b=2", "Keeptells the app: keep", "Badopens javascript:alert(1)"],
            card.Descendants("li").Select(button => button.Value));
        Assert.Equal(
            ["https://e.example/p.png", "https://e.example/1?a=1&b=2"],
            card.Descendants("a").Select(link => (string)link.Attribute("href")!));
        Assert.All(card.Descendants("a"), link => Assert.Equal("noreferrer noopener", (string)link.Attribute("rel")!));
        Assert.Contains("Kind" + kind, Facts(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_has_its_answers_and_each_medium_is_a_message_of_its_own()
    {
        var page = Show(
            "Show-WixInboxMessage -ConversationId $c -Form -Title Return -Description D -Field @{ Name = 'Size'; "
                + "Value = 'L' }, @{ Name = 'Why'; Value = 'small' } -Media @{ Image = @{ "
                + "Url = 'https://e.example/m.png' } }, @{ File = @{ Url = 'https://e.example/m.pdf' } }");

        Assert.Equal(
            ["The business", "ReturnDSizeLWhysmall", "Picturehttps://e.example/m.png", "Filehttps://e.example/m.pdf"],
            Talk(Sides(page).Inbox));
        Assert.Equal(Talk(Sides(page).Inbox), Talk(Sides(page).Widget));
    }

    [Fact]
    public void What_Wix_alone_sends_is_shown_with_that_it_cannot_be_sent()
    {
        var page = Show(
            "Show-WixInboxMessage -ConversationId $c -Content @{ System = @{ Text = 'Closed.'; "
                + "Buttons = @{ Label = 'Again' } } }");

        Assert.Equal("Closed.Againdoes nothing", Talk(Sides(page).Inbox)[1]);
        Assert.Equal(
            ["Breaks 1 rule"], page.TextsOf("bad").Where(text => text.StartsWith("Breaks", StringComparison.Ordinal)));
        Assert.Equal(
            ["-Content: A system message can be received but not sent. SystemContentNotSendable"],
            page.Of("faults")[0].Elements().Select(fault => fault.Value));
    }

    [Fact]
    public void The_widget_does_not_honour_that_a_badge_is_for_the_staff_and_the_page_says_so()
    {
        var page = Show("Show-WixInboxMessage -ConversationId $c x -Badge @{ Text = 'VIP'; Visibility = 'Business' }");

        Assert.Equal(["The business", "VIP", "x"], Talk(Sides(page).Inbox));
        Assert.Equal(
            ["The business: its badge is meant for the staff only, but the widget shows it anyway", "VIP", "x"],
            Talk(Sides(page).Widget));
        Assert.Equal(
            ["The business", "VIP", "x"],
            Talk(Sides(Show("Show-WixInboxMessage -ConversationId $c x -Badge VIP")).Widget));
    }

    [Fact]
    public void The_small_facts_are_those_that_were_given()
    {
        var page = Show(
            "Show-WixInboxMessage -ConversationId $c x -PreviewText 'In short' -SendAs Participant "
                + "-Silent -SendNotification -TargetChannelId CHAT, MAIL -SourceChannel Sms -TypingDelay 3");

        Assert.Equal(
            "Kindbasic|Directionbusiness to participant|Who sees itboth sides|Sent "
                + "asParticipant|Silentyes|Notificationsyes|To channelCHAT, MAIL|From channelSms|Typing delay3",
            Facts(page));
        Assert.Equal(["In short"], page.TextsOf("preview"));
        Assert.Contains("Silent: this line and the unread count stay as they were.", page.TextsOf("who"));
    }

    [Fact]
    public void A_row_that_breaks_rules_is_shown_with_what_Test_says_of_it()
    {
        const string Rows =
            "[pscustomobject]@{ ContactId = 'bad'; Text = ('x' * 16385) }, [pscustomobject]@{ "
            + "Name = 'nobody' }, [pscustomobject]@{ ContactId = $c; Text = 'fine' }";
        var page = Show($"{Rows} | Show-WixInboxMessage");

        var said = page.Rows.Select(row => string.Join(
            " ",
            PageText.Of(row, "faults").SelectMany(list => list.Elements())
                .Select(fault => fault.Element("bdi")!.Value)));
        Assert.Equal(
            _engine.Run($"{Rows} | Test-WixInboxMessage").OutputOf("Problem")
                .Select(problem => problem ?? string.Empty),
            said,
            StringComparer.OrdinalIgnoreCase);
        Assert.Equal(["Rows 3", "Can be sent 1", "Break a rule 2"], page.Figures);
        Assert.Equal(
            ["Row 1 to contact bad", "Row 2 ", $"Row 3 to contact {Engine.Guid1}"],
            page.Body.Descendants("h2").Select(head => head.Value));
        Assert.Contains("There is nothing to send.", page.TextsOf("nothing"));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)> ' onload='x")]
    [InlineData("</p></body></html> &lt;b&gt; ]]>")]
    [InlineData("مرحبا <b> 日本 👩‍👩‍👧 é")]
    public void What_a_row_says_is_text_wherever_it_stands(string text)
    {
        _engine.Set("text", text);

        var page = Show(
            "Show-WixInboxMessage -ContactId $text -Template -Title $text -TextLine $text -ImageUrl $text -Button @{ "
                + "Label = $text; LaunchUrl = $text } -Badge @{ Text = $text; "
                + "IconUrl = $text } -PreviewText $text -TargetChannelId $text -SourceChannelId $text");

        Assert.DoesNotContain(page.Body.Descendants(), element => element.Name.LocalName is "script" or "img" or "b");
        Assert.Equal(text, page.TextsOf("preview")[0]);
        Assert.Equal([text, text], page.TextsOf("title"));
        Assert.Equal([text, text], page.TextsOf("push"));
        Assert.Equal("contact " + text, page.Rows[0].Descendants("h2").Single().Element("span")!.Element("bdi")!.Value);
        Assert.Empty(page.Body.Descendants("a"));
        Assert.All(page.Body.Descendants("bdi"), element => Assert.Equal("auto", (string?)element.Attribute("dir")));
    }

    [Fact]
    public void Characters_that_nobody_sees_are_made_visible_and_what_writing_needs_stays()
    {
        _engine.Set("text", "a\u001b[31mb\0c\u007f\u0085\u202egpj.exe\u2066\ufeff\tt\nn\u200d\u200f\ud800z");

        Assert.Equal(
            "a␛[31mb␀c[U+007F][U+0085][U+202E]gpj.exe[U+2066][U+FEFF]\tt\nn\u200d\u200f\ufffdz",
            Show("Show-WixInboxMessage -ConversationId $c $text").TextsOf("bubble")[0]);
    }

    [Fact]
    public void A_text_out_of_all_bounds_is_cut_and_says_how_much_is_left_out()
    {
        var page = Show("Show-WixInboxMessage -ConversationId $c ('x' * 1000000)");

        Assert.Equal(new string('x', 20_000) + " … and 980,000 characters more", page.TextsOf("bubble")[0]);
        Assert.InRange(page.Html.Length, 40_000, 80_000);
    }

    [Fact]
    public void It_shows_the_rows_that_break_a_rule_first_counts_all_and_says_so()
    {
        var result = _engine.Run(
            "1..10000 | ForEach-Object { [pscustomobject]@{ ConversationId = if ($_ % 625) { $c }; "
                + $"Text = \"Hi $_\" }} }} | Show-WixInboxMessage -Path '{Path}' -PassThru -Verbose");

        var page = new PageText(Path);
        Assert.Equal(20, page.Rows.Length);
        Assert.Equal(["Rows 10,000", "Can be sent 9,984", "Break a rule 16"], page.Figures);
        int[] shown = [.. Enumerable.Range(1, 16).Select(count => count * 625), 1, 2, 3, 4];
        Assert.Equal(
            shown.Select(row => $"row-{row}"),
            page.Body.Descendants("article").Select(article => (string?)article.Attribute("aria-labelledby")));
        Assert.Contains(
            "20 are on this page, those that break a rule first", page.Body.Value, StringComparison.Ordinal);
        Assert.Equal(
            ["The page shows 20 of 10,000 rows, those that break a rule first. -First shows more."], result.Warnings);
        Assert.Contains("Rows: 10,000. Valid: 9,984. Shown: 20.", result.Verbose);
        Assert.DoesNotContain(result.AllStreams, line => line.Contains("Hi 1", StringComparison.Ordinal));
    }

    [Fact]
    public void How_many_rows_to_show_can_be_said()
    {
        var result = _engine.Run(
            "1..50 | ForEach-Object { [pscustomobject]@{ ConversationId = $c } } | "
                + $"Show-WixInboxMessage x -First 30 -Path '{Path}' -PassThru");

        Assert.Empty(result.Warnings);
        Assert.Equal(30, new PageText(Path).Rows.Length);
    }

    private PageText Show(string script) => PageText.MadeBy(_engine, script, Path);

    private static (XElement Inbox, XElement Widget) Sides(PageText page)
    {
        var sides = page.Of("side");
        Assert.Equal(2, sides.Length);
        Assert.Equal(["Inbox", "Chat widget"], sides.Select(side => side.Descendants("h3").Single().Value));
        return (sides[0], sides[1]);
    }

    private static string[] Talk(XElement side) =>
        [.. PageText.Of(side, "talk")[0].Elements().Select(element => element.Value)];

    private static string Facts(PageText page) =>
        string.Join("|", page.Of("facts")[0].Elements().Select(fact => fact.Value));
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace WixInbox.PowerShell.Tests.Pages;

/// <summary>The pages as a browser shows them, where there is Chromium.</summary>
public sealed class BrowserTests(Chromium chromium) : JournaledRuns, IClassFixture<Chromium>
{
    private const string Reason = "Chromium is not on this machine, so that the pages are not looked at in a browser.";

    // What somebody would write who wants to be more than text, with texts that only look odd.
    private static readonly string[] s_hostile =
    [
        "<script>window.ran = 1</script>",
        "</p></div></article><h1 id=broken>broken</h1>",
        "<img src=x onerror=\"window.ran = 2\">",
        "\"><svg onload=window.ran=3>",
        "' onmouseover='window.ran=4' x='",
        "<!-- unclosed <b <i",
        "&lt;b&gt; &amp;amp; &#60;",
        "</style><style>body{display:none}</style>",
        "]]><![CDATA[<b>",
        "javascript:window.ran=5",
        "مرحبا بالعالم, order 7",
        "日本語のとても長いテキスト",
        "👩‍👩‍👧‍👦 and é and ﷽",
        new string('w', 16_384),
    ];

    private static readonly string s_contrast = """
        (() => {
            const rgb = text => text.match(/[\d.]+/g).map(Number);
            const light = ([r, g, b]) => { const f = c => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
            const under = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
            const found = [];
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const e = walk.currentNode.parentElement;
                if (!walk.currentNode.data.trim() || !e.checkVisibility()) continue;
                const [a, b] = [light(rgb(getComputedStyle(e).color)), light(under(e))];
                const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
                if (ratio < 4.5) found.push(ratio.toFixed(2) + ' ' + e.className + ': ' + walk.currentNode.data.slice(0, 30));
            }
            return [...new Set(found)];
        })()
        """;

    private static readonly string s_overflow = """
        [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && getComputedStyle(e).position !== 'absolute' && (e.getBoundingClientRect().right > innerWidth + .5 || e.getBoundingClientRect().left < -.5))
            .map(e => e.tagName + '.' + e.getAttribute('class'))
        """;

    [Fact(SkipUnless = nameof(Chromium.IsHere), SkipType = typeof(Chromium), Skip = Reason)]
    public async Task Nothing_that_a_row_says_becomes_more_than_text()
    {
        var tab = await chromium.OpenAsync(HostilePage("http://127.0.0.1:9"), 1200);

        Assert.Null(await tab.EvaluateAsync("window.ran ?? null"));
        Assert.Equal(
            0,
            await tab.EvaluateAsync<int>(
                "document.scripts.length + document.querySelectorAll('img, #broken, iframe, object, embed, "
                    + "link').length"));
        Assert.Equal(1, await tab.EvaluateAsync<int>("document.styleSheets.length"));
        Assert.Empty(await tab.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).map(a => a.name).filter(n => "
                + "n.startsWith('on') || n === 'style' || n === 'src')"));
        Assert.Empty(await tab.EvaluateAsync<string[]>(
            "[...document.links].map(a => a.protocol).filter(p => p !== 'http:' && p !== 'https:')"));
        Assert.Equal(
            s_hostile.Length + 1, await tab.EvaluateAsync<int>("document.querySelectorAll('main > article').length"));
        var texts = await tab.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('.side:first-child .bubble')].map(e => e.textContent)");

        // Those that break a rule come first.
        Assert.Equal(s_hostile.Order(StringComparer.Ordinal), texts.Order(StringComparer.Ordinal));
        Assert.All(
            await tab.EvaluateAsync<string[]>("[...document.querySelectorAll('a[target]')].map(a => a.rel)"),
            rel => Assert.Equal("noreferrer noopener", rel));
    }

    [Fact(SkipUnless = nameof(Chromium.IsHere), SkipType = typeof(Chromium), Skip = Reason)]
    public async Task A_page_asks_for_nothing_but_itself()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var path = HostilePage(string.Create(CultureInfo.InvariantCulture, $"http://{listener.LocalEndpoint}"));

        var tab = await chromium.OpenAsync(path, 1200);

        Assert.True(await tab.EvaluateAsync<int>(
            $"document.querySelectorAll('a[href^=\"http://{listener.LocalEndpoint}\"]').length") > 10);
        Assert.Equal([new Uri(path).AbsoluteUri], tab.Requested);
        Assert.False(listener.Pending());

        // Even if something in it were a picture, or a script, the page's policy would not have it fetched, or run.
        var asked = listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask();
        var refused = tab.EvaluateAsync(
            "new Promise(end => document.body.append(Object.assign(new Image(), { onload: end, onerror: end, src: "
                + $"'http://{listener.LocalEndpoint}/x.png' }})))");
        await tab.EvaluateAsync(
            "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 9' }))");
        Assert.Same(refused, await Task.WhenAny(asked, refused));
        Assert.False(asked.IsCompleted);
        Assert.Null(await tab.EvaluateAsync("window.ran ?? null"));
    }

    [Fact(SkipUnless = nameof(Chromium.IsHere), SkipType = typeof(Chromium), Skip = Reason)]
    public async Task A_picture_of_this_machine_is_seen_though_nothing_is_fetched()
    {
        File.WriteAllBytes(Folder.File("dot.png"), MessagePageTests.Dot);
        var path = Folder.File("picture.html");
        RunWell(
            $"Show-WixInboxMessage -ConversationId {Engine.Guid1} "
                + $"-ImagePath '{Folder.File("dot.png")}' -Path '{path}' -PassThru");

        var tab = await chromium.OpenAsync(path, 1200);

        Assert.Equal("1 1", await tab.EvaluateAsync<string>("[...document.images].map(i => i.naturalWidth).join(' ')"));
        Assert.Equal(
            [new Uri(path).AbsoluteUri],
            tab.Requested.Where(address => !address.StartsWith("data:", StringComparison.Ordinal)));
    }

    [Theory(SkipUnless = nameof(Chromium.IsHere), SkipType = typeof(Chromium), Skip = Reason)]
    [InlineData(360, false)]
    [InlineData(360, true)]
    [InlineData(1200, false)]
    [InlineData(1200, true)]
    public async Task Each_page_fits_a_phone_and_a_desk_and_can_be_read_by_day_and_by_night(int width, bool dark)
    {
        (string Name, string Path)[] pages =
        [
            ("messages", KindsPage()),
            ("hostile", HostilePage("http://127.0.0.1:9")),
            ("report", ReportPage()),
        ];
        foreach (var (name, path) in pages)
        {
            var tab = await chromium.OpenAsync(path, width, dark);
            await tab.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
            await tab.PictureAsync(
                string.Create(CultureInfo.InvariantCulture, $"{name}-{width}-{(dark ? "dark" : "light")}"));

            Assert.Equal(width, await tab.EvaluateAsync<int>("innerWidth"));
            Assert.True(await tab.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, name);
            Assert.Empty(await tab.EvaluateAsync<string[]>(s_overflow));
            Assert.Empty(await tab.EvaluateAsync<string[]>(s_contrast));
            Assert.Equal(
                dark,
                await tab.EvaluateAsync<bool>(
                    "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every(c => c < 128)"));
        }
    }

    [Fact(SkipUnless = nameof(Chromium.IsHere), SkipType = typeof(Chromium), Skip = Reason)]
    public async Task Each_page_has_what_a_reader_of_the_screen_goes_by_and_prints()
    {
        foreach (var path in new[] { KindsPage(), ReportPage() })
        {
            var tab = await chromium.OpenAsync(path, 1200);

            Assert.Equal(
                "CSS1Compat en UTF-8",
                await tab.EvaluateAsync<string>(
                    "[document.compatMode, document.documentElement.lang, document.characterSet].join(' ')"));
            Assert.Equal(
                "header main footer",
                await tab.EvaluateAsync<string>("[...document.body.children].map(e => e.localName).join(' ')"));
            Assert.Equal(1, await tab.EvaluateAsync<int>("document.querySelectorAll('h1').length"));

            // No level is left out on the way down.
            Assert.True(await tab.EvaluateAsync<bool>(
                "[...document.querySelectorAll('h1, h2, h3')].map(h => +h.localName[1]).every((level, i, all) => i === "
                    + "0 || level <= all[i - 1] + 1)"));
            Assert.Equal(
                0,
                await tab.EvaluateAsync<int>(
                    "[...document.querySelectorAll('svg')].filter(e => !e.ariaLabel && e.ariaHidden !== "
                        + "'true').length"));
            Assert.Equal(
                0,
                await tab.EvaluateAsync<int>(
                    "[...document.querySelectorAll('[aria-labelledby]')].filter(e => "
                        + "!document.getElementById(e.getAttribute('aria-labelledby'))).length"));
            Assert.Equal(
                0,
                await tab.EvaluateAsync<int>(
                    "[...document.querySelectorAll('a[href^=\"#\"]')].filter(e => "
                        + "!document.querySelector(e.getAttribute('href'))).length"));
            Assert.Equal(
                0,
                await tab.EvaluateAsync<int>(
                    "[...document.querySelectorAll('table')].filter(t => !t.caption || !t.querySelector('thead "
                        + "th[scope=col]') || !t.querySelector('tbody th[scope=row]')).length"));
            Assert.Equal(
                0,
                await tab.EvaluateAsync<int>(
                    "document.querySelectorAll('[id]').length - new Set([...document.querySelectorAll('[id]')].map(e "
                        + "=> e.id)).size"));
            Assert.StartsWith(
                "%PDF", System.Text.Encoding.ASCII.GetString(await tab.PrintAsync(), 0, 4), StringComparison.Ordinal);
        }
    }

    // A row of each kind and setting, one of them faulty.
    private string KindsPage()
    {
        var path = Folder.File("kinds.html");
        RunWell($$"""
            $c = '{{Engine.Guid1}}'
            $contents = @(
                @{ Basic = @{ Items = @{ Text = "Hi Ada,`nyour order 1042 is ready.`n`nSee you soon!" }, @{ Image = @{ Url = 'https://example.com/box.png'; Filename = 'box.png'; Width = 800; Height = 600 } }, @{ File = @{ Url = 'https://example.com/invoice.pdf'; Filename = 'invoice-1042.pdf'; MimeType = 'application/pdf' } } } }
                @{ Template = @{ Title = 'Order 1042'; TextLines = 'Ready since 9:00', 'Pick it up at the counter.'; ImageUrl = 'https://example.com/box.png'; Buttons = @{ Label = 'Track'; LaunchUrl = 'https://example.com/1042' }, @{ Label = 'Keep it'; PostbackProperties = @{ InteractionId = 'keep' } } } }
                @{ Template = @{ Title = 'Order 1042'; TextLines = 'Ready since 9:00', 'Pick it up at the counter.'; ImageUrl = 'https://example.com/box.png'; Orientation = 'Landscape'; Buttons = @{ Label = 'Track'; LaunchUrl = 'https://example.com/1042' } } }
                @{ Minimal = @{ Text = 'Paid 42.00'; IconUrl = 'https://example.com/pay.png'; Url = 'https://example.com/pay/1042' } }
                @{ Form = @{ Title = 'Return'; Description = 'Handed in at the shop.'; Fields = @{ Name = 'Size'; Value = 'L' }, @{ Name = 'Reason'; Value = 'Too small' }; Media = @{ Image = @{ Url = 'https://example.com/tear.jpg' } } } }
                @{ System = @{ Text = 'The chat was closed.'; Buttons = @{ Label = 'Open again' } } }
            ) | ForEach-Object { [WixInbox.MessageContent]$_ }
            $rows = $contents | ForEach-Object { [pscustomobject]@{ ContactId = $c; Content = $_ } }
            $rows += [pscustomobject]@{ ContactId = '12'; Content = [WixInbox.MessageContent]@{ Basic = @{ Items = @{ Text = 'x' * 16385 } } } }
            $rows | Show-WixInboxMessage -Content { $_.Content } -Path '{{path}}' -PassThru -Badge @{ Text = 'Newsletter'; IconUrl = 'https://example.com/n.png'; Visibility = 'Business' } -SendNotification -TargetChannelId CHAT
            $rows[3..4] | Show-WixInboxMessage -Content { $_.Content } -Path '{{path}}.2.html' -PassThru -Visibility Business -Direction ParticipantToBusiness -Silent -SendAs Participant
            """);
        return path;
    }

    private string HostilePage(string address)
    {
        var path = Folder.File("hostile.html");
        Engine.Set("texts", s_hostile);
        Engine.Set("address", address);
        RunWell($$"""
            $rows = $texts | ForEach-Object { [pscustomobject]@{ ContactId = '{{Engine.Guid1}}'; Text = $_; ImageUrl = "$address/$_", "$address/x.png" } }
            $card = [pscustomobject]@{ Email = 'a@b<script>window.ran=6</script>.example'; Content = [WixInbox.MessageContent]@{ Template = @{ Title = $texts[0]; TextLines = $texts[1..9]; ImageUrl = $texts[9]; Buttons = @{ Label = $texts[2]; LaunchUrl = 'javascript:window.ran=7' }, @{ Label = $texts[3]; LaunchUrl = "$address/?`"><script>" }, @{ Label = $texts[4]; PostbackProperties = @{ InteractionId = $texts[5] } } } } }
            $all = $rows | ForEach-Object { [pscustomobject]@{ ContactId = $_.ContactId; Content = [WixInbox.MessageContent]@{ Basic = @{ Items = @(@{ Text = $_.Text }) + ($_.ImageUrl | ForEach-Object { @{ Image = @{ Url = $_; Filename = $_ } } }) } } } }
            @($all) + $card | Show-WixInboxMessage -Content { $_.Content } -Path '{{path}}' -PassThru -Badge @{ Text = $texts[2]; IconUrl = "$address/icon.png" } -TargetChannelId $texts[0]
            """);
        return path;
    }

    private string ReportPage()
    {
        var path = Folder.File("report.html");
        File.WriteAllText(Journal, JournalText.Sample());
        RunWell($"Export-WixInboxReport $journal '{path}'");
        return path;
    }
}

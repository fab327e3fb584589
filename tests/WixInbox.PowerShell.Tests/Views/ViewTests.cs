using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace WixInbox.PowerShell.Tests;

/// <summary>
/// What is shown of each object, as a table at three widths of the screen and as a list, and of what a file or a job
/// has made of it.
/// </summary>
public sealed class ViewTests
{
    private const string Family = "👩‍👩‍👧";

    // Escapes of each kind, characters that cannot be seen, half a character, wide ones, some of several parts, and
    // those that are written from right to left.
    private static readonly string s_hostile =
        "\u001b[31mred\u001b[0m "
        + "\u001b]0;title\u0007\u001b]8;;https://evil.example/\u001b\\link\u009b2J\r\nsecond\tline \u202Etxt.exe\u202C "
        + "\u2066in\u2069 a\u200Bb\uFEFFc \U000E0041\U000E0042 \ud83d " + string.Concat(Enumerable.Repeat(Family, 12))
        + " 漢字漢字漢字漢字漢字漢字漢字漢字 שלום مرحبا e\u0301e\u0301e\u0301 ✅⌚ 🇩🇪🇫🇷 " + string.Concat(Enumerable.Repeat("👍🏽", 60))
        + " end";

    // Everything that there is a view for.
    private const string Objects = """
        $who = @{ MemberId = $c; ContactId = $d }
        $message = [WixInbox.Message]@{ Id = '1795574999442362'; ConversationId = $c; CreatedDate = '2026-01-02T03:04:05Z'; Direction = 'ParticipantToBusiness'; Visibility = 'Business'; Sender = $who
            Badges = @(@{ Text = $text })
            Content = @{
                PreviewText = $text
                Basic = @{
                    Items = @(@{ Text = $text }, @{ File = @{ Url = 'https://e.example/f'; Filename = $text } })
                }
            } }
        $chat = [psobject] [WixInbox.Message]@{
            Id = '2'
            ConversationId = $c
            CreatedDate = '2026-01-02T03:04:05Z'
            Direction = 'BusinessToParticipant'
            Content = $message.Content
        }
        $chat.PSTypeNames.Insert(0, 'WixInbox.Message#Chat')
        $card = [WixInbox.TemplateContent]@{
            Title = $text
            TextLines = $text, 'b'
            Buttons = @(@{ Label = $text; LaunchUrl = 'https://e.example/' })
        }
        $picture = [WixInbox.MediaFile]@{
            Id = $text
            DisplayName = $text
            OperationStatus = 'Pending'
            MediaType = 'Document'
            MimeType = 'image/png'
            SizeInBytes = 1234567890
            Width = 12000
            Height = 12000
            Url = $text
            Path = $text
        }
        $conversation = [WixInbox.Conversation]@{
            Id = $c
            Participant = $who
            ParticipantDisplayData = @{ Name = $text }
            BusinessDisplayData = @{ Name = $text }
            Channels = 'Chat', 'Sms'
        }
        $contact = Get-WixInboxContact -ContactId $c
        $test = [pscustomobject]@{ ConversationId = $text; $text = $text; Body = 'x' * 20000 } | Test-WixInboxMessage
        $violation = $test.Violations[0]
        [pscustomobject]@{ ConversationId = $c; Text = 'x'; Order = $text.Substring(0, 120) } |
            Send-WixInboxMessage -Journal $journal -KeyProperty Order -InformationVariable ended | Out-Null
        $counts = $ended[0].MessageData
        [pscustomobject]@{ ConversationId = $text; Text = 'x'; Order = 'bad' } |
            Send-WixInboxMessage -Journal $journal -KeyProperty Order -ErrorAction SilentlyContinue -ErrorVariable failed
        $field = $failed[0].Exception.Violations[0]
        $entry = Get-WixInboxJournal $journal | Where-Object State -eq Sent
        $summary = Get-WixInboxJournal $journal -Summary
        $connection = Connect-WixInbox -ClientId $c -ClientSecret $secret -InstanceId $d -PassThru
        """;

    private static readonly string[] s_names =
    [
        "message", "chat", "card", "picture", "conversation", "contact", "test", "violation", "counts", "field",
        "entry", "summary", "connection",
    ];

    /// <summary>Gets each kind of object at each width.</summary>
    public static TheoryData<string, int> All
    {
        get
        {
            var all = new TheoryData<string, int>();
            foreach (var name in s_names)
            {
                foreach (var width in new[] { 60, 80, 120 })
                {
                    all.Add(name, width);
                }
            }

            return all;
        }
    }

    /// <summary>Gets each kind of object.</summary>
    public static TheoryData<string> Names => [.. s_names];

    [Fact]
    public void A_heading_is_the_name_of_a_property_so_that_what_is_read_can_be_typed()
    {
        // A sign for two properties, and the names of the checks that the property Checks has.
        string[] others =
        [
            "WixInbox.Message#Chat Who", "WixInbox.ConnectionTest Host", "WixInbox.ConnectionTest SignIn",
            "WixInbox.ConnectionTest ReadContacts", "WixInbox.ConnectionTest ReadMessages",
            "WixInbox.ConnectionTest SendMessages",
        ];
        using var engine = new Engine();
        var headings = XDocument.Load(Path.Combine(StagedModule.Root, "WixInbox.Format.ps1xml")).Descendants("View")
            .SelectMany(view => view.Descendants("TableColumnHeader").Concat(view.Descendants("ListItem"))
                .Select(item => item.Element("Label") ?? item.Element("PropertyName"))
                .Select(heading =>
                    (Types: view.Descendants("TypeName").Select(type => type.Value).ToArray(), heading!.Value)))
            .ToArray();

        var wrong = headings
            .Where(heading => !heading.Types.Any(type => Members(engine, type).Contains(heading.Value)))
            .Select(heading => $"{heading.Types[0]} {heading.Value}")
            .Order();

        Assert.InRange(headings.Length, 100, int.MaxValue);
        Assert.Equal(others.Order(), wrong);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_is_wider_than_the_screen_broken_in_a_character_or_acted_on(string name, int width)
    {
        using var objects = new Shown(width);

        var lines = objects.Show($"${name}");
        Assert.NotEmpty(lines);
        foreach (var line in lines)
        {
            Assert.InRange(CellsOf(line), 0, width);
            Assert.DoesNotMatch(@"[\p{Cc}\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]|\uDB40", line);
            AssertWhole(line);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_table_is_a_head_and_a_line_for_each_and_says_no_name_of_a_type(string name)
    {
        using var objects = new Shown(80);

        var lines = objects.Show($"${name}, ${name}");

        Assert.DoesNotContain(lines, line => line.Contains("WixInbox.", StringComparison.Ordinal)
            || line.Contains("System.", StringComparison.Ordinal));
        if (name is not ("chat" or "card" or "counts" or "summary" or "test"))
        {
            Assert.Equal(4, lines.Count(line => line.Length > 0));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_list_has_each_thing_once_and_nothing_for_the_terminal(string name)
    {
        using var objects = new Shown(80);

        var lines = objects.Show($"${name} | Format-List").Where(line => line.Length > 0).ToArray();

        var labels = lines.Select(line => Regex.Match(line, @"^(\w+) +:")).Where(match => match.Success)
            .Select(match => match.Groups[1].Value).ToArray();
        Assert.NotEmpty(labels);
        Assert.Equal(labels.Distinct(), labels);
        Assert.All(lines, line =>
        {
            Assert.DoesNotMatch(@"[\p{Cc}\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]|\uDB40", line);
            Assert.DoesNotContain("WixInbox.", line, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_job_or_a_file_gives_back_is_shown_alike(string name)
    {
        using var objects = new Shown(80);
        objects.Engine.Run($"$copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(${name}, 1))");

        Assert.StartsWith(
            "Deserialized.WixInbox.",
            objects.Engine.Run("$copy.PSTypeNames[0]").Output[0].ToString(),
            StringComparison.Ordinal);
        Assert.Equal(objects.Show($"${name}"), objects.Show("$copy"));
        Assert.Equal(objects.Show($"${name} | Format-List"), objects.Show("$copy | Format-List"));
    }

    [Fact]
    public void Wherever_the_screen_ends_no_character_is_broken()
    {
        for (var width = 70; width < 80; width++)
        {
            var host = new RecordingHost(width);
            using var engine = new Engine(host: host);
            engine.Set("text", string.Concat(Enumerable.Repeat(Family, 40)));

            Assert.Null(engine.Run(
                "[WixInbox.Message]@{ Id = '1'; Content = @{ PreviewText = $text } } | Out-Default; "
                    + "[WixInbox.TemplateContent]@{ Title = $text } | Out-Default").Thrown);

            Assert.Contains(host.Lines, line => line.Contains(Family, StringComparison.Ordinal));
            Assert.All(host.Lines, AssertWhole);
            Assert.All(host.Lines, line => Assert.InRange(
                CellsOf(Regex.Replace(line, "\x1b\\[[0-9;]*m", string.Empty)), 0, width));
        }
    }

    [Fact]
    public void What_is_shown_of_a_text_is_what_it_says()
    {
        using var objects = new Shown(200);

        var line = Assert.Single(objects.Show("$message"), line => line.Contains("17955749", StringComparison.Ordinal));
        Assert.Contains(
            "[31mred [0m ]0;title ]8;;https://evil.example/ \\link 2J second line txt.exe",
            line,
            StringComparison.Ordinal);

        // The object has it all.
        Assert.Equal(s_hostile, objects.Engine.Run("$message.Content.PreviewText").Output[0].BaseObject);
    }

    [Theory]
    [InlineData("a\u200Db", "a\u200Db")]
    [InlineData("\u200Da\u200D b\u200C\u200C\u200Cc\u200C", "a b\u200Cc")]
    [InlineData("  a \u0000\u001f\u007f\u0085\u00a0 b ", "a b")]
    [InlineData("می\u200Cخواهم", "می\u200Cخواهم")]
    [InlineData("x\u00ADy\u061Cz", "xyz")]
    [InlineData("👩‍👩‍👧", "👩‍👩‍👧")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_line_has_what_can_be_seen(string? text, string expected)
    {
        using var engine = new Engine();
        engine.Set("text", text);

        Assert.Equal(expected, engine.Run("[WixInbox.Internal.FormatText]::Line($text)").Output[0].BaseObject);
    }

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("abcdef", 1, "…")]
    [InlineData("漢字漢字", 8, "漢字漢字")]
    [InlineData("漢字漢字", 7, "漢字漢…")]
    [InlineData("漢字漢字", 6, "漢字…")]
    [InlineData("a👍b", 4, "a👍b")]
    [InlineData("a👍b", 3, "a…")]
    [InlineData("a👩‍👩‍👧b", 9, "a…")]
    [InlineData("e\u0301e\u0301e\u0301", 5, "e\u0301e\u0301…")]
    [InlineData("✅✅", 3, "✅…")]
    [InlineData("🇩🇪🇫🇷", 7, "🇩🇪…")]
    public void A_text_is_cut_between_what_a_reader_sees_as_characters(string text, int cells, string expected)
    {
        using var engine = new Engine();
        engine.Set("text", text);

        Assert.Equal(expected, engine.Run($"[WixInbox.Internal.FormatText]::Cut($text, {cells})").Output[0].BaseObject);
    }

    [Fact]
    public void Where_the_width_of_the_screen_is_not_known_nothing_is_cut()
    {
        using var engine = new Engine();
        engine.Set("text", string.Concat(Enumerable.Repeat(Family, 30)));
        engine.Set("screenless", null);

        var result = engine.Run(
            "[WixInbox.Internal.FormatText]::Last($text, $screenless, 50); "
                + "[WixInbox.Internal.FormatText]::Wrap($text, $screenless, 50)");

        Assert.All(result.Output, item => Assert.Equal(30, Regex.Count((string)item.BaseObject, Family)));
    }

    private static string[] Members(Engine engine, string type)
    {
        engine.Set("type", type.Split('#')[0]);
        return
        [
            .. engine.Run("($type -as [type]).GetProperties().Name; (Get-TypeData $type).Members.Keys").Output
                .Select(name => name?.ToString() ?? string.Empty),

            // The cmdlets add it.
            "Connection",
        ];
    }

    // The most that a terminal takes for it: the engine, too, counts each half of a pair as one.
    private static int CellsOf(string line) =>
        line.Sum(character => character is >= '\u2E80' and <= '\uD7A3' or '✅' or '⌚' ? 2 : 1);

    private static void AssertWhole(string line)
    {
        for (var index = 0; index < line.Length; index++)
        {
            Assert.Equal(
                char.IsHighSurrogate(line[index]), index + 1 < line.Length && char.IsLowSurrogate(line[index + 1]));
            index += char.IsHighSurrogate(line[index]) ? 1 : 0;
        }

        // What is left of a character of several parts.
        var left = line.Replace(Family, string.Empty, StringComparison.Ordinal)
            .Replace("👍🏽", string.Empty, StringComparison.Ordinal)
            .Replace("🇩🇪", string.Empty, StringComparison.Ordinal)
            .Replace("🇫🇷", string.Empty, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"[\uD800-\uDFFF\u200D]", left);
        Assert.Equal(left.Count(character => character == '\u0301'), Regex.Count(left, "e\u0301"));
    }

    private sealed class Shown : IDisposable
    {
        private readonly RecordingHost _host;
        private readonly TemporaryFolder _folder = new();

        public Shown(int width)
        {
            _host = new RecordingHost(width);
            var handler = new StubHandler(
                (request, _) => Task.FromResult(request.Path.Contains("/contacts/", StringComparison.Ordinal)
                    ? StubHandler.Json(200, JsonSerializer.Serialize(new
                    {
                        contact = new
                        {
                            id = Engine.Guid1,
                            info = new
                            {
                                name = new
                                {
                                    first = s_hostile.Replace("\ud83d ", string.Empty, StringComparison.Ordinal),
                                    last = "Last",
                                },
                                emails = new { items = new[] { new { email = "ana@example.com" } } },
                            },
                            primaryEmail = new { email = "ana@example.com", subscriptionStatus = "UNSUBSCRIBED" },
                            createdDate = "2026-01-02T03:04:05Z",
                        },
                    }))
                    : StubHandler.Stored(request)));
            Engine = Engine.ConnectedTo(handler, _host, name: "own");
            Engine.Set("c", Engine.Guid1);
            Engine.Set("d", Engine.Guid2);
            Engine.Set("text", s_hostile);
            Engine.Set("journal", _folder.File("run.jsonl"));
            Engine.Set("secret", Secrets.Secure("secret-of-the-tests"));
            var made = Engine.Run("Set-StrictMode -Version Latest; " + Objects);
            Assert.Null(made.Thrown);
            Assert.Empty(made.Errors
                .Where(error => error.Exception is not { } exception || exception.GetType().Name != "WixInboxException")
                .Select(error => error.ToString()));
        }

        public Engine Engine { get; }

        public string[] Show(string script)
        {
            _host.Lines.Clear();
            var result = Engine.Run($"{script} | Out-Default");
            Assert.Null(result.Thrown);
            Assert.Empty(result.Errors);

            // Colours of headings are the engine's own.
            return [
                .. _host.Lines
                    .SelectMany(line => Regex.Replace(line, "\x1b\\[(?:32;1|0|32;1;3)m", string.Empty).Split('\n'))
                    .Select(line => line.TrimEnd('\r').TrimEnd()),
            ];
        }

        public void Dispose()
        {
            Engine.Dispose();
            _folder.Dispose();
        }
    }
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static WixInbox.PowerShell.Tests.Support.ReadableConversation;

namespace WixInbox.PowerShell.Tests;

/// <summary>Messages that were read are shown as a chat.</summary>
public sealed class ChatViewTests
{
    private static readonly string[] s_contents =
    [
        """{"basic":{"items":[{"text":"hello"},{"image":{"url":"https://e.example/i.png"}},{"file":{"url":"https://e.example/f","filename":"f.pdf"}}]}}""",
        """{"template":{"title":"Card","textLines":["one","two"],"buttons":[{"label":"Go"}]}}""",
        """{"minimal":{"text":"Paid"}}""",
        """{"form":{"title":"Return","fields":[{"name":"Size","value":"L"}]}}""",
        """{"system":{"text":"joined"}}""",
    ];

    [Fact]
    public void Messages_that_were_read_are_shown_as_a_chat_of_80_columns_with_nothing_for_the_terminal_in_it()
    {
        var hostile = ReadableConversation.Message(
            3,
            "\u001b[2J\u001b]0;owned\u0007Line one\r\nline\ttwo \u202Etxt.exe\u202C \u2067\u2069\u009b31m \u2028 שלום "
                + "👩‍👩‍👧 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字 \ud83d end");
        var ours = ReadableConversation.Message(2, string.Concat(Enumerable.Repeat("👍", 400)));
        ours["direction"] = "BUSINESS_TO_PARTICIPANT";
        ours["visibility"] = "BUSINESS";
        var odd = ReadableConversation.Message(1);
        odd["direction"] = "SIDEWAYS";
        odd.Remove("content");
        odd.Remove("createdDate");

        var shown = Show(
            new StubHandler((_, _) => Task.FromResult(ReadableConversation.Answer([hostile, ours, odd], null))),
            "Set-StrictMode -Version Latest; Get-WixInboxMessage $c | Out-Default");

        var lines = shown.Where(line => line.Length > 0).ToArray();
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 80));
        Assert.All(lines, line => Assert.DoesNotContain(line, character => char.IsControl(character)
            || character is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u2028'));
        Assert.Contains(lines, line => line.Contains($"ConversationId: {Engine.Guid1}", StringComparison.Ordinal));
        Assert.Contains(lines, line => Regex.IsMatch(line, "^CreatedDate +Who +Text"));
        var local = ReadableConversation.Start.AddMinutes(3).LocalDateTime
            .ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(lines, line => line.StartsWith($"{local} <   ", StringComparison.Ordinal)
            && line.Contains("[2J ]0;owned Line one line two txt.exe", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("שלום 👩‍👩‍👧", StringComparison.Ordinal));
        Assert.Contains(lines, line => Regex.IsMatch(line, "^[0-9: -]{16} >\\*  👍"));
        var thumbs = lines.SkipWhile(line => !line.Contains('*', StringComparison.Ordinal)).ToArray();
        Assert.Equal(249, Regex.Count(string.Concat(thumbs), "👍"));
        Assert.Contains(thumbs, line => line.EndsWith('…'));
    }

    [Theory]
    [InlineData("Get-WixInboxMessage -MemberId $c | Out-Default")]
    [InlineData("Resolve-WixInboxConversation -MemberId $c | Get-WixInboxMessage | Out-Default")]
    public void A_chat_names_the_person(string script)
    {
        Assert.Contains(
            Show(Chats(), script),
            line => line.EndsWith(
                $"ConversationId: {StubHandler.ConversationOf(Engine.Guid1)} (Ada Lovelace)",
                StringComparison.Ordinal));
    }

    [Fact]
    public void A_chat_shows_what_every_kind_of_content_says()
    {
        JsonNode?[] messages = [.. s_contents.Select((content, index) =>
        {
            var message = ReadableConversation.Message(9 - index);
            message["content"] = JsonNode.Parse(content);
            return message;
        })];

        var shown = Show(
            new StubHandler((_, _) => Task.FromResult(ReadableConversation.Answer(messages, null))),
            "Get-WixInboxMessage $c | Out-Default");

        Assert.Equal(
            [
                "hello [image https://e.example/i.png] [file f.pdf]",
                "Card one two [Go]",
                "Paid",
                "Return Size: L",
                "joined",
            ],
            shown.Where(line => Regex.IsMatch(line, "^[0-9]{4}-")).Select(line => line[21..].TrimEnd()));
    }

    [Fact]
    public void A_message_that_was_sent_is_shown_as_before()
    {
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Method == "GET" ? ReadableConversation.Page(request, 1, 30) : StubHandler.Stored(request)));

        var shown = Show(handler, "Get-WixInboxMessage $c | Send-WixInboxMessage -Text 'Thank you' | Out-Default");

        Assert.Contains(shown, line => Regex.IsMatch(line, "^Id +ConversationId +Preview"));
        Assert.DoesNotContain(shown, line => line.Contains("Who", StringComparison.Ordinal));
    }

    private static string[] Show(HttpMessageHandler handler, string script)
    {
        var host = new RecordingHost();
        using var engine = Engine.ConnectedTo(handler, host);
        engine.Set("c", Engine.Guid1);
        engine.Run(script);
        return [.. host.Lines.Select(line => Regex.Replace(line, "\x1b\\[[0-9;]*m", string.Empty))];
    }
}

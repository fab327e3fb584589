using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// A server stored the message, cut the connection, and lists what it has in its own way. Whatever that way is, the
/// message is never sent a second time: it is known again, or nobody can tell.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class ChangedTextTests
{
    private const string Text =
        "  Hi Zo\u00EB \"K\"  \u2013 it's 5 \u00BD & <b>ready</b>...\r\n\r\n  See https://example.com/a?b=1&c=2 "
        + "\u2764\uFE0F \U0001F469\u200D\U0001F4BB\u00A0soft\u00ADhyphen\u0007\u200B \u2019s  ";

    private static readonly Dictionary<string, Func<string, string>> s_ways = new()
    {
        ["trimmed"] = text => text.Trim(),
        ["line ends"] = text => text.Replace("\r\n", "\n", StringComparison.Ordinal),
        ["old line ends"] = text => text.Replace("\r\n", "\r", StringComparison.Ordinal),
        ["line ends as tags"] = text => text.Replace("\r\n", "<br>", StringComparison.Ordinal),
        ["leading blanks of lines"] = text => string.Join("\n", text.Split("\r\n").Select(line => line.TrimStart())),
        ["blanks at ends of lines"] = text => string.Join("\n", text.Split("\r\n").Select(line => line.TrimEnd())),
        ["blanks collapsed"] = text => string.Join(
            ' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
        ["empty lines dropped"] = text => text.Replace("\r\n\r\n", "\n", StringComparison.Ordinal),
        ["one line"] = text => text.Replace("\r\n", " ", StringComparison.Ordinal),
        ["no-break spaces"] = text => text.Replace(' ', '\u00A0'),
        ["no no-break spaces"] = text => text.Replace('\u00A0', ' '),
        ["no character of no width"] = text => text.Replace("\u200B", string.Empty, StringComparison.Ordinal),
        ["no joiner"] = text => text.Replace("\u200D", string.Empty, StringComparison.Ordinal),
        ["no variation selector"] = text => text.Replace("\uFE0F", string.Empty, StringComparison.Ordinal),
        ["no soft hyphen"] = text => text.Replace("\u00AD", string.Empty, StringComparison.Ordinal),
        ["no control character"] = text => text.Replace("\u0007", string.Empty, StringComparison.Ordinal),
        ["a mark in front"] = text => "\uFEFF" + text,
        ["a direction in front"] = text => "\u200E" + text,
        ["escaped"] = text => WebUtility.HtmlEncode(text),
        ["escaped twice"] = text => WebUtility.HtmlEncode(WebUtility.HtmlEncode(text)),
        ["unescaped"] = text => WebUtility.HtmlDecode(text),
        ["in a paragraph"] = text => $"<p>{WebUtility.HtmlEncode(text)}</p>",
        ["tags taken off"] = text => text.Replace("<b>", string.Empty, StringComparison.Ordinal)
            .Replace("</b>", string.Empty, StringComparison.Ordinal),
        ["composed"] = text => text.Normalize(NormalizationForm.FormC),
        ["decomposed"] = text => text.Normalize(NormalizationForm.FormD),
        ["compatible"] = text => text.Normalize(NormalizationForm.FormKC),
        ["smart quotation marks"] = text =>
            text.Replace("\"K\"", "\u201CK\u201D", StringComparison.Ordinal).Replace('\'', '\u2019'),
        ["an ellipsis"] = text => text.Replace("...", "\u2026", StringComparison.Ordinal),
        ["dashes"] = text => text.Replace('\u2013', '-'),
        ["links wrapped"] = text => text.Replace(
            "https://example.com/a?b=1&c=2", "https://link.example/r?to=aHR0cHM6", StringComparison.Ordinal),
        ["links of a chat"] = text => text.Replace(
            "https://example.com/a?b=1&c=2", "<https://example.com/a?b=1&c=2>", StringComparison.Ordinal),
        ["cut off"] = text => text[..40],
        ["a signature"] = text => text + "\n-- Sent from the Inbox",
        ["nothing of it"] = _ => "\U0001F512",
    };

    private static readonly HashSet<string> s_unknowable = ["cut off", "a signature", "nothing of it"];

    private static readonly Dictionary<string, Action<JsonObject>> s_lists = new()
    {
        ["as it is"] = _ => { },
        ["no dates"] = message => message.Remove("createdDate"),
        ["10 s early"] = message => MoveDate(message, date => date.AddSeconds(-10)),
        ["an hour early"] = message => MoveDate(message, date => date.AddHours(-1)),
        ["an hour late"] = message => MoveDate(message, date => date.AddHours(1)),
        ["to the minute"] = message => MoveDate(
            message, date => date.AddTicks(-(date.Ticks % TimeSpan.TicksPerMinute))),
        ["no visibility"] = message => message.Remove("visibility"),
        ["no direction"] = message => message.Remove("direction"),
        ["no id"] = message => message.Remove("id"),
        ["no content"] = message => message.Remove("content"),
    };

    public static TheoryData<string> Ways => [.. s_ways.Keys];

    public static TheoryData<string> Lists => [.. s_lists.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_text_that_comes_back_changed_is_known_again_or_left_open(string way)
    {
        using var run = new SandboxRun(between: new Listing(message =>
        {
            var item = message["content"]!["basic"]!["items"]![0]!;
            item["text"] = s_ways[way]((string)item["text"]!);
        }));
        run.Fail(SandboxRun.Send, FaultKind.ResetAfter);

        var outcome = run.SendOne(Text);

        Assert.Single(run.Server.Ledger);
        Assert.Equal(s_unknowable.Contains(way) ? OutcomeKind.Ambiguous : OutcomeKind.Succeeded, outcome.Kind);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_list_that_lacks_something_or_has_it_wrong_is_never_a_reason_to_send_again(string list)
    {
        using var run = new SandboxRun(between: new Listing(s_lists[list]));
        run.Fail(SandboxRun.Send, FaultKind.ResetAfter);

        Assert.NotEqual(OutcomeKind.Rejected, run.SendOne().Kind);

        Assert.Single(run.Server.Ledger);
        Assert.Equal(1, run.Requests(SandboxRun.Send));
    }

    [Fact]
    public void Neither_is_an_answer_that_is_empty()
    {
        using var run = new SandboxRun(between: new Listing(_ => { }, isEmpty: true));
        run.Fail(SandboxRun.Send, FaultKind.ResetAfter);

        Assert.Equal(OutcomeKind.Ambiguous, run.SendOne().Kind);

        Assert.Single(run.Server.Ledger);
    }

    private static void MoveDate(JsonObject message, Func<DateTimeOffset, DateTimeOffset> move) =>
        message["createdDate"] = move((DateTimeOffset)message["createdDate"]!).ToString("O");

    /// <summary>Lists messages in another way than they were stored.</summary>
    private sealed class Listing(Action<JsonObject> change, bool isEmpty = false) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.Method != HttpMethod.Get)
            {
                return answer;
            }

            var json =
                isEmpty ? new JsonObject() : JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
            foreach (var message in json["messages"]?.AsArray() ?? [])
            {
                change(message!.AsObject());
            }

            answer.Content = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
            return answer;
        }
    }
}

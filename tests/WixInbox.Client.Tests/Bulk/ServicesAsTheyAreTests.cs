using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using WixInbox.Sandbox;

namespace WixInbox.Tests.Bulk;

/// <summary>
/// What is made of a lost answer where a service does not give back what it was sent, or lists it late or in another
/// order. The help of the guarantee has it as a table, which is held against what happens.
/// </summary>
[Collection(VirtualTime.Name)]
public sealed class ServicesAsTheyAreTests
{
    private const string Text =
        " Hi Zoe\u0308 & \"Kim\",\r\n\r\nit's <b>ready</b> \u2764\uFE0F: https://example.com/a?b=1&c=2 ";

    private const string DatesBehind = "Dates alone an hour behind";

    // One more than twenty pages of 30, which are read at most.
    private const int LongConversation = 601;

    private static readonly Way[] s_texts =
    [
        new("Text comes back trimmed") { Change = Texts(text => text.Trim()) },
        new("Text with other line ends")
        {
            Change = Texts(text => text.Replace("\r\n", "\n", StringComparison.Ordinal)),
        },
        new("Letters composed (NFC)") { Change = Texts(text => text.Normalize(NormalizationForm.FormC)) },
        new("HTML escaped") { Change = Texts(WebUtility.HtmlEncode) },
        new("Variation selectors dropped")
        {
            Change = Texts(text => text.Replace("\uFE0F", string.Empty, StringComparison.Ordinal)),
        },
        new("Links rewritten")
        {
            Change = Texts(text => text.Replace(
                "https://example.com/a?b=1&c=2", "https://l.example/r?to=aHR0c", StringComparison.Ordinal)),
        },
        new("A preview text added") { Change = message => message["content"]!["previewText"] = "Hi!" },
        new("Text cut off, or words added") { Change = Texts(text => text + "-- Sent from the Inbox") },
    ];

    private static readonly Way[] s_lists =
    [
        new("List 3 s behind") { Lag = 3 },
        new("List 8 s behind") { Lag = 8 },
        new("List 15 s behind, in a run") { Lag = 15 },
        new("List 15 s behind, one message alone") { Lag = 15, IsAlone = true },
        new("  the same with -ReconcileWaitSec 20") { Lag = 15, IsAlone = true, Window = 20 },
        new("Oldest first") { OldestFirst = true },
        new("30 a page") { PageSize = 30 },
        new("Oldest first, 30 a page") { OldestFirst = true, PageSize = 30 },
        new("  the same with over 600 messages") { OldestFirst = true, PageSize = 30, Older = LongConversation },
        new("No dates") { Change = message => message.Remove("createdDate") },
        new("Clock of the service an hour ahead") { ClockAhead = 1 },
        new("Clock of the service an hour behind") { ClockAhead = -1 },
        new("Dates alone an hour ahead") { Change = Dates(1) },
        new(DatesBehind) { Change = Dates(-1) },
    ];

    [Fact]
    public void The_help_says_what_is_made_of_each_of_them()
    {
        var table = string.Join('\n', s_texts.Concat(s_lists).Select(Line).Prepend(
            "What the service does                  Was stored      Was not stored"));

        var page = File.ReadAllText(Path.Combine(Repository(), "docs", "help", "about_WixInbox_BulkSend.md"))
            .Replace("\r\n", "\n", StringComparison.Ordinal);
        Assert.True(page.Contains($"```text\n{table}\n```", StringComparison.Ordinal), $"The table is:\n{table}");
    }

    [Fact]
    public void Not_even_two_of_them_together_are_a_reason_to_send_what_was_stored_again()
    {
        foreach (var list in s_lists)
        {
            foreach (var text in s_texts)
            {
                foreach (var isAlone in new[] { false, true })
                {
                    // The one condition: of one message alone, nothing tells how far the list or its dates are behind.
                    if (isAlone && (list.Lag > list.Window || (text == s_texts[^1] && list.Name == DatesBehind)))
                    {
                        continue;
                    }

                    var both = list with { Change = text.Change + list.Change, IsAlone = isAlone };
                    var made = Send(both, isStored: true);
                    Assert.True(
                        made is "recognized" or "OutcomeUnknown",
                        $"{text.Name}; {list.Name}{(isAlone ? ", alone" : string.Empty)}: {made}");
                }
            }
        }
    }

    private static string Line(Way way) =>
        $"{way.Name,-38} {Send(way, isStored: true),-15} {Send(way, isStored: false)}";

    private static string Send(Way way, bool isStored)
    {
        var service = new Service(way);
        using var run = new SandboxRun(
            reconcileWait: TimeSpan.FromSeconds(way.Window), between: service, requestsPerMinute: 10_000);
        service.Time = run.Time;
        var outcome = VirtualTime.Run(run.Time, async () =>
        {
            using var server = new HttpMessageInvoker(run.Server, disposeHandler: false);
            for (var number = 0; number < way.Older; number++)
            {
                await PutAsync(server);
            }

            await Task.Delay(TimeSpan.FromDays(2), run.Time, TestClient.Cancellation);
            if (!way.IsAlone)
            {
                Assert.Equal(OutcomeKind.Succeeded, (await run.Sender.SendAsync(SandboxRun.Other, Sample.Text())).Kind);
            }

            run.Fail(SandboxRun.Send, isStored ? FaultKind.ResetAfter : FaultKind.ResetBefore);
            return await run.Sender.SendAsync(SandboxRun.Conversation, Sample.Text(Text));
        });
        var times = run.Stored.Count(text => text == Text);
        return (outcome.Kind, outcome.Value?.Delivery, times) switch
        {
            (OutcomeKind.Succeeded, MessageDelivery.Reconciled, 1) when isStored => "recognized",
            (OutcomeKind.Succeeded, MessageDelivery.Sent, 1) when !isStored => "sent again",
            (OutcomeKind.Succeeded, MessageDelivery.Sent, 2) when isStored => "sent twice",
            (OutcomeKind.Ambiguous, _, var stored) when stored == (isStored ? 1 : 0) => "OutcomeUnknown",
            _ => $"wrong: {outcome.Kind}, stored {times} times",
        };
    }

    // Another program's, from before.
    private static async Task PutAsync(HttpMessageInvoker server)
    {
        var body = new JsonObject
        {
            ["conversationId"] = Sample.ConversationId,
            ["message"] = JsonNode.Parse(
                """
                {
                    "content": { "basic": { "items": [{ "text": "Older" }] } },
                    "visibility": "BUSINESS_AND_PARTICIPANT",
                    "direction": "BUSINESS_TO_PARTICIPANT"
                }
                """),
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://www.wixapis.com/inbox/v2/messages")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "token");
        using var response = await server.SendAsync(request, TestClient.Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static Action<JsonObject> Texts(Func<string, string> change) => message =>
    {
        var item = message["content"]!["basic"]!["items"]![0]!;
        item["text"] = change((string)item["text"]!);
    };

    private static Action<JsonObject> Dates(int hours) => message =>
    {
        if ((string?)message["createdDate"] is { } date)
        {
            message["createdDate"] =
                DateTimeOffset.Parse(date, CultureInfo.InvariantCulture).AddHours(hours).ToString("O");
        }
    };

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "WixInbox.psd1")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    /// <summary>How a service differs from one that gives back at once, newest first, what it was sent.</summary>
    private sealed record Way(string Name)
    {
        /// <summary>Gets what it makes of a message, in a list as in an answer.</summary>
        public Action<JsonObject>? Change { get; init; }

        /// <summary>Gets how many seconds a list is behind.</summary>
        public int Lag { get; init; }

        /// <summary>Gets how many messages a page has.</summary>
        public int PageSize { get; init; } = 100;

        /// <summary>Gets a value indicating whether a list begins with the oldest message.</summary>
        public bool OldestFirst { get; init; }

        /// <summary>Gets how many messages of earlier days the conversation has.</summary>
        public int Older { get; init; } = 40;

        /// <summary>Gets by how many hours the service's clock is ahead of the client's.</summary>
        public int ClockAhead { get; init; }

        /// <summary>Gets a value indicating whether nothing else was sent before.</summary>
        public bool IsAlone { get; init; }

        /// <summary>Gets for how many seconds the message is looked for.</summary>
        public int Window { get; init; } = 10;
    }

    private sealed class Service(Way way) : DelegatingHandler
    {
        public TimeProvider Time { get; set; } = null!;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isList = request.Method == HttpMethod.Get;
            if (isList)
            {
                var order = way.OldestFirst ? "&sorting.fieldName=sequence&sorting.order=ASC" : string.Empty;
                var address = request.RequestUri!.AbsoluteUri.Replace(
                    "paging.limit=100",
                    string.Create(CultureInfo.InvariantCulture, $"paging.limit={way.PageSize}{order}"),
                    StringComparison.Ordinal);
                request.RequestUri = new Uri(address);
            }

            var answer = await base.SendAsync(request, cancellationToken);
            answer.Headers.Date = Time.GetUtcNow().AddHours(way.ClockAhead);
            var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
            var messages = isList ? json["messages"]!.AsArray() : [];
            for (var index = messages.Count - 1; index >= 0; index--)
            {
                if ((DateTimeOffset)messages[index]!["createdDate"]! > Time.GetUtcNow().AddSeconds(-way.Lag))
                {
                    messages.RemoveAt(index);
                }
            }

            foreach (var message in (isList ? messages : Enumerable.Repeat(json["message"], 1)).OfType<JsonObject>())
            {
                Dates(way.ClockAhead)(message);
                way.Change?.Invoke(message);
            }

            answer.Content = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
            return answer;
        }
    }
}

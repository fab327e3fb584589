using System.Collections;
using System.Net;
using System.Security;
using System.Text;
using System.Text.Json;
using WixInbox.Reconcile;
using WixInbox.Sandbox;

namespace WixInbox.Fuzz;

/// <summary>
/// What a server answers, whole: a first line with the call and the status, headers, an empty line, the body. The call
/// ends with an outcome that the status allows, and all
/// of an answer can be looked at.
/// </summary>
internal sealed class AnswersTarget : FuzzTarget
{
    private const string Guid1 = "6202c3bb-f263-3c16-8c90-d6387d9ed420";
    private const string Token = "IST.c4n4ry-0f-th3-fuzz1ng";

    private static readonly DateTimeOffset s_noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, Func<WixInboxClient,
        Task<(OutcomeKind Kind, object? Value, Failure? Failure)>>> s_calls = new()
    {
        ["send"] = client => OutcomeOf(client.SendMessageAsync(Request())),
        ["list"] = client => OutcomeOf(client.ListMessagesAsync(new ListMessagesRequest { ConversationId = Guid1 })),
        ["conversation"] = client => OutcomeOf(client.GetConversationAsync(Guid1)),
        ["create"] = client =>
            OutcomeOf(client.GetOrCreateConversationAsync(new IdentificationData { ContactId = Guid1 })),
        ["contacts"] = client => OutcomeOf(client.QueryContactsAsync(new QueryContactsRequest())),
        ["contact"] = client => OutcomeOf(client.GetContactAsync(Guid1)),
        ["labels"] = client => OutcomeOf(client.ListLabelsAsync()),
    };

    public override string Name => "answers";

    public override IReadOnlyList<string> Words { get; } =
    [
        .. s_calls.Keys, " 200\n", " 429\n", " 503\n", " 400\n", "\nRetry-After: ", "\nDate: ",
        "Sun, 06 Nov 1994 08:49:37 GMT", "Fri, 31 Dec 9999 23:59:59 GMT",
        "\nx-wix-request-id: ", "\nLocation: //", "\n\n", Token, "\"message\":{", "\"messages\":[", "\"content\":{",
        "\"basic\":{\"items\":[", "\"text\":\"",
        "\"createdDate\":\"", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "\"conversation\":{\"id\":\"",
        "\"contacts\":[", "\"primaryInfo\":{",
        "\"subscriptionStatus\":", "\"UNSUBSCRIBED\"", "\"pagingMetadata\":{", "\"template\":{", "\"buttons\":[",
        "\"form\":{\"fields\":[", "\"badge\":{",
        "\"\\ud800\"", "&amp;", "<a href=", "[x](http://y)", "null", "true", "[", "]", "{", "}", "\"", ",", ":",
    ];

    public override IEnumerable<byte[]> Seeds()
    {
        foreach (var call in s_calls)
        {
            foreach (var fault in (FaultKind?[])[null, FaultKind.RateLimited, FaultKind.ServerErrorBefore,
                FaultKind.HtmlBody, FaultKind.Redirect])
            {
                var server = new SandboxHandler(new SandboxOptions { TimeProvider = new SkippingTime(s_noon) });
                if (fault is { } kind)
                {
                    server.AddFault(new Fault { Kind = kind });
                }

                var recorder = new Recorder(call.Key, server);
                using var client = Client(recorder);
                if (call.Key is "list" or "conversation")
                {
                    s_calls["send"](client).GetAwaiter().GetResult();
                }

                call.Value(client).GetAwaiter().GetResult();
                foreach (var answer in recorder.Answers)
                {
                    yield return answer;
                }
            }
        }
    }

    public override void Run(byte[] input)
    {
        var answer = Answer.Read(input);
        if (answer is null || !s_calls.TryGetValue(answer.Call, out var call))
        {
            return;
        }

        using var client = Client(new AnsweringHandler(answer));
        var (kind, value, failure) = call(client).GetAwaiter().GetResult();
        Hold((kind == OutcomeKind.Succeeded) == (value is not null) && (value is null) == (failure is not null),
            "There is an answer or a failure.");
        Hold(kind != OutcomeKind.Succeeded || answer.Status == 200, "What has another status has not succeeded.");
        Hold(kind != OutcomeKind.Rejected || answer.Status is (>= 300 and < 500) or 501,
            "What the server may have done is not rejected.");
        Hold(kind != OutcomeKind.NotSent || answer.Status is 407 or 408 or 425 or 429 or 503,
            "What the server may have done is not called undone.");
        foreach (var text in (string?[])[failure?.Message, failure?.Code])
        {
            Hold(text?.Contains(Token, StringComparison.OrdinalIgnoreCase) != true, "A secret is in what was said.");
        }

        Look(value, 0);
        if (value is WixObject)
        {
            JsonSerializer.Serialize(value, value.GetType());
        }

        foreach (var message in value switch { Message one => [one], ListMessagesResponse list => list.Messages!, _ =>
            [] })
        {
            MessageFingerprint.Of(message);
        }
    }

    private static SendMessageRequest Request() => new()
    {
        ConversationId = Guid1,
        Message = new Message
        {
            Content = new MessageContent { Basic = new BasicContent { Items = [new BasicItem { Text = "Hey!" }] } },
            Visibility = MessageVisibility.BusinessAndParticipant,
            Direction = MessageDirection.BusinessToParticipant,
        },
    };

    private static WixInboxClient Client(HttpMessageHandler handler)
    {
        var token = new SecureString();
        foreach (var letter in Token)
        {
            token.AppendChar(letter);
        }

        return new WixInboxClient(new WixInboxClientOptions(Authentication.AccessToken(token))
        {
            Handler = handler,
            Timeout = SkippingTime.RequestTime,
            Random = () => 0,
            TimeProvider = new SkippingTime(s_noon),
        });
    }

    private static async Task<(OutcomeKind Kind, object? Value, Failure? Failure)> OutcomeOf<T>(Task<Outcome<T>> call)
        where T : class
    {
        var outcome = await call.ConfigureAwait(false);
        return (outcome.Kind, outcome.Value, outcome.Failure);
    }

    // As a view, a serializer or a script of PowerShell does.
    private static void Look(object? value, int depth)
    {
        if (value is null or string || depth > 12)
        {
            return;
        }

        if (value is IEnumerable list)
        {
            foreach (var item in list)
            {
                Look(item, depth + 1);
            }
        }
        else if (value.GetType().Namespace?.StartsWith("WixInbox", StringComparison.Ordinal) == true)
        {
            Hold(value.ToString() is not null, "An object has a text.");
            foreach (var property in value.GetType().GetProperties()
                .Where(property => property.GetIndexParameters().Length == 0))
            {
                Look(property.GetValue(value), depth + 1);
            }
        }
    }

    private sealed record Answer(string Call, int Status, string[] Headers, byte[] Body)
    {
        public static Answer? Read(byte[] input)
        {
            var end = input.AsSpan().IndexOf("\n\n"u8);
            var head = Encoding.UTF8.GetString(input.AsSpan(0, end < 0 ? input.Length : end)).Split('\n');
            return head[0].Split(' ') is [var call, var digits] && int.TryParse(digits, out var status)
                && status is >= 200 and <= 599
                ? new Answer(call, status, head[1..], end < 0 ? [] : input[(end + 2)..]) : null;
        }

        public HttpResponseMessage ToResponse()
        {
            var response = new HttpResponseMessage((HttpStatusCode)Status) { Content = new ByteArrayContent(Body) };
            foreach (var header in Headers.Select(line => line.Split(": ", 2)).Where(parts => parts.Length == 2))
            {
                response.Headers.TryAddWithoutValidation(header[0], header[1]);
            }

            return response;
        }
    }

    private sealed class AnsweringHandler(Answer answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
            CancellationToken cancellationToken) =>
            Task.FromResult(answer.ToResponse());
    }

    private sealed class Recorder(string call, HttpMessageHandler server) : DelegatingHandler(server)
    {
        public List<byte[]> Answers { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
            CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var headers = response.Headers.Select(header => $"{header.Key}: {header.Value.First()}\n");
            var head = $"{call} {(int)response.StatusCode}\n{string.Concat(headers)}\n";
            Answers.Add([.. Encoding.UTF8.GetBytes(head),
                .. await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)]);
            return response;
        }
    }
}

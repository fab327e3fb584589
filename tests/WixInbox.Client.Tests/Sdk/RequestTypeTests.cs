using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using WixInbox.Json;

namespace WixInbox.Tests.Sdk;

/// <summary>
/// Every request of the client, with every field that it can have, is one that the types of Wix's own SDK allow, to the
/// last key: those of TypeScript refuse a key that they do not know. Left out is what the page alone has that this
/// project implements: <c>typingDelay</c>.
/// </summary>
public sealed class RequestTypeTests : IDisposable
{
    private const string Id = "0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c";

    // What the pages of Wix filter contacts by, and the types do not.
    private static readonly string[] s_filtersOfPages = ["info.emails.email", "primaryEmail.subscriptionStatus"];

    private readonly TemporaryFolder _folder = new();
    private readonly List<(string Type, string Json)> _requests = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_request_is_what_the_types_of_the_official_SDK_allow()
    {
        var folder = WixInbox.Sdk.Folder();
        await SendAllAsync();
        Assert.InRange(_requests.Count, 20, 100);

        var (exitCode, output) = Check(folder, _requests);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void Each_field_that_a_message_can_be_sent_with_is_in_one_of_the_requests()
    {
        var given = Messages()
            .Select(request => JsonSerializer.SerializeToNode(request, WixJson.Wire.SendMessageRequest))
            .SelectMany(json => Paths(json, string.Empty))
            .ToHashSet();

        // The rest is what Wix fills in, what cannot be sent, and what this project's page alone has.
        Assert.Equal(
            [
                ".message.appId", ".message.content.contentType", ".message.content.system", ".message.createdDate",
                ".message.id", ".message.sender", ".message.sequence", ".postbackProperties.appId", ".typingDelay",
                ".urlExpiration",
            ],
            Paths(WixJson.Wire.SendMessageRequest, string.Empty).Except(given)
                .Select(path => path.StartsWith(".message.sender.", StringComparison.Ordinal) ? ".message.sender"
                    : path.StartsWith(".message.content.system.", StringComparison.Ordinal) ? ".message.content.system"
                    : path.EndsWith(".urlExpiration", StringComparison.Ordinal) ? ".urlExpiration"
                    : path.EndsWith(".postbackProperties.appId", StringComparison.Ordinal) ? ".postbackProperties.appId"
                    : path)
                .Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_key_that_the_types_do_not_know_or_a_wrong_word_is_found()
    {
        var folder = WixInbox.Sdk.Folder();

        var (exitCode, output) = Check(folder,
        [
            (
                "messages.SendMessageRequest",
                """{"conversationId":"x","message":{"content":{"basic":{"items":[{"text":"x"}]}}},"typingDelay":3}"""),
            ("messages.SendMessageRequest", """{"conversationId":"x","message":{"visibility":"ALL"}}"""),
        ]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("typingDelay", output, StringComparison.Ordinal);
        Assert.Contains("\"ALL\"", output, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output) Check(string folder, IEnumerable<(string Type, string Json)> requests)
    {
        var code = new StringBuilder("""
            import type * as messages from '@wix/auto_sdk_inbox_messages';
            import type * as conversations from '@wix/auto_sdk_inbox_conversations';
            import type * as contacts from '@wix/auto_sdk_crm_contacts';
            import type * as contactsV5 from '@wix/auto_sdk_crm_contacts-v-5';
            import type * as labels from '@wix/auto_sdk_crm_labels';
            import type * as files from '@wix/auto_sdk_media_files';
            import type * as channels from '@wix/auto_sdk_comm-channels-media_communication-channels-media';

            """);
        foreach (var (type, json) in requests)
        {
            code.Append('(').Append(json).Append(") satisfies ").Append(type).AppendLine(";");
        }

        Directory.CreateDirectory(Path.Combine(folder, "obj"));
        File.WriteAllText(Path.Combine(folder, "obj", "requests.ts"), code.ToString());
        return WixInbox.Sdk.Run(folder, "node", "node_modules/typescript/bin/tsc", "--project", ".");
    }

    private async Task SendAllAsync()
    {
        var handler = new StubHandler(request =>
        {
            Note(request);
            return request.Path.EndsWith("-url", StringComparison.Ordinal)
                ? Answer.Json(200, """{"uploadUrl":"https://upload.example/u"}""")
                : request.Method == HttpMethod.Put
                    ? Answer.Json(200, """{"file":{"id":"f","operationStatus":"READY"}}""")
                : Answer.Status(409);
        });
        foreach (var store in new[] { MediaStore.MediaManager, MediaStore.Channels })
        {
            using var client = new WixInboxClient(
                new WixInboxClientOptions(Authentication.AccessToken(Secret.Of(Secret.Canary)))
                {
                    Handler = handler,
                    MediaStore = store,
                    RequestsPerMinute = 0,
                });
            await client.Media.UploadAsync(
                LocalFile.Read(_folder.Write("a.txt", "hello"), TestClient.Cancellation),
                TimeSpan.Zero,
                TestClient.Cancellation);
            await client.Media.ImportAsync(
                "https://example.com/a.png", "a.png", TimeSpan.Zero, TestClient.Cancellation);
            if (store == MediaStore.Channels)
            {
                continue;
            }

            foreach (var request in Messages())
            {
                await client.SendMessageAsync(request, TestClient.Cancellation);
            }

            await client.ProbeSendAsync(TestClient.Cancellation);
            await client.ListMessagesAsync(
                new ListMessagesRequest
                {
                    ConversationId = Id,
                    Visibility = MessageVisibility.Business,
                    Limit = 100,
                    Cursor = "cursor",
                },
                TestClient.Cancellation);
            await client.ListLabelsAsync(TestClient.Cancellation);
            await client.Media.GetAsync("f", TestClient.Cancellation);
            await client.GetOrCreateConversationAsync(
                new IdentificationData { ContactId = Id }, TestClient.Cancellation);
            await client.GetOrCreateConversationAsync(
                new IdentificationData { MemberId = Id }, TestClient.Cancellation);
            await client.GetOrCreateConversationAsync(
                new IdentificationData { AnonymousVisitorId = Id }, TestClient.Cancellation);
            await client.QueryContactsAsync(new QueryContactsRequest(), TestClient.Cancellation);
            await client.QueryContactsAsync(
                new QueryContactsRequest
                {
                    Emails = ["a@example.com"],
                    ContactIds = [Id],
                    Labels = ["custom.vip"],
                    Subscriptions = [SubscriptionStatus.Subscribed],
                    ActiveAfter = DateTimeOffset.UnixEpoch,
                    CreatedAfter = DateTimeOffset.UnixEpoch,
                    Limit = 1_000,
                    Offset = 1_000,
                },
                TestClient.Cancellation);
            await client.QueryContactsV5Async(
                new QueryContactsV5Request(QueryContactsV5Request.EmailField, ["a@example.com"], null),
                default,
                TestClient.Cancellation);
            await client.QueryContactsV5Async(
                new QueryContactsV5Request(QueryContactsV5Request.IdField, [Id], "cursor"),
                default,
                TestClient.Cancellation);
        }
    }

    private void Note(RecordedRequest request)
    {
        var type = $"{request.Method} {request.Path}" switch
        {
            "POST /inbox/v2/messages" => "messages.SendMessageRequest",
            "GET /inbox/v2/messages" => "messages.ListMessagesRequest",
            "POST /inbox/v2/conversations" => "conversations.GetOrCreateConversationRequest",
            "POST /contacts/v4/contacts/query" => "contacts.QueryContactsRequest",
            "GET /contacts/v4/labels" => "labels.ListLabelsRequest",
            "POST /contacts/v5/contacts/query" => "contactsV5.QueryContactsRequest",
            "POST /site-media/v1/files/generate-upload-url" => "files.GenerateFileUploadUrlRequest",
            "POST /site-media/v1/files/import" => "files.ImportFileRequest",
            "GET /site-media/v1/files/get-file-by-id" => "files.GetFileDescriptorRequest",
            "POST /communication-channels-media/v1/upload-url" => "channels.GenerateFileUploadUrlRequest",
            "POST /communication-channels-media/v1/import-file" => "channels.ImportFileRequest",
            _ => null,
        };
        if (type is null)
        {
            Assert.Equal(("PUT", "/u"), (request.Method.Method, request.Path));
            return;
        }

        // The SDK calls an id _id, and renames it on the way. A message without content is one that Wix is to refuse.
        var json = request.Method == HttpMethod.Get ? Parameters(request.Address)
            : type != "messages.SendMessageRequest" ? request.Body
            : request.Body.Replace("\"id\":", "\"_id\":", StringComparison.Ordinal);
        if (type != "messages.SendMessageRequest" || json.Contains("\"message\"", StringComparison.Ordinal))
        {
            _requests.Add((type, json));
        }

        // In a request, the types take any filter; those of a query know its fields.
        foreach (var field in (JsonNode.Parse(json)!["query"]?["filter"] as JsonObject)?.Select(one => one.Key) ?? [])
        {
            if (!s_filtersOfPages.Contains(field))
            {
                var name = field is "id" or "createdDate" ? "_" + field : field;
                _requests.Add(($"{type.Split('.')[0]}.ContactQuerySpec['wql'][number]['fields'][number]", $"'{name}'"));
            }
        }
    }

    // A query string as the object that it stands for. The SDK writes the same one in either form.
    private static string Parameters(Uri address)
    {
        var json = new JsonObject();
        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (names, value) = (pair.Split('=')[0].Split('.'), Uri.UnescapeDataString(pair.Split('=')[1]));
            var parent = json;
            foreach (var name in names[..^1])
            {
                parent = (JsonObject)(parent[name] ??= new JsonObject());
            }

            parent[names[^1]] = int.TryParse(value, out var number) ? number : value;
        }

        return json.ToJsonString();
    }

    private static IEnumerable<string> Paths(JsonNode? json, string path) => json switch
    {
        JsonObject members => members.SelectMany(member => Paths(member.Value, $"{path}.{member.Key}")),
        JsonArray items => items.SelectMany(item => Paths(item, path)),
        _ => [path],
    };

    private static IEnumerable<string> Paths(JsonTypeInfo type, string path) =>
        type.Properties.Where(property => property is { Get: not null, IsExtensionData: false }).SelectMany(property =>
        {
            var inner = WixJson.Wire.GetTypeInfo(property.PropertyType.GetElementType() ?? property.PropertyType);
            return inner is { Kind: JsonTypeInfoKind.Object }
                ? Paths(inner, $"{path}.{property.Name}")
                : [$"{path}.{property.Name}"];
        });

    private static IEnumerable<SendMessageRequest> Messages()
    {
        var image =
            new ImageMessage { Id = "i", Url = "https://example.com/a.png", Filename = "a.png", Width = 2, Height = 1 };
        var file = new FileMessage
        {
            Id = "f",
            Url = "https://example.com/a.pdf",
            Filename = "a.pdf",
            MimeType = "application/pdf",
        };
        var button = new Button { Label = "Go", LaunchUrl = "https://example.com" };
        var postback =
            new Button { Label = "Yes", PostbackProperties = new PostbackProperties { InteractionId = "yes" } };
        yield return Sample.Basic(
            new BasicItem { Text = "x" }, new BasicItem { Image = image }, new BasicItem { File = file })
            .With(request =>
                (request.SendNotifications, request.Silent, request.SendAs) = (true, true, SendAs.Participant))
            .WithMessage(message =>
            {
                message.Content!.PreviewText = "x";
                message.Content.Title = "t";
                message.Silent = true;
                message.Badges =
                [
                    new Badge
                    {
                        Text = "b",
                        IconUrl = "https://example.com/b.png",
                        Visibility = BadgeVisibility.Business,
                    },
                ];
                message.TargetChannelIds = ["CHAT"];
                message.SourceChannelId = "CHAT";
            });
        foreach (var channel in Enum.GetValues<ChannelType>())
        {
            yield return Sample.Text()
                .WithMessage(message => (message.TargetChannels, message.SourceChannel) = ([channel], channel));
        }

        foreach (var sendAs in Enum.GetValues<SendAs>())
        {
            yield return Sample.Text().With(request => request.SendAs = sendAs);
        }

        yield return Sample.Text().WithMessage(message => (message.Visibility, message.Direction) =
            (MessageVisibility.Business, MessageDirection.ParticipantToBusiness));
        yield return Sample.Template(new TemplateContent
        {
            Title = "t",
            ImageUrl = "https://example.com/a.png",
            TextLines = ["one"],
            Buttons = [button, postback],
            Orientation = TemplateOrientation.Landscape,
        });
        yield return Sample.Minimal(
            new MinimalContent { Text = "x", IconUrl = "https://example.com/i.png", Url = "https://example.com" });
        yield return Sample.Form(new FormContent
        {
            Title = "t",
            Description = "d",
            Fields = [new FormField { Name = "n", Value = "v" }],
            Media = [new MediaItem { Image = image }, new MediaItem { File = file }],
        });
    }
}

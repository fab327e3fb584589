using System.Text;

namespace WixInbox.Tests.Sdk;

/// <summary>
/// Every request of the client, with every field that it can have, is one that the types of Wix's own SDK allow, to the last key: those of TypeScript refuse a key that they do
/// not know. Left out is what the page alone has that this project implements: <c>typingDelay</c>.
/// </summary>
public sealed class RequestTypeTests : IDisposable
{
    private const string Id = "0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c";

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
    public void A_key_that_the_types_do_not_know_or_a_wrong_word_is_found()
    {
        var folder = WixInbox.Sdk.Folder();

        var (exitCode, output) = Check(folder,
        [
            ("messages.SendMessageRequest", """{"conversationId":"x","message":{"content":{"basic":{"items":[{"text":"x"}]}}},"typingDelay":3}"""),
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
            return request.Path.EndsWith("-url", StringComparison.Ordinal) ? Answer.Json(200, """{"uploadUrl":"https://upload.example/u"}""")
                : request.Method == HttpMethod.Put ? Answer.Json(200, """{"file":{"id":"f","operationStatus":"READY"}}""")
                : Answer.Status(409);
        });
        foreach (var store in new[] { MediaStore.MediaManager, MediaStore.Channels })
        {
            using var client = new WixInboxClient(new WixInboxClientOptions(Authentication.AccessToken(Secret.Of(Secret.Canary))) { Handler = handler, MediaStore = store, RequestsPerMinute = 0 });
            await client.Media.UploadAsync(LocalFile.Read(_folder.Write("a.txt", "hello")), TimeSpan.Zero, TestClient.Cancellation);
            await client.Media.ImportAsync("https://example.com/a.png", "a.png", TimeSpan.Zero, TestClient.Cancellation);
            if (store == MediaStore.Channels)
            {
                continue;
            }

            foreach (var request in Messages())
            {
                await client.SendMessageAsync(request, TestClient.Cancellation);
            }

            await client.ProbeSendAsync(TestClient.Cancellation);
            await client.GetOrCreateConversationAsync(new IdentificationData { ContactId = Id }, TestClient.Cancellation);
            await client.GetOrCreateConversationAsync(new IdentificationData { MemberId = Id }, TestClient.Cancellation);
            await client.GetOrCreateConversationAsync(new IdentificationData { AnonymousVisitorId = Id }, TestClient.Cancellation);
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
            await client.QueryContactsV5Async(new QueryContactsV5Request(QueryContactsV5Request.EmailField, ["a@example.com"], null), null, 0, TestClient.Cancellation);
            await client.QueryContactsV5Async(new QueryContactsV5Request(QueryContactsV5Request.IdField, [Id], "cursor"), null, 0, TestClient.Cancellation);
        }
    }

    private void Note(RecordedRequest request)
    {
        var type = request.Path switch
        {
            "/inbox/v2/messages" => "messages.SendMessageRequest",
            "/inbox/v2/conversations" => "conversations.GetOrCreateConversationRequest",
            "/contacts/v4/contacts/query" => "contacts.QueryContactsRequest",
            "/contacts/v5/contacts/query" => "contactsV5.QueryContactsRequest",
            "/site-media/v1/files/generate-upload-url" => "files.GenerateFileUploadUrlRequest",
            "/site-media/v1/files/import" => "files.ImportFileRequest",
            "/communication-channels-media/v1/upload-url" => "channels.GenerateFileUploadUrlRequest",
            "/communication-channels-media/v1/import-file" => "channels.ImportFileRequest",
            _ => null,
        };
        if (type is null)
        {
            Assert.Equal(HttpMethod.Put, request.Method);
            return;
        }

        // The search is in the REST pages alone. A message without content is one that Wix is to refuse.
        if (request.Body.Contains("\"message\"", StringComparison.Ordinal) || type != "messages.SendMessageRequest")
        {
            // The SDK calls an id _id, and renames it on the way.
            _requests.Add((type, type == "messages.SendMessageRequest" ? request.Body.Replace("\"id\":", "\"_id\":", StringComparison.Ordinal) : request.Body));
        }
    }

    private static IEnumerable<SendMessageRequest> Messages()
    {
        var image = new ImageMessage { Id = "i", Url = "https://example.com/a.png", Filename = "a.png", Width = 2, Height = 1 };
        var file = new FileMessage { Id = "f", Url = "https://example.com/a.pdf", Filename = "a.pdf", MimeType = "application/pdf" };
        var button = new Button { Label = "Go", LaunchUrl = "https://example.com" };
        var postback = new Button { Label = "Yes", PostbackProperties = new PostbackProperties { InteractionId = "yes" } };
        yield return Sample.Basic(new BasicItem { Text = "x" }, new BasicItem { Image = image }, new BasicItem { File = file })
            .With(request => (request.SendNotifications, request.Silent, request.SendAs) = (true, true, SendAs.Participant))
            .WithMessage(message =>
            {
                message.Content!.PreviewText = "x";
                message.Content.Title = "t";
                message.Silent = true;
                message.Badges = [new Badge { Text = "b", IconUrl = "https://example.com/b.png", Visibility = BadgeVisibility.Business }];
                message.TargetChannelIds = ["CHAT"];
                message.SourceChannelId = "CHAT";
            });
        foreach (var channel in Enum.GetValues<ChannelType>())
        {
            yield return Sample.Text().WithMessage(message => (message.TargetChannels, message.SourceChannel) = ([channel], channel));
        }

        foreach (var sendAs in Enum.GetValues<SendAs>())
        {
            yield return Sample.Text().With(request => request.SendAs = sendAs);
        }

        yield return Sample.Text().WithMessage(message => (message.Visibility, message.Direction) = (MessageVisibility.Business, MessageDirection.ParticipantToBusiness));
        yield return Sample.Template(new TemplateContent
        {
            Title = "t",
            ImageUrl = "https://example.com/a.png",
            TextLines = ["one"],
            Buttons = [button, postback],
            Orientation = TemplateOrientation.Landscape,
        });
        yield return Sample.Minimal(new MinimalContent { Text = "x", IconUrl = "https://example.com/i.png", Url = "https://example.com" });
        yield return Sample.Form(new FormContent
        {
            Title = "t",
            Description = "d",
            Fields = [new FormField { Name = "n", Value = "v" }],
            Media = [new MediaItem { Image = image }, new MediaItem { File = file }],
        });
    }
}

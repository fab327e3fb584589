using System.Text.Json;

namespace WixInbox.Sandbox.Tests;

public sealed class SendMessageTests
{
    // The request of the Send Message reference page's own cURL sample.
    private const string PageSample = """
        {
          "conversation_id": "6202c3bb-f263-3c16-8c90-d6387d9ed420",
          "send_notifications": true,
          "silent": false,
          "typing_delay": 0,
          "send_as": "CALLER",
          "message": {
            "badges": [
              {
                "text": "Email",
                "badge_visibility": "BUSINESS",
                "icon_url": "https://wixmp-9127dea18607b759d29e6784.wixmp.com/badges/mailSmallFlat.png"
              }
            ],
            "target_channels": ["EMAIL"],
            "content": { "preview_text": "Hey!", "basic": { "items": [{ "text": "Hey!" }] } },
            "source_channel": "CHAT",
            "visibility": "BUSINESS_AND_PARTICIPANT",
            "direction": "BUSINESS_TO_PARTICIPANT"
          }
        }
        """;

    [Fact]
    public async Task The_reference_pages_own_sample_is_answered_as_the_page_shows()
    {
        using var api = Api.InMemory();

        var reply = await api.SendAsync(PageSample);

        Assert.Equal(200, reply.Status);
        string expected = $$$"""
            {"message":{
              "id":"1640849952353627",
              "content":{"previewText":"Hey!","basic":{"items":[{"text":"Hey!"}]}},
              "sender":{"appId":"{{{SandboxHandler.AppId}}}"},
              "badges":[{"text":"Email","iconUrl":"https://wixmp-9127dea18607b759d29e6784.wixmp.com/badges/mailSmallFlat.png","badgeVisibility":"BUSINESS"}],
              "targetChannels":["EMAIL"],
              "sourceChannel":"CHAT",
              "appId":"{{{SandboxHandler.AppId}}}",
              "visibility":"BUSINESS_AND_PARTICIPANT",
              "direction":"BUSINESS_TO_PARTICIPANT",
              "sequence":"1640849952353627",
              "createdDate":"2021-12-30T07:39:12.353Z",
              "targetChannelIds":[]
            }}
            """;
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, reply.Json), reply.Text);
    }

    [Fact]
    public async Task The_ledger_holds_what_was_stored()
    {
        using var api = Api.InMemory();

        var reply = await api.SendAsync(Api.Basic("Grüße 👋", Api.SomeConversation.ToUpperInvariant()));

        LedgerEntry entry = Assert.Single(api.Handler.Ledger);
        Assert.Equal(Api.SomeConversation, entry.ConversationId);
        Assert.Equal("1640849952353627", entry.MessageId);
        Assert.Equal("Grüße 👋", entry.Text);
        Assert.Equal(reply.Message.GetRawText(), entry.Json);
        Assert.Equal(api.Clock.GetUtcNow(), entry.ReceivedAt);
        Assert.Contains("Grüße ", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"basic":{"items":[{"image":{"id":"i"}},{"text":"one"},{"text":"two"}]}}""", "one")]
    [InlineData("""{"minimal":{"text":"it happened"}}""", "it happened")]
    [InlineData("""{"template":{"title":"Sale","textLines":["a"]}}""", "Sale")]
    [InlineData("""{"form":{"title":"Booking","fields":[{"name":"n","value":"v"}]}}""", "Booking")]
    [InlineData("""{"basic":{"items":[{"image":{"id":"i"}}]}}""", null)]
    public async Task The_ledgers_text_is_the_contents_first(string content, string? text)
    {
        using var api = Api.InMemory();

        var reply = await api.SendAsync(Api.WithContent(content));

        Assert.Equal(200, reply.Status);
        Assert.Equal(text, Assert.Single(api.Handler.Ledger).Text);
    }

    [Fact]
    public async Task Every_kind_of_content_comes_back_in_camel_case_with_what_the_server_fills_in()
    {
        using var api = Api.InMemory();

        var image = await api.SendAsync(Api.WithContent(
            """{"basic":{"items":[{"image":{"url":"https://a.example/b.png","filename":"b.png","width":1200,"height":"798.5"}},{"file":{"id":"f","mime_type":"text/csv"}}]}}"""));
        var template = await api.SendAsync(Api.WithContent(
            """{"template":{"image_url":"https://a.example","text_lines":["l"],"buttons":[{"label":"go","launch_url":"https://a.example"},{"label":"pick","postback_properties":{"interaction_id":"p"}}]}}"""));
        var form = await api.SendAsync(Api.WithContent(
            """{"form":{"description":"d","fields":[{"name":"n","value":"v"}],"media":[{"image":{"id":"i"}}]}}"""));

        AssertContent(image, """{"basic":{"items":[{"image":{"url":"https://a.example/b.png","filename":"b.png","width":1200,"height":798.5,"urlExpiration":"2021-12-30T17:39:12.353Z"}},{"file":{"id":"f","mimeType":"text/csv"}}]}}""");
        AssertContent(template, $$$"""{"template":{"imageUrl":"https://a.example","textLines":["l"],"buttons":[{"label":"go","launchUrl":"https://a.example"},{"label":"pick","postbackProperties":{"interactionId":"p","appId":"{{{SandboxHandler.AppId}}}"}}],"orientation":"PORTRAIT"}}""");
        AssertContent(
            form,
            """{"form":{"description":"d","fields":[{"name":"n","value":"v"}],"media":[{"image":{"id":"i"}}]}}""");
    }

    [Fact]
    public async Task Omitted_fields_become_the_zero_values_and_empty_lists()
    {
        using var api = Api.InMemory();

        var message = (await api.SendAsync(Api.WithContent("""{"minimal":{"text":"x"}}"""))).Message;

        Assert.Equal("UNKNOWN_VISIBILITY", message.GetProperty("visibility").GetString());
        Assert.Equal("UNKNOWN_DIRECTION", message.GetProperty("direction").GetString());
        Assert.Equal("UNKNOWN_CHANNEL_TYPE", message.GetProperty("sourceChannel").GetString());
        Assert.Equal(0, message.GetProperty("badges").GetArrayLength());
        Assert.Equal(0, message.GetProperty("targetChannels").GetArrayLength());
        Assert.Equal(0, message.GetProperty("targetChannelIds").GetArrayLength());
        Assert.False(message.TryGetProperty("silent", out _));
        Assert.False(message.TryGetProperty("sourceChannelId", out _));
    }

    [Theory]
    [InlineData("true", "false", true)]
    [InlineData("false", "true", true)]
    [InlineData("true", "true", true)]
    [InlineData("false", "false", false)]
    public async Task Silent_in_the_request_or_in_the_message_makes_the_message_silent(
        string request, string message, bool silent)
    {
        using var api = Api.InMemory();

        var reply = await api.SendAsync(
            $$$"""{"conversationId":"{{{Api.SomeConversation}}}","silent":{{{request}}},"message":{"content":{"minimal":{"text":"x"}},"silent":{{{message}}}}}""");

        Assert.Equal(silent, reply.Message.TryGetProperty("silent", out var value) && value.GetBoolean());
    }

    [Fact]
    public async Task The_channel_fields_of_both_generations_are_stored()
    {
        using var api = Api.InMemory();

        var message = (await api.SendAsync(Api.WithFields(
            """ "targetChannels":["SMS"],"sourceChannel":"EMAIL","targetChannelIds":["CHAT","x"],"sourceChannelId":"y" """))).Message;

        Assert.Equal("""["SMS"]""", message.GetProperty("targetChannels").GetRawText());
        Assert.Equal("EMAIL", message.GetProperty("sourceChannel").GetString());
        Assert.Equal("""["CHAT","x"]""", message.GetProperty("targetChannelIds").GetRawText());
        Assert.Equal("y", message.GetProperty("sourceChannelId").GetString());
    }

    [Fact]
    public async Task What_the_server_fills_in_is_not_the_clients_to_choose()
    {
        using var api = Api.InMemory();

        var message = (await api.SendAsync(Api.WithFields(
            """ "id":"7","sequence":"7","appId":"x","createdDate":"then","sender":{"app_id":"x"},"someday":1 """))).Message;

        Assert.Equal("1640849952353627", message.GetProperty("id").GetString());
        Assert.Equal("1640849952353627", message.GetProperty("sequence").GetString());
        Assert.Equal(SandboxHandler.AppId, message.GetProperty("appId").GetString());
        Assert.Equal(SandboxHandler.AppId, message.GetProperty("sender").GetProperty("appId").GetString());
        Assert.False(message.TryGetProperty("someday", out _));
    }

    [Fact]
    public async Task Ids_grow_even_within_one_microsecond()
    {
        using var api = Api.InMemory();

        string[] ids = new string[4];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = (await api.SendAsync(Api.Basic("x"))).Message.GetProperty("id").GetString()!;
        }

        Assert.Equal(["1640849952353627", "1640849952353628", "1640849952353629", "1640849952353630"], ids);
    }

    [Fact]
    public async Task SendAs_PARTICIPANT_makes_the_participant_the_sender()
    {
        using var api = Api.InMemory();
        const string Contact = "11111111-2222-4333-8444-555555555555";
        var conversation = await api.PostAsync(
            Api.Conversations, $$$"""{"participantId":{"contactId":"{{{Contact}}}"}}""");
        string id = conversation.Json.GetProperty("conversation").GetProperty("id").GetString()!;

        var reply = await api.SendAsync(
            $$$$$"""{"conversationId":"{{{{{id}}}}}","sendAs":"PARTICIPANT","message":{"content":{"minimal":{"text":"x"}}}}""");

        Assert.Equal($$"""{"contactId":"{{Contact}}"}""", reply.Message.GetProperty("sender").GetRawText());
    }

    [Fact]
    public async Task SendAs_BUSINESS_USER_is_forbidden_and_stores_nothing()
    {
        using var api = Api.InMemory();

        var reply = await api.SendAsync(
            $$$$$"""{"conversationId":"{{{{{Api.SomeConversation}}}}}","sendAs":"BUSINESS_USER","message":{"content":{"minimal":{"text":"x"}}}}""");

        Assert.Equal(403, reply.Status);
        Assert.Equal("IDENTITY_DOES_NOT_MATCH", reply.ErrorCode);
        Assert.Empty(api.Handler.Ledger);
    }

    [Theory]
    [InlineData("image", "ftp://a.example/x.png")]
    [InlineData("file", "x.pdf")]
    [InlineData("image", "wix:image://v1/x.png")]
    public async Task A_media_url_that_is_no_web_address_is_INVALID_MEDIA_URL(string kind, string url)
    {
        using var api = Api.InMemory();

        var basic = await api.SendAsync(
            Api.WithContent($$$"""{"basic":{"items":[{"{{{kind}}}":{"url":"{{{url}}}"}}]}}"""));
        var form = await api.SendAsync(Api.WithContent(
            $$$"""{"form":{"fields":[{"name":"n","value":"v"}],"media":[{"{{{kind}}}":{"url":"{{{url}}}"}}]}}"""));

        Assert.Equal([400, 400], [basic.Status, form.Status]);
        Assert.Equal("INVALID_MEDIA_URL", basic.ErrorCode);
        Assert.Equal("INVALID_MEDIA_URL", form.ErrorCode);
    }

    [Fact]
    public async Task Every_answer_has_a_request_id_of_its_own()
    {
        using var api = Api.InMemory();

        var good = await api.SendAsync(Api.Basic("x"));
        var bad = await api.SendAsync("{}");
        var lost = await api.GetAsync("/nowhere");

        Assert.All([good, bad, lost], reply => Assert.False(string.IsNullOrEmpty(reply.RequestId)));
        Assert.Equal(3, new[] { good.RequestId, bad.RequestId, lost.RequestId }.Distinct().Count());
    }

    private static void AssertContent(Reply reply, string expected)
    {
        Assert.True(reply.Status == 200, reply.Text);
        Assert.True(
            JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, reply.Message.GetProperty("content")),
            reply.Text);
    }
}

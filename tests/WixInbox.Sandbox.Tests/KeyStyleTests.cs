namespace WixInbox.Sandbox.Tests;

public sealed class KeyStyleTests
{
    private const string Camel = """
        {"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","sendAs":"CALLER","sendNotifications":true,"message":{
         "content":{"previewText":"p","template":{"title":"t","imageUrl":"https://a.example","textLines":["x"],"orientation":"LANDSCAPE",
          "buttons":[{"label":"b","launchUrl":"https://a.example"},{"label":"c","postbackProperties":{"interactionId":"i"}}]}},
         "badges":[{"text":"b","iconUrl":"https://a.example","badgeVisibility":"BUSINESS"}],
         "targetChannels":["CHAT"],"sourceChannel":"CHAT","targetChannelIds":["CHAT"],"sourceChannelId":"CHAT"}}
        """;

    private static string Snake { get; } = Camel
        .Replace("conversationId", "conversation_id", StringComparison.Ordinal)
        .Replace("sendAs", "send_as", StringComparison.Ordinal)
        .Replace("sendNotifications", "send_notifications", StringComparison.Ordinal)
        .Replace("previewText", "preview_text", StringComparison.Ordinal)
        .Replace("imageUrl", "image_url", StringComparison.Ordinal)
        .Replace("textLines", "text_lines", StringComparison.Ordinal)
        .Replace("launchUrl", "launch_url", StringComparison.Ordinal)
        .Replace("postbackProperties", "postback_properties", StringComparison.Ordinal)
        .Replace("interactionId", "interaction_id", StringComparison.Ordinal)
        .Replace("iconUrl", "icon_url", StringComparison.Ordinal)
        .Replace("badgeVisibility", "badge_visibility", StringComparison.Ordinal)
        .Replace("targetChannelIds", "target_channel_ids", StringComparison.Ordinal)
        .Replace("targetChannels", "target_channels", StringComparison.Ordinal)
        .Replace("sourceChannelId", "source_channel_id", StringComparison.Ordinal)
        .Replace("sourceChannel\"", "source_channel\"", StringComparison.Ordinal);

    [Fact]
    public async Task Both_styles_mean_the_same_at_every_depth_and_the_answer_is_camel_case()
    {
        using var one = Api.InMemory();
        using var other = Api.InMemory();

        var camel = await one.SendAsync(Camel);
        var snake = await other.SendAsync(Snake);

        Assert.Equal(200, camel.Status);
        Assert.Equal(camel.Text, snake.Text);
        Assert.DoesNotContain("_id", snake.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("_url", snake.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_styles_may_be_mixed()
    {
        using var api = Api.InMemory();

        var reply = await api.SendAsync(
            """{"conversation_id":"6202c3bb-f263-3c16-8c90-d6387d9ed420","sendAs":"CALLER","message":{"source_channel":"CHAT","content":{"previewText":"p","minimal":{"icon_url":"https://a.example","text":"x"}}}}""");

        Assert.Equal(200, reply.Status);
        Assert.Equal("CHAT", reply.Message.GetProperty("sourceChannel").GetString());
        Assert.Equal("p", reply.Message.GetProperty("content").GetProperty("previewText").GetString());
        Assert.Equal(
            "https://a.example",
            reply.Message.GetProperty("content").GetProperty("minimal").GetProperty("iconUrl").GetString());
    }

    [Theory]
    [InlineData(
        """{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","conversation_id":"6202c3bb-f263-3c16-8c90-d6387d9ed420","message":{"content":{"minimal":{"text":"x"}}}}""",
        "conversationId FORMAT")]
    [InlineData(
        """{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","message":{"content":{"minimal":{"text":"x","text":"y"}}}}""",
        "message.content.minimal.text FORMAT")]
    public async Task A_field_given_twice_is_refused(string json, string violation)
    {
        using var api = Api.InMemory();

        var reply = await api.SendAsync(json);

        Assert.Equal(400, reply.Status);
        Assert.Equal([violation], reply.Violations);
    }

    [Fact]
    public async Task A_null_is_a_field_not_given()
    {
        using var api = Api.InMemory();

        var reply = await api.SendAsync(
            """{"conversationId":"6202c3bb-f263-3c16-8c90-d6387d9ed420","sendAs":null,"message":{"badges":null,"content":{"previewText":null,"form":null,"minimal":{"text":"x","iconUrl":null}}}}""");

        Assert.Equal(200, reply.Status);
        Assert.Equal("""{"minimal":{"text":"x"}}""", reply.Message.GetProperty("content").GetRawText());
    }
}

using System.Globalization;

namespace WixInbox.Tests.Json;

/// <summary>
/// The samples of the page that this client implements: what its cURL sends, and what it says comes back.
/// </summary>
public sealed class SendMessagePageTests
{
    private const string AppId = "22bef345-3c5b-4c18-b782-74d4085112ff";
    private const string Icon = "https://wixmp-9127dea18607b759d29e6784.wixmp.com/badges/mailSmallFlat.png";

    private const string Response = $$"""
        {
          "message": {
            "id": "1640849952353627",
            "content": { "previewText": "Hey!", "basic": { "items": [{ "text": "Hey!" }] } },
            "sender": { "appId": "{{AppId}}" },
            "badges": [{ "text": "Email", "iconUrl": "{{Icon}}", "badgeVisibility": "BUSINESS" }],
            "targetChannels": ["EMAIL"],
            "sourceChannel": "CHAT",
            "appId": "{{AppId}}",
            "visibility": "BUSINESS_AND_PARTICIPANT",
            "direction": "BUSINESS_TO_PARTICIPANT",
            "sequence": "1640849952353627",
            "createdDate": "2021-12-30T07:39:12.353Z"
          }
        }
        """;

    [Fact]
    public async Task The_request_of_the_page_goes_out_with_its_keys_in_camel_case_and_no_other()
    {
        var handler = new StubHandler(_ => Answer.Sent());

        await TestClient.SendAsync(handler, Request());

        JsonCheck.Same(
            $$"""
            {
              "conversationId": "6202c3bb-f263-3c16-8c90-d6387d9ed420",
              "sendNotifications": true,
              "silent": false,
              "typingDelay": 0,
              "sendAs": "CALLER",
              "message": {
                "badges": [{ "text": "Email", "badgeVisibility": "BUSINESS", "iconUrl": "{{Icon}}" }],
                "targetChannels": ["EMAIL"],
                "content": { "previewText": "Hey!", "basic": { "items": [{ "text": "Hey!" }] } },
                "sourceChannel": "CHAT",
                "visibility": "BUSINESS_AND_PARTICIPANT",
                "direction": "BUSINESS_TO_PARTICIPANT"
              }
            }
            """,
            Assert.Single(handler.Requests).Body);
    }

    [Fact]
    public async Task What_is_not_given_is_not_sent()
    {
        var handler = new StubHandler(_ => Answer.Sent());

        await TestClient.SendAsync(handler, Sample.Text());

        JsonCheck.Same(
            """
            {
              "conversationId": "6202c3bb-f263-3c16-8c90-d6387d9ed420",
              "message": {
                "content": { "basic": { "items": [{ "text": "Hey!" }] } },
                "visibility": "BUSINESS_AND_PARTICIPANT",
                "direction": "BUSINESS_TO_PARTICIPANT"
              }
            }
            """,
            Assert.Single(handler.Requests).Body);
    }

    [Fact]
    public async Task The_response_of_the_page_is_read_whole()
    {
        var outcome = await TestClient.SendAsync(Answer.Json(200, Response));

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Null(outcome.Failure);
        var message = Assert.IsType<Message>(outcome.Value);
        Assert.Equal("1640849952353627", message.Id);
        Assert.Equal(Sample.ConversationId, message.ConversationId);
        Assert.Equal("Hey!", message.Content!.PreviewText);
        Assert.Equal("Hey!", Assert.Single(message.Content.Basic!.Items!).Text);
        Assert.Equal(AppId, message.Sender!.AppId);
        Assert.Equal(AppId, message.AppId);
        var badge = Assert.Single(message.Badges!);
        Assert.Equal(("Email", Icon), (badge.Text, badge.IconUrl));
        Assert.Equal(BadgeVisibility.Business, badge.Visibility);
        Assert.Equal([ChannelType.Email], message.TargetChannels!);
        Assert.Equal(ChannelType.Chat, message.SourceChannel);
        Assert.Equal(MessageVisibility.BusinessAndParticipant, message.Visibility);
        Assert.Equal(MessageDirection.BusinessToParticipant, message.Direction);
        Assert.Equal(1640849952353627, message.Sequence);
        Assert.Equal(
            DateTimeOffset.Parse("2021-12-30T07:39:12.353Z", CultureInfo.InvariantCulture), message.CreatedDate);
        Assert.Empty(message.UnknownFields);
    }

    [Fact]
    public async Task Empty_lists_and_an_unknown_channel_of_a_response_are_read_as_they_are()
    {
        var outcome = await TestClient.SendAsync(Answer.Json(200, """
            {"message":{"id":"1640851963799825","badges":[],"targetChannels":[],"targetChannelIds":[],"sourceChannel":"UNKNOWN_CHANNEL_TYPE",
             "sender":{"wixUserId":"5a0c4737-a2a0-4c37-a07e-d9fd87027023","contactId":"0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c"}}}
            """));

        var message = Assert.IsType<Message>(outcome.Value);
        Assert.Empty(message.Badges!);
        Assert.Empty(message.TargetChannels!);
        Assert.Empty(message.TargetChannelIds!);
        Assert.Null(message.SourceChannel);
        Assert.Empty(message.UnknownFields);
        Assert.Equal("5a0c4737-a2a0-4c37-a07e-d9fd87027023", message.Sender!.WixUserId);
        Assert.Equal("0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c", message.Sender.ContactId);
    }

    private static SendMessageRequest Request() => new()
    {
        ConversationId = Sample.ConversationId,
        SendNotifications = true,
        Silent = false,
        TypingDelay = 0,
        SendAs = SendAs.Caller,
        Message = new Message
        {
            Badges = [new Badge("Email") { Visibility = BadgeVisibility.Business, IconUrl = Icon }],
            TargetChannels = [ChannelType.Email],
            Content = new MessageContent
            {
                PreviewText = "Hey!",
                Basic = new BasicContent { Items = [new BasicItem { Text = "Hey!" }] },
            },
            SourceChannel = ChannelType.Chat,
            Visibility = MessageVisibility.BusinessAndParticipant,
            Direction = MessageDirection.BusinessToParticipant,
        },
    };
}

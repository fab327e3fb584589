using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>POST /inbox/v2/messages.</summary>
internal static class SendMessage
{
    public static Answer Handle(JsonElement body, Inbox inbox, DateTimeOffset receivedAt)
    {
        var violations = new Violations();
        var request = new InputObject(body, string.Empty, violations);
        var conversationId = request.RequiredGuid("conversationId");
        var sendAs = request.Enum("sendAs", EnumNames.SendAs) ?? EnumNames.Caller;
        var silent = request.Flag("silent") ?? false;
        _ = request.Flag("sendNotifications");

        // typingDelay and businessUserId stand in Wix's samples and internal types alone: ignored, whatever they hold.
        InputObject? message = request.Object("message", optional: false);
        InputObject? content = message?.Object("content", optional: false);
        MessageContent? read = content is null ? null : ContentReader.Read(content);
        if (message is null)
        {
            return ErrorAnswers.Invalid(violations);
        }

        // The message's own id, sender, appId, sequence and createdDate are the server's to fill. Our choice: a
        // client's values are ignored rather than refused, since Wix's sample apps send some.
        JsonArray badges = Badges(message);
        JsonArray targetChannels = message.Enums("targetChannels", FieldLimits.TargetChannels, EnumNames.Channel);
        var sourceChannel = message.Enum("sourceChannel", EnumNames.Channel);
        JsonArray targetChannelIds = message.Texts(
            "targetChannelIds", FieldLimits.TargetChannelIds, FieldLimits.ChannelId);
        var sourceChannelId = message.Text("sourceChannelId", max: FieldLimits.ChannelId);
        var visibility = message.Enum("visibility", EnumNames.Visibility);
        var direction = message.Enum("direction", EnumNames.Direction);
        silent |= message.Flag("silent") ?? false;
        if (violations.Any || read is null || conversationId is null)
        {
            return ErrorAnswers.Invalid(violations);
        }

        if (read.BadMediaUrl is not null)
        {
            return ErrorAnswers.Application(
                (int)HttpStatusCode.BadRequest, "INVALID_MEDIA_URL", $"{read.BadMediaUrl} is not a media address.");
        }

        if (sendAs == EnumNames.BusinessUser)
        {
            // Documented as internal to Wix. Our choice: the one 403 that Send Message documents.
            return ErrorAnswers.Application(
                (int)HttpStatusCode.Forbidden, "IDENTITY_DOES_NOT_MATCH", "BUSINESS_USER is for Wix's internal use.");
        }

        if (inbox.FindConversation(conversationId) is not Conversation conversation)
        {
            return ErrorAnswers.ConversationNotFound(conversationId);
        }

        var json = inbox.Store(conversation, receivedAt, new NewMessage
        {
            Content = read,
            Sender = Sender(sendAs, conversation),
            Badges = badges,
            TargetChannels = targetChannels,

            // A documented List sample shows UNKNOWN_CHANNEL_TYPE for a message sent without a channel. What an omitted
            // visibility or direction becomes is not documented; our choice is the same zero value.
            SourceChannel = sourceChannel ?? EnumNames.UnknownChannel,
            TargetChannelIds = targetChannelIds,
            SourceChannelId = sourceChannelId,
            Visibility = visibility ?? EnumNames.UnknownVisibility,
            Direction = direction ?? EnumNames.UnknownDirection,
            Silent = silent,
        });
        return new Answer((int)HttpStatusCode.OK, $$"""{"message":{{json}}}""");
    }

    private static JsonArray Badges(InputObject message)
    {
        var badges = new JsonArray();
        foreach (InputObject badge in message.Objects("badges", 0, FieldLimits.Badges))
        {
            var json = new JsonObject();
            json.AddText("text", badge.Text("text"));
            json.AddText("iconUrl", badge.WebUrl("iconUrl", int.MaxValue));
            json["badgeVisibility"] =
                badge.Enum("badgeVisibility", EnumNames.BadgeVisibility) ?? EnumNames.UnknownBadgeVisibility;
            badges.Add((JsonNode)json);
        }

        return badges;
    }

    private static JsonObject Sender(string sendAs, Conversation conversation) =>
        sendAs == EnumNames.Participant
            ? conversation.ParticipantJson()
            : new JsonObject { ["appId"] = SandboxHandler.AppId };
}

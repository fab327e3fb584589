using System.Globalization;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>A valid message on its way into the inbox, which has no id yet.</summary>
internal sealed class NewMessage
{
    // The reference page: a media url is valid for 10 hours from sending.
    private static readonly TimeSpan s_mediaLifetime = TimeSpan.FromHours(10);

    public required MessageContent Content { get; init; }

    public required JsonObject Sender { get; init; }

    public required JsonArray Badges { get; init; }

    public required JsonArray TargetChannels { get; init; }

    public required string SourceChannel { get; init; }

    public required JsonArray TargetChannelIds { get; init; }

    public required string? SourceChannelId { get; init; }

    public required string Visibility { get; init; }

    public required string Direction { get; init; }

    public required bool Silent { get; init; }

    /// <summary>
    /// Writes the message as the API returns it. Empty lists are there as <c>[]</c>; silent only when true.
    /// </summary>
    /// <param name="sequence">
    /// Unix time in microseconds; all of Wix's documented samples have it as id and sequence both.
    /// </param>
    public string ToJson(long sequence)
    {
        var id = sequence.ToString(CultureInfo.InvariantCulture);
        DateTimeOffset created = DateTimeOffset.FromUnixTimeMilliseconds(sequence / 1000);
        foreach (JsonObject media in Content.ExpiringMedia)
        {
            media["urlExpiration"] = Timestamps.Write(created + s_mediaLifetime);
        }

        var json = new JsonObject
        {
            ["id"] = id,
            ["content"] = Content.Json,
            ["sender"] = Sender,
            ["badges"] = Badges,
            ["targetChannels"] = TargetChannels,
            ["sourceChannel"] = SourceChannel,
            ["appId"] = SandboxHandler.AppId,
            ["visibility"] = Visibility,
            ["direction"] = Direction,
            ["sequence"] = id,
            ["createdDate"] = Timestamps.Write(created),
            ["targetChannelIds"] = TargetChannelIds,
        };
        json.AddText("sourceChannelId", SourceChannelId);
        if (Silent)
        {
            json["silent"] = true;
        }

        return Json.Write(json);
    }
}

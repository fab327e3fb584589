namespace WixInbox.Rows;

/// <summary>Which parameter a field of the request comes from.</summary>
internal static class FieldParameters
{
    // The longer path first: the first that fits is the one.
    private static readonly (string Prefix, string Parameter)[] s_fields =
    [
        ("conversationId", "ConversationId"),
        ("contactId", "ContactId"),
        ("participantId.contactId", "ContactId"),
        ("participantId.memberId", "MemberId"),
        ("participantId.anonymousVisitorId", "AnonymousVisitorId"),
        ("email", "Email"),
        ("url", "Url"),
        ("displayName", "DisplayName"),
        ("sendAs", "SendAs"),
        ("message.visibility", "Visibility"),
        ("message.direction", "Direction"),
        ("message.badges", "Badge"),
        ("message.targetChannelIds", "TargetChannelId"),
        ("message.targetChannels", "TargetChannel"),
        ("message.sourceChannelId", "SourceChannelId"),
        ("message.sourceChannel", "SourceChannel"),
        ("message.content.previewText", "PreviewText"),
        ("message.content.template.title", "Title"),
        ("message.content.template.imageUrl", "ImageUrl"),
        ("message.content.template.textLines", "TextLine"),
        ("message.content.template.buttons", "Button"),
        ("message.content.template.orientation", "Orientation"),
        ("message.content.minimal.text", "Text"),
        ("message.content.minimal.iconUrl", "IconUrl"),
        ("message.content.minimal.url", "Url"),
        ("message.content.form.title", "Title"),
        ("message.content.form.description", "Description"),
        ("message.content.form.fields", "Field"),
        ("message.content.form.media", "Media"),
    ];

    public static string? Find(string field, bool prebuilt)
    {
        if (prebuilt
            && field.StartsWith("message.content", StringComparison.Ordinal)
            && field != "message.content.previewText")
        {
            return "Content";
        }

        if (field.StartsWith("message.content.basic.items", StringComparison.Ordinal))
        {
            return field switch
            {
                _ when field.EndsWith(".text", StringComparison.Ordinal) => "Text",
                _ when field.EndsWith(".image.url", StringComparison.Ordinal) => "ImageUrl",
                _ when field.Contains(".image") => "Image",
                _ when field.EndsWith(".file.url", StringComparison.Ordinal) => "FileUrl",
                _ when field.Contains(".file") => "File",
                _ => null,
            };
        }

        return s_fields.Where(known => field.StartsWith(known.Prefix, StringComparison.Ordinal))
            .Select(known => known.Parameter)
            .FirstOrDefault();
    }
}

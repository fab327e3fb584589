using System.Text;

namespace WixInbox.Reconcile;

/// <summary>
/// What a message is known by when it is read back: who speaks to whom and who sees it, its kind, its texts and how many pictures and files it has. It
/// comes out the same from what was sent and from what the server made of that.
/// </summary>
/// <remarks>
/// Left out is what Wix may add or change: addresses of media, which it gives a time to live; their ids and sizes; the layout of a card, which has a
/// default; the summary of the list of messages. That makes two messages alike that differ in a picture alone. Within the few seconds and the one
/// conversation that are searched, that is the smaller risk: a message that is not found again is written twice.
/// </remarks>
internal static class MessageFingerprint
{
    public static Hash128 Of(Message? message)
    {
        var text = new StringBuilder();
        Add(text, "direction", message?.DirectionName);
        Add(text, "visibility", message?.VisibilityName);
        var content = message?.Content;
        if (content?.Basic is { } basic)
        {
            foreach (var item in basic.Items ?? [])
            {
                Add(text, "text", item?.Text);
                Add(text, item?.Image, item?.File);
            }
        }

        if (content?.Template is { } template)
        {
            Add(text, "template", template.Title);
            foreach (var line in template.TextLines ?? [])
            {
                Add(text, "line", line);
            }

            foreach (var button in template.Buttons ?? [])
            {
                Add(text, "button", button?.Label);
                Add(text, "launch", button?.LaunchUrl);
                Add(text, "interaction", button?.PostbackProperties?.InteractionId);
            }
        }

        if (content?.Minimal is { } minimal)
        {
            Add(text, "minimal", minimal.Text);
            Add(text, "url", minimal.Url);
        }

        if (content?.Form is { } form)
        {
            Add(text, "form", form.Title);
            Add(text, "description", form.Description);
            foreach (var field in form.Fields ?? [])
            {
                Add(text, "name", field?.Name);
                Add(text, "value", field?.Value);
            }

            foreach (var medium in form.Media ?? [])
            {
                Add(text, medium?.Image, medium?.File);
            }
        }

        return Hash128.Of(text.ToString());
    }

    private static void Add(StringBuilder text, ImageMessage? image, FileMessage? file)
    {
        Add(text, "image", image is null ? null : string.Empty);
        Add(text, "file", file is null ? null : string.Empty);
    }

    // A text that is not there and one that is empty are the same: which of the two comes back is the server's choice. So are the ends of lines, and
    // white space around all of it.
    private static void Add(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            var plain = value.Replace("\r\n", "\n").Replace('\r', '\n').Trim();
            if (plain.Length > 0 || name is "image" or "file")
            {
                text.Append(name).Append(':').Append(plain.Length).Append(':').Append(plain).Append('\n');
            }
        }
    }
}

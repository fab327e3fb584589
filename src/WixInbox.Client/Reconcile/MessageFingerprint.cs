using System.Text;

namespace WixInbox.Reconcile;

/// <summary>
/// The fingerprint that identifies a message when it is read back: its kind, its texts as a reader sees them, and its
/// numbers of pictures and files. A sent message and the server's copy of it have the same one.
/// </summary>
/// <remarks>
/// It leaves out the parts that Wix may add or change: addresses of media and links, which get a time to live or are
/// wrapped; ids and sizes of media; the layout of a card, which has a default; the summary of the list of messages;
/// direction and visibility, which a list may lack. Two messages that differ only in a picture are therefore alike.
/// Within the few seconds and the one conversation that are searched, that is the smaller risk: a message that is not
/// found again is written twice.
/// </remarks>
internal static class MessageFingerprint
{
    public static Hash128 Of(Message? message)
    {
        var text = new StringBuilder();
        var content = message?.Content;
        foreach (var item in content?.Basic?.Items ?? [])
        {
            Add(text, "text", item?.Text);
            Add(text, item?.Image, item?.File);
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
                Add(text, "interaction", button?.PostbackProperties?.InteractionId);
            }
        }

        Add(text, "minimal", content?.Minimal?.Text);
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

    /// <summary>Tells whether a message is nothing but text, all of which is in its fingerprint.</summary>
    public static bool IsWhole(Message? message) =>
        message is { Badges: null or { Length: 0 }, Content: { Template: null, Form: null, System: null } content }
        && Array.TrueForAll(
            content.Basic?.Items ?? [], item => item is { Image: null, File: null, LocalFile: null });

    private static void Add(StringBuilder text, ImageMessage? image, FileMessage? file)
    {
        text.Append(image is null ? string.Empty : "image\n").Append(file is null ? string.Empty : "file\n");
    }

    // A text that is not there and one that is empty are the same: which of the two comes back is the server's choice.
    private static void Add(StringBuilder text, string name, string? value)
    {
        var seen = string.IsNullOrEmpty(value) ? string.Empty : ReadableText.Of(value!);
        if (seen.Length > 0)
        {
            text.Append(name).Append(':').Append(seen.Length).Append(':').Append(seen).Append('\n');
        }
    }
}

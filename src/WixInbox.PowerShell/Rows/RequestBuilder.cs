using WixInbox.Commands;

namespace WixInbox.Rows;

/// <summary>Makes a request of the parameters as they are bound for one row. An empty column is a value that was not given.</summary>
internal static class RequestBuilder
{
    /// <summary>Gets whom the row is for; null if it names nobody.</summary>
    public static Recipient? RecipientOf(MessageCommand bound)
    {
        // The conversation's own id spares a request. A member's conversation is found by the member id, whatever else is known. An address is not an id:
        // several contacts may have it.
        return Of(RecipientKind.Conversation, bound.ConversationId)
            ?? Of(RecipientKind.Member, bound.MemberId)
            ?? Of(RecipientKind.Contact, bound.ContactId)
            ?? Of(RecipientKind.AnonymousVisitor, bound.AnonymousVisitorId)
            ?? Of(RecipientKind.Email, AddressText.Read(bound.Email)?.Address);

        static Recipient? Of(RecipientKind kind, string? id) => RowIds.Given(id) is { } given ? new Recipient(kind, given) : null;
    }

    public static SendMessageRequest RequestOf(MessageCommand bound) => new()
    {
        Message = new Message
        {
            Content = ContentOf(bound),
            Badges = Given(bound.Badge?.Text) is null && Given(bound.Badge?.IconUrl) is null ? null : [bound.Badge!],
            Visibility = bound.Visibility,
            Direction = bound.Direction,
            TargetChannels = bound.TargetChannel is { } target ? [target] : null,
            SourceChannel = bound.SourceChannel,
            TargetChannelIds = Given(bound.TargetChannelId),
            SourceChannelId = Given(bound.SourceChannelId),
            Silent = bound.Silent ? true : null,
        },

        // Wix moves the flag from the request to the message: either is set while it may still read either.
        Silent = bound.Silent ? true : null,
        SendNotifications = bound.SendNotification ? true : null,
        SendAs = bound.SendAs,
        TypingDelay = bound.TypingDelay,
    };

    private static MessageContent? ContentOf(MessageCommand bound)
    {
        var content = bound.Content is null ? Make(bound) : bound.Content.ToSendable();
        if (content is null)
        {
            return null;
        }

        content.Title ??= Given(bound.ContentTitle);
        content.PreviewText = Given(bound.PreviewText) ?? content.PreviewText ?? content.GetDefaultPreviewText();
        return content;
    }

    private static MessageContent? Make(MessageCommand bound)
    {
        if (bound.Template)
        {
            var template = new TemplateContent
            {
                Title = Given(bound.Title),
                ImageUrl = Given(bound.ImageUrl)?[0],
                TextLines = Given(bound.TextLine),
                Buttons = bound.Button,
                Orientation = bound.Orientation,
            };

            // The API might take a card with nothing on it. Nobody means to send one.
            return template is { Title: null, ImageUrl: null, TextLines: null, Buttons: null or [] } ? null : new MessageContent { Template = template };
        }

        if (bound.Minimal)
        {
            return Given(bound.Text) is { } line
                ? new MessageContent { Minimal = new MinimalContent { Text = line, IconUrl = Given(bound.IconUrl), Url = Given(bound.Url) } }
                : null;
        }

        if (bound.Form)
        {
            var form = new FormContent { Title = Given(bound.Title), Description = Given(bound.Description), Fields = bound.Field, Media = bound.Media };
            return form is { Title: null, Description: null, Fields: null or [], Media: null or [] } ? null : new MessageContent { Form = form };
        }

        BasicItem[] items =
        [
            .. Given(bound.Text) is { } text ? [new BasicItem { Text = text }] : Array.Empty<BasicItem>(),
            .. (Given(bound.ImageUrl) ?? []).Select(url => new BasicItem { Image = new ImageMessage { Url = url } }),
            .. (bound.Image ?? []).Select(image => new BasicItem { Image = image }),
            .. (Given(bound.ImagePath) ?? []).Select(path => bound.Files.Item(path, asImage: true)),
            .. (Given(bound.FileUrl) ?? []).Select(url => new BasicItem { File = new FileMessage { Url = url } }),
            .. (bound.File ?? []).Select(file => new BasicItem { File = file }),
            .. (Given(bound.FilePath) ?? []).Select(path => bound.Files.Item(path, asImage: false)),
        ];
        return items.Length == 0 ? null : new MessageContent { Basic = new BasicContent { Items = items } };
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static string[]? Given(string[]? values)
    {
        var given = (values ?? []).Where(value => Given(value) is not null).ToArray();
        return given.Length == 0 ? null : given;
    }
}

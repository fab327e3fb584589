using WixInbox.Commands;

namespace WixInbox.Rows;

/// <summary>
/// Makes a request of a row, and of the parameters that are the same for all rows. An empty column is a value that was
/// not given.
/// </summary>
/// <param name="bound">The parameters.</param>
/// <param name="kind">The kind of content that they give.</param>
/// <param name="files">The files that rows name.</param>
internal sealed class RequestBuilder(MessageCommand bound, ContentKind kind, LocalFiles files)
{
    /// <summary>Makes the request of a row, as far as the row gives it.</summary>
    public SendMessageRequest RequestOf(Row row) => new()
    {
        Message = new Message
        {
            Content = ContentOf(row),
            Badges = row.Get<Badge>(nameof(bound.Badge)) is { } badge
                && (NotBlank(badge.Text) ?? NotBlank(badge.IconUrl)) is not null
                ? [badge]
                : null,
            Visibility = bound.Visibility,
            Direction = bound.Direction,
            TargetChannels = bound.TargetChannel is { } target ? [target] : null,
            SourceChannel = bound.SourceChannel,
            TargetChannelIds = NotBlank(bound.TargetChannelId),
            SourceChannelId = NotBlank(bound.SourceChannelId),
            Silent = bound.Silent ? true : null,
        },

        // Wix moves the flag from the request to the message: either is set while it may still read either.
        Silent = bound.Silent ? true : null,
        SendNotifications = bound.SendNotification || row.SendNotification == true ? true : null,
        SendAs = bound.SendAs,
        TypingDelay = bound.TypingDelay,
    };

    private MessageContent? ContentOf(Row row)
    {
        var content = kind.Type is null ? row.Get<MessageContent>(nameof(bound.Content))?.ToSendable() : Make(row);
        if (content is null)
        {
            return null;
        }

        content.PreviewText =
            Text(row, nameof(bound.PreviewText)) ?? content.PreviewText ?? content.GetDefaultPreviewText();
        return content;
    }

    private MessageContent? Make(Row row) => kind.Type switch
    {
        ContentType.Template => Card(row),
        ContentType.Minimal => Line(row),
        ContentType.Form => Form(row),
        _ => Basic(row),
    };

    private MessageContent? Card(Row row)
    {
        var template = new TemplateContent
        {
            Title = Text(row, nameof(bound.Title)),
            ImageUrl = Texts(row, nameof(bound.ImageUrl))?[0],
            TextLines = Texts(row, nameof(bound.TextLine)),
            Buttons = row.Get<Button[]>(nameof(bound.Button)),
            Orientation = bound.Orientation,
        };

        // The API might take a card with nothing on it. Nobody means to send one.
        return template is { Title: null, ImageUrl: null, TextLines: null, Buttons: null or [] }
            ? null
            : new MessageContent { Template = template };
    }

    private MessageContent? Line(Row row) => Text(row, nameof(bound.Text)) is { } line
        ? new MessageContent
        {
            Minimal = new MinimalContent
            {
                Text = line,
                IconUrl = Text(row, nameof(bound.IconUrl)),
                Url = Text(row, nameof(bound.Url)),
            },
        }
        : null;

    private MessageContent? Form(Row row)
    {
        var form = new FormContent
        {
            Title = Text(row, nameof(bound.Title)),
            Description = Text(row, nameof(bound.Description)),
            Fields = row.Get<FormField[]>(nameof(bound.Field)),
            Media = row.Get<MediaItem[]>(nameof(bound.Media)),
        };
        return form is { Title: null, Description: null, Fields: null or [], Media: null or [] }
            ? null
            : new MessageContent { Form = form };
    }

    private MessageContent? Basic(Row row)
    {
        List<BasicItem> items = [];
        if (Text(row, nameof(bound.Text)) is { } text)
        {
            items.Add(new BasicItem { Text = text });
        }

        // Most rows have neither, and a query of them would cost as much as the text.
        foreach (var url in Texts(row, nameof(bound.ImageUrl)) ?? [])
        {
            items.Add(new BasicItem { Image = new ImageMessage { Url = url } });
        }

        foreach (var image in row.Get<ImageMessage[]>(nameof(bound.Image)) ?? [])
        {
            items.Add(new BasicItem { Image = image });
        }

        foreach (var path in Texts(row, nameof(bound.ImagePath)) ?? [])
        {
            items.Add(files.Item(path, asImage: true));
        }

        foreach (var url in Texts(row, nameof(bound.FileUrl)) ?? [])
        {
            items.Add(new BasicItem { File = new FileMessage { Url = url } });
        }

        foreach (var file in row.Get<FileMessage[]>(nameof(bound.File)) ?? [])
        {
            items.Add(new BasicItem { File = file });
        }

        foreach (var path in Texts(row, nameof(bound.FilePath)) ?? [])
        {
            items.Add(files.Item(path, asImage: false));
        }

        return items.Count == 0 ? null : new MessageContent { Basic = new BasicContent { Items = [.. items] } };
    }

    private static string? Text(Row row, string parameter) => NotBlank(row.Get<string>(parameter));

    private static string[]? Texts(Row row, string parameter) =>
        row.Get<string[]>(parameter) is { } values ? NotBlank(values) : null;

    private static string? NotBlank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static string[]? NotBlank(string[]? values)
    {
        var given = (values ?? []).Where(value => NotBlank(value) is not null).ToArray();
        return given.Length == 0 ? null : given;
    }
}

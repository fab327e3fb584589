namespace WixInbox.Tests.Validation;

/// <summary>Every limit that Wix documents: what is at it may be sent, and what is one over it may not.</summary>
public sealed class FieldLimitTests
{
    private const string Items = "message.content.basic.items[0]";
    private const string Media = "message.content.form.media[0]";

    private static readonly LimitCase[] s_cases =
    [
        // Texts.
        Of(Items + ".text", "TextTooLong", 16_384, size => Sample.Text(Letters(size))),
        Of(Items + ".image.id", "ImageIdTooLong", 2_000, size => Image(image => image.Id = Letters(size))),
        Of(Items + ".image.url", "ImageUrlTooLong", 2_000, size => Image(image => image.Url = Address(size))),
        Of(Items + ".image.filename", "FilenameTooLong", 255, size => Image(image => image.Filename = Letters(size))),
        Of(Items + ".file.id", "FileIdTooLong", 2_000, size => File(file => file.Id = Letters(size))),
        Of(Items + ".file.url", "FileUrlTooLong", 2_000, size => File(file => file.Url = Address(size))),
        Of(Items + ".file.filename", "FilenameTooLong", 255, size => File(file => file.Filename = Letters(size))),
        Of(Items + ".file.mimeType", "MimeTypeTooLong", 100, size => File(file => file.MimeType = Letters(size))),
        Of("message.content.previewText", "PreviewTextTooLong", 256, size =>
            Sample.Text().WithMessage(message => message.Content!.PreviewText = Letters(size))),
        Of("message.sourceChannelId", "SourceChannelIdTooLong", 100, size =>
            Sample.Text().WithMessage(message => message.SourceChannelId = Letters(size))),
        Of("message.targetChannelIds[1]", "TargetChannelIdTooLong", 100, size =>
            Sample.Text().WithMessage(message => message.TargetChannelIds = ["CHAT", Letters(size)])),
        Of("message.content.template.imageUrl", "ImageUrlTooLong", 2_000, size => Sample.Template(
            new TemplateContent { ImageUrl = Address(size) })),
        Of("message.content.template.textLines[1]", "TextLineTooLong", 512, size => Sample.Template(
            new TemplateContent { TextLines = ["", Letters(size)] })),
        Of("message.content.template.buttons[0].label", "LabelTooLong", 16_384, size => Sample.Button(
            new Button { Label = Letters(size) })),
        Of("message.content.template.buttons[0].launchUrl", "LaunchUrlTooLong", 16_384, size => Sample.Button(
            new Button { Label = "Open", LaunchUrl = Address(size) })),
        Of(
            "message.content.template.buttons[0].postbackProperties.interactionId",
            "InteractionIdTooLong",
            256,
            size => Sample.Button(new Button
            {
                Label = "Book",
                PostbackProperties = new PostbackProperties { InteractionId = Letters(size) },
            })),
        Of("message.content.minimal.text", "TextTooLong", 16_384, size => Sample.Minimal(
            new MinimalContent { Text = Letters(size) })),
        Of("message.content.minimal.iconUrl", "IconUrlTooLong", 2_000, size => Sample.Minimal(
            new MinimalContent { Text = "m", IconUrl = Address(size) })),
        Of("message.content.minimal.url", "UrlTooLong", 2_000, size => Sample.Minimal(
            new MinimalContent { Text = "m", Url = Address(size) })),
        Of("message.content.form.title", "TitleTooLong", 256, size => Form(form => form.Title = Letters(size))),
        Of("message.content.form.description", "DescriptionTooLong", 16_384, size =>
            Form(form => form.Description = Letters(size))),
        Of("message.content.form.fields[0].name", "FieldNameTooLong", 8_192, size =>
            Form(form => form.Fields![0].Name = Letters(size))),
        Of("message.content.form.fields[0].value", "FieldValueTooLong", 8_192, size =>
            Form(form => form.Fields![0].Value = Letters(size))),
        Of(Media + ".image.id", "ImageIdTooLong", 2_000, size =>
            Form(form => form.Media = [new MediaItem { Image = new ImageMessage { Id = Letters(size) } }])),
        Of(Media + ".file.mimeType", "MimeTypeTooLong", 100, size =>
            Form(form => form.Media = [new MediaItem { File = new FileMessage { MimeType = Letters(size) } }])),

        // Lists.
        Of("message.badges", "TooManyBadges", 1, size =>
            Sample.Text().WithMessage(message => message.Badges = Sample.Many(size, () => new Badge("b")))),
        Of("message.targetChannels", "TooManyTargetChannels", 1, size =>
            Sample.Text().WithMessage(message => message.TargetChannels = Sample.Many(size, () => ChannelType.Chat))),
        Of("message.targetChannelIds", "TooManyTargetChannelIds", 100, size =>
            Sample.Text().WithMessage(message => message.TargetChannelIds = Sample.Many(size, () => "CHAT"))),
        Of("message.content.template.textLines", "TooManyTextLines", 10, size => Sample.Template(
            new TemplateContent { TextLines = Sample.Many(size, () => "line") })),
        Of("message.content.template.buttons", "TooManyButtons", 10, size => Sample.Template(
            new TemplateContent { Buttons = Sample.Many(size, () => new Button { Label = "b" }) })),
        Of("message.content.form.fields", "TooManyFields", 15, size =>
            Form(form => form.Fields = Sample.Many(size, () => new FormField { Name = "n", Value = "v" }))),
        Of("message.content.form.media", "TooManyMedia", 15, size => Form(form => form.Media = Sample.Many(
            size, () => new MediaItem { File = new FileMessage { Url = "https://www.wix.com/a.pdf" } }))),
    ];

    public static TheoryData<string> Fields => [.. s_cases.Select(limit => limit.Field + " " + limit.Rule)];

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_value_at_its_limit_may_be_sent(string field)
    {
        var limit = Case(field);

        Assert.Empty(MessageValidator.Validate(limit.Request(limit.Limit)));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_value_over_its_limit_is_named_with_the_limit_and_its_size(string field)
    {
        var limit = Case(field);

        var violation = Assert.Single(MessageValidator.Validate(limit.Request(limit.Limit + 1)));

        Assert.Equal(limit.Field, violation.Field);
        Assert.Equal(limit.Rule, violation.Rule);
        Assert.Equal(limit.Limit, violation.Limit);
        Assert.Equal(limit.Limit + 1, violation.Size);
        Assert.Equal($"{limit.Field}: {violation.Description}", violation.ToString());
        Assert.Contains(
            limit.Limit.ToString("N0", System.Globalization.CultureInfo.InvariantCulture),
            violation.Description,
            StringComparison.Ordinal);
    }

    private static LimitCase Case(string field) => s_cases.Single(limit => limit.Field + " " + limit.Rule == field);

    private static LimitCase Of(string field, string rule, int limit, Func<int, SendMessageRequest> request) =>
        new(field, rule, limit, request);

    private static SendMessageRequest Image(Action<ImageMessage> change)
    {
        var image = new ImageMessage();
        change(image);
        return Sample.Basic(new BasicItem { Image = image });
    }

    private static SendMessageRequest File(Action<FileMessage> change)
    {
        var file = new FileMessage();
        change(file);
        return Sample.Basic(new BasicItem { File = file });
    }

    private static SendMessageRequest Form(Action<FormContent> change)
    {
        var form = new FormContent { Fields = [new FormField { Name = "n", Value = "v" }] };
        change(form);
        return Sample.Form(form);
    }

    private static string Letters(int size) => new('x', size);

    private static string Address(int size) => "https://www.wix.com/".PadRight(size, 'x');
}

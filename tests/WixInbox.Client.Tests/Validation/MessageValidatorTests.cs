using System.Globalization;

namespace WixInbox.Tests.Validation;

public sealed class MessageValidatorTests
{
    private const string Items = "message.content.basic.items[0]";

    [Fact]
    public void A_request_with_a_text_breaks_no_rule()
    {
        Assert.Empty(MessageValidator.Validate(Sample.Text()));
    }

    [Fact]
    public void A_request_is_needed()
    {
        Assert.Throws<ArgumentNullException>("request", () => MessageValidator.Validate(null!));
    }

    [Fact]
    public void An_empty_request_lacks_the_conversation_and_the_content()
    {
        Fails(
            new SendMessageRequest(),
            ("conversationId", "ConversationIdMissing"),
            ("message.content", "ContentMissing"));
    }

    [Fact]
    public void An_empty_message_lacks_content_visibility_and_direction()
    {
        Fails(
            new SendMessageRequest { ConversationId = Sample.ConversationId, Message = new Message() },
            ("message.content", "ContentMissing"),
            ("message.visibility", "VisibilityMissing"),
            ("message.direction", "DirectionMissing"));
    }

    [Fact]
    public void All_rules_that_a_request_breaks_are_found_at_once()
    {
        var request = Sample.Basic(
            new BasicItem { Text = "" },
            new BasicItem { Image = new ImageMessage { Width = -1, Filename = new string('x', 256) } })
            .With(request => request.ConversationId = "42")
            .WithMessage(message =>
            {
                message.Direction = null;
                message.Content!.PreviewText = new string('x', 257);
                message.Badges = [new Badge { IconUrl = "icon.png" }, new Badge()];
            });

        Fails(
            request,
            ("conversationId", "ConversationIdInvalid"),
            ("message.content.previewText", "PreviewTextTooLong"),
            ("message.content.basic.items[0].text", "TextMissing"),
            ("message.content.basic.items[1].image.filename", "FilenameTooLong"),
            ("message.content.basic.items[1].image.width", "WidthInvalid"),
            ("message.direction", "DirectionMissing"),
            ("message.badges", "TooManyBadges"),
            ("message.badges[0].iconUrl", "IconUrlInvalid"));
    }

    [Fact]
    public void Texts_without_a_documented_limit_may_be_long()
    {
        var text = new string('x', 100_000);

        Assert.Empty(
            MessageValidator.Validate(Sample.Template(new TemplateContent { Title = text }).WithMessage(message =>
            {
                message.Content!.Title = text;
                message.Badges = [new Badge(text)];
            })));
        Assert.Empty(MessageValidator.Validate(Sample.Basic(Sample.Many(1_000, () => new BasicItem { Text = "x" }))));
    }

    [Theory]
    [InlineData("😀", 256)]
    [InlineData("𠮷", 256)]

    // A letter with its accent is two characters of Unicode, whatever a reader sees.
    [InlineData("e\u0301", 128)]
    [InlineData("🇩🇪", 128)]
    public void A_size_is_counted_in_characters_of_unicode(string element, int atLimit)
    {
        Assert.Empty(MessageValidator.Validate(WithPreview(string.Concat(Enumerable.Repeat(element, atLimit)))));

        var violation = Assert.Single(
            MessageValidator.Validate(WithPreview(string.Concat(Enumerable.Repeat(element, atLimit)) + "😀")));
        Assert.Equal((256, 257), (violation.Limit!.Value, violation.Size!.Value));
    }

    [Theory]
    [InlineData('c', '\ud83d')]
    [InlineData('\ude00', 'c')]
    [InlineData('\ud83d', '\ud83d', '\ude00')]
    [InlineData('\ude00', '\ud83d')]
    public void Half_a_character_is_refused_in_every_text(params char[] units)
    {
        // One unit at a time: the attribute's own texts are UTF-8, which has no such halves.
        var text = new string(units);
        Fails(Sample.Text(text), (Items + ".text", "TextNotUnicode"));
        Fails(Sample.Minimal(new MinimalContent { Text = text }), ("message.content.minimal.text", "TextNotUnicode"));
        Fails(
            Sample.Button(new Button { Label = text }),
            ("message.content.template.buttons[0].label", "TextNotUnicode"));
        Fails(
            Sample.Text().WithMessage(message => message.Content!.Title = text),
            ("message.content.title", "TextNotUnicode"));
        Fails(
            Sample.Text().WithMessage(message => message.Badges = [new Badge(text)]),
            ("message.badges[0].text", "TextNotUnicode"));
        Fails(
            Sample.Form(new FormContent { Fields = [new FormField { Value = text }] }),
            ("message.content.form.fields[0].value", "TextNotUnicode"));
    }

    [Theory]
    [InlineData("https://www.wix.com")]
    [InlineData("http://www.wix.com/a?b=c#d")]
    [InlineData("HTTPS://WWW.WIX.COM/")]
    [InlineData("https://example.com:8443/ü/日本")]
    [InlineData("https://münchen.example/")]
    [InlineData("http://127.0.0.1/")]
    public void An_absolute_address_of_the_web_may_be_sent(string address)
    {
        Assert.All(WithAddress(address), request => Assert.Empty(MessageValidator.Validate(request)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("icon.png")]
    [InlineData("/icon.png")]
    [InlineData("//www.wix.com/icon.png")]
    [InlineData("www.wix.com")]
    [InlineData("ftp://www.wix.com/icon.png")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("mailto:someone@example.com")]
    [InlineData("https://")]
    [InlineData("https:///icon.png")]
    [InlineData("https://exa mple.com/")]
    [InlineData("https//www.wix.com")]
    public void Any_other_address_is_refused(string address)
    {
        Assert.All(WithAddress(address), request =>
        {
            var violation = Assert.Single(MessageValidator.Validate(request));
            Assert.EndsWith("Url", violation.Field, StringComparison.OrdinalIgnoreCase);
            Assert.EndsWith("UrlInvalid", violation.Rule, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_address_of_an_image_or_a_file_is_any_text()
    {
        // Wix gives these no format: it takes its own ids and forms there.
        Assert.Empty(MessageValidator.Validate(Sample.Basic(
            new BasicItem
            {
                Image = new ImageMessage { Url = "wix:image://v1/11062b_a~mv2.jpg/a.jpg#originWidth=1&originHeight=1" },
            },
            new BasicItem { File = new FileMessage { Url = "wix:document://v1/b.pdf/b.pdf" } })));
    }

    [Theory]
    [InlineData("6202c3bb-f263-3c16-8c90-d6387d9ed420")]
    [InlineData("6202C3BB-F263-3C16-8C90-D6387D9ED420")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void A_guid_with_its_dashes_may_be_sent(string id)
    {
        Assert.Empty(MessageValidator.Validate(Sample.Text().With(request => request.ConversationId = id)));
    }

    [Theory]
    [InlineData("6202c3bbf2633c168c90d6387d9ed420")]
    [InlineData("{6202c3bb-f263-3c16-8c90-d6387d9ed420}")]
    [InlineData("(6202c3bb-f263-3c16-8c90-d6387d9ed420)")]
    [InlineData("6202c3bb-f263-3c16-8c90-d6387d9ed42")]
    [InlineData("6202c3bb-f263-3c16-8c90-d6387d9ed42g")]
    [InlineData(" 6202c3bb-f263-3c16-8c90-d6387d9ed420")]
    [InlineData("6202c3bb-f263-3c16-8c90-d6387d9ed420\n")]
    [InlineData("+202c3bb-f263-3c16-8c90-d6387d9ed420")]
    [InlineData("0x02c3bb-f263-3c16-8c90-d6387d9ed420")]
    [InlineData("anna@example.com")]
    public void Any_other_form_of_an_id_is_refused(string id)
    {
        var violation = Fails(
            Sample.Text().With(request => request.ConversationId = id), ("conversationId", "ConversationIdInvalid"))[0];

        Assert.Contains($"'{id}'", violation.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_is_a_page_of_text_is_not_repeated_whole()
    {
        var violation = Fails(
            Sample.Text().With(request => request.ConversationId = new string('x', 5_000)),
            ("conversationId", "ConversationIdInvalid"))[0];

        Assert.InRange(violation.Description.Length, 60, 200);
    }

    [Fact]
    public void An_empty_id_is_none()
    {
        Fails(Sample.Text().With(request => request.ConversationId = ""), ("conversationId", "ConversationIdMissing"));
    }

    [Fact]
    public void A_message_has_exactly_one_kind_of_content()
    {
        Fails(Sample.Request(null), ("message.content", "ContentMissing"));
        Fails(
            Sample.Request(new MessageContent { PreviewText = "only a preview" }),
            ("message.content", "ContentMissing"));
        var violation = Fails(
            Sample.Text().WithMessage(message => message.Content!.Minimal = new MinimalContent { Text = "m" }),
            ("message.content", "ContentAmbiguous"))[0];
        Assert.Contains("basic and minimal", violation.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_system_message_is_not_sent()
    {
        Fails(
            Sample.Request(new MessageContent { System = new SystemContent { Text = "s" } }),
            ("message.content.system", "SystemContentNotSendable"));
    }

    [Fact]
    public void A_basic_message_has_an_item_and_an_item_is_one_thing()
    {
        var violation = Fails(Sample.Basic(), ("message.content.basic.items", "ContentMissing"))[0];
        Assert.Equal((1, 0), (violation.Limit!.Value, violation.Size!.Value));
        Fails(
            Sample.Request(new MessageContent { Basic = new BasicContent() }),
            ("message.content.basic.items", "ContentMissing"));
        Fails(Sample.Basic(new BasicItem()), (Items, "ItemMissing"));
        Fails(Sample.Basic(new BasicItem { Text = "x", File = new FileMessage() }), (Items, "ItemAmbiguous"));
        Fails(
            Sample.Form(new FormContent
            {
                Fields = [new FormField()],
                Media = [new MediaItem(), new MediaItem { Image = new ImageMessage(), File = new FileMessage() }],
            }),
            ("message.content.form.media[0]", "ItemMissing"),
            ("message.content.form.media[1]", "ItemAmbiguous"));
    }

    [Fact]
    public void Texts_that_have_to_say_something_are_not_empty()
    {
        Fails(Sample.Text(""), (Items + ".text", "TextMissing"));
        Fails(Sample.Minimal(new MinimalContent()), ("message.content.minimal.text", "TextMissing"));
        Fails(Sample.Minimal(new MinimalContent { Text = "" }), ("message.content.minimal.text", "TextMissing"));
        Fails(
            Sample.Button(new Button { LaunchUrl = "https://www.wix.com/" }),
            ("message.content.template.buttons[0].label", "LabelMissing"));
        Fails(
            Sample.Button(new Button { Label = "b", PostbackProperties = new PostbackProperties() }),
            ("message.content.template.buttons[0].postbackProperties.interactionId", "InteractionIdMissing"));
        Fails(
            Sample.Form(new FormContent { Fields = [new FormField()], Title = "" }),
            ("message.content.form.title", "TitleMissing"));
        Fails(
            Sample.Form(new FormContent { Fields = [new FormField()], Description = "" }),
            ("message.content.form.description", "DescriptionMissing"));
        Fails(Sample.Form(new FormContent()), ("message.content.form.fields", "FieldsMissing"));
        Fails(Sample.Form(new FormContent { Fields = [] }), ("message.content.form.fields", "FieldsMissing"));
    }

    [Fact]
    public void Texts_that_may_be_left_out_may_be_empty()
    {
        Assert.Empty(MessageValidator.Validate(Sample.Template(new TemplateContent { Title = "", TextLines = ["", ""] }).WithMessage(message =>
        {
            message.Content!.PreviewText = "";
            message.Content.Title = "";
            message.SourceChannelId = "";
            message.Badges = [];
            message.TargetChannels = [];
            message.TargetChannelIds = [];
        })));
        Assert.Empty(MessageValidator.Validate(
            Sample.Form(new FormContent { Fields = [new FormField { Name = "", Value = "" }] })));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-1)]
    public void A_width_and_a_height_are_numbers_of_pixels(double number)
    {
        Fails(
            Sample.Basic(new BasicItem { Image = new ImageMessage { Width = number, Height = number } }),
            (Items + ".image.width", "WidthInvalid"),
            (Items + ".image.height", "HeightInvalid"));
    }

    [Fact]
    public void A_list_has_no_gaps()
    {
        Fails(
            Sample.Basic(null!, new BasicItem { Text = "x" }).WithMessage(message =>
            {
                message.Badges = [null!];
                message.TargetChannelIds = [null!];
            }),
            (Items, "ItemMissing"),
            ("message.badges[0]", "ItemMissing"),
            ("message.targetChannelIds[0]", "ItemMissing"));
        Fails(
            Sample.Template(new TemplateContent { TextLines = [null!], Buttons = [null!] }),
            ("message.content.template.textLines[0]", "ItemMissing"),
            ("message.content.template.buttons[0].label", "LabelMissing"));
        Fails(
            Sample.Form(new FormContent { Fields = [null!], Media = [null!] }),
            ("message.content.form.fields[0]", "ItemMissing"),
            ("message.content.form.media[0]", "ItemMissing"));
    }

    [Fact]
    public void A_size_reads_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(
                "16,385 characters, and the limit is 16,384.",
                Assert.Single(MessageValidator.Validate(Sample.Text(new string('x', 16_385)))).Description);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static SendMessageRequest WithPreview(string text) =>
        Sample.Text().WithMessage(message => message.Content!.PreviewText = text);

    private static IEnumerable<SendMessageRequest> WithAddress(string address) =>
    [
        Sample.Text().WithMessage(message => message.Badges = [new Badge { IconUrl = address }]),
        Sample.Template(new TemplateContent { ImageUrl = address }),
        Sample.Button(new Button { Label = "b", LaunchUrl = address }),
        Sample.Minimal(new MinimalContent { Text = "m", IconUrl = address }),
        Sample.Minimal(new MinimalContent { Text = "m", Url = address }),
    ];

    private static IReadOnlyList<FieldViolation> Fails(
        SendMessageRequest request, params (string Field, string Rule)[] expected)
    {
        var violations = MessageValidator.Validate(request);
        Assert.Equal(expected, violations.Select(violation => (violation.Field, violation.Rule)));
        Assert.All(violations, violation => Assert.NotEmpty(violation.Description));
        return violations;
    }
}

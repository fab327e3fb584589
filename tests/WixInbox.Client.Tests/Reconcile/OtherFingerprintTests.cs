using WixInbox.Reconcile;

namespace WixInbox.Tests.Reconcile;

/// <summary>One difference that a reader would see makes another message.</summary>
public sealed class OtherFingerprintTests
{
    private static readonly Dictionary<string, Action<Message>> s_changes = new()
    {
        ["text"] = message => message.Content!.Basic!.Items![0].Text = "A",
        ["one picture more"] = message => message.Content!.Basic!.Items =
        [
            .. message.Content.Basic.Items!,
            new BasicItem { Image = new ImageMessage { Url = "https://x.example" } },
        ],
        ["one file for a picture"] = message =>
            message.Content!.Basic!.Items![1] = new BasicItem { File = new FileMessage { Id = "i" } },
        ["order of items"] = message => message.Content!.Basic!.Items!.AsSpan().Reverse(),
        ["one item less"] = message => message.Content!.Basic!.Items = message.Content.Basic.Items![..2],
        ["title"] = message => message.Content!.Template!.Title = "u",
        ["line"] = message => message.Content!.Template!.TextLines![1] = "3",
        ["order of lines"] = message => message.Content!.Template!.TextLines!.AsSpan().Reverse(),
        ["label"] = message => message.Content!.Template!.Buttons![0].Label = "m",
        ["interaction"] = message => message.Content!.Template!.Buttons![1].PostbackProperties!.InteractionId = "j",
        ["order of buttons"] = message => message.Content!.Template!.Buttons!.AsSpan().Reverse(),
        ["minimal"] = message => message.Content!.Minimal!.Text = "n",
        ["form"] = message => message.Content!.Form!.Title = "g",
        ["description"] = message => message.Content!.Form!.Description = "e",
        ["name"] = message => message.Content!.Form!.Fields![0].Name = "b",
        ["value"] = message => message.Content!.Form!.Fields![0].Value = "b",
        ["media"] = message => message.Content!.Form!.Media = [],
    };

    public static TheoryData<string> Changes => [.. s_changes.Keys];

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_difference_that_a_reader_sees_makes_another_message(string change)
    {
        var message = Everything();
        s_changes[change](message);

        Assert.NotEqual(MessageFingerprint.Of(Everything()), MessageFingerprint.Of(message));
    }

    [Theory]

    // What a text says can not be made to look like where another one begins.
    [InlineData("a\ntext:1:b")]
    [InlineData("a\ntext::b")]
    [InlineData("a\ntext:b")]
    [InlineData("a\n4:text:1:b")]
    [InlineData("a:text:b")]
    [InlineData("a\r\ntext:1:b\r\n")]
    [InlineData("1:a\ntext:1:b")]
    public void A_text_cannot_look_like_two(string text)
    {
        Assert.NotEqual(
            MessageFingerprint.Of(Sample.Text(text).Message),
            MessageFingerprint.Of(Sample.Basic(new BasicItem { Text = "a" }, new BasicItem { Text = "b" }).Message));
    }

    [Fact]
    public void The_same_texts_in_other_places_are_other_messages()
    {
        Message?[] messages =
        [
            Sample.Text("a").Message,
            Sample.Basic(new BasicItem { Text = "a" }, new BasicItem { Text = "a" }).Message,
            Sample.Template(new TemplateContent { Title = "a" }).Message,
            Sample.Template(new TemplateContent { TextLines = ["a"] }).Message,
            Sample.Template(new TemplateContent { TextLines = ["a", "a"] }).Message,
            Sample.Template(new TemplateContent { TextLines = ["aa"] }).Message,
            Sample.Button(new Button { Label = "a" }).Message,
            Sample.Button(new Button
            {
                Label = "a",
                PostbackProperties = new PostbackProperties { InteractionId = "a" },
            }).Message,
            Sample.Minimal(new MinimalContent { Text = "a" }).Message,
            Sample.Form(new FormContent { Title = "a" }).Message,
            Sample.Form(new FormContent { Description = "a" }).Message,
            Sample.Form(new FormContent { Fields = [new FormField { Name = "a" }] }).Message,
            Sample.Form(new FormContent { Fields = [new FormField { Value = "a" }] }).Message,
            Sample.Text("image").Message,
            Sample.Basic(new BasicItem { Image = new ImageMessage() }).Message,
            Sample.Basic(new BasicItem { File = new FileMessage() }).Message,
            Sample.Basic(
                new BasicItem { Image = new ImageMessage() }, new BasicItem { Image = new ImageMessage() }).Message,
        ];

        Assert.Equal(messages.Length, messages.Select(MessageFingerprint.Of).Distinct().Count());
    }

    // No such message may be sent: it saves one for each kind.
    private static Message Everything() => Sample.Request(new MessageContent
    {
        Basic = new BasicContent
        {
            Items =
            [
                new BasicItem { Text = "a" },
                new BasicItem { Image = new ImageMessage { Id = "i" } },
                new BasicItem { Text = "b" },
            ],
        },
        Template = new TemplateContent
        {
            Title = "t",
            TextLines = ["1", "2"],
            Buttons =
            [
                new Button { Label = "l", LaunchUrl = "https://a.example" },
                new Button { Label = "k", PostbackProperties = new PostbackProperties { InteractionId = "i" } },
            ],
        },
        Minimal = new MinimalContent { Text = "m", Url = "https://a.example" },
        Form = new FormContent
        {
            Title = "f",
            Description = "d",
            Fields = [new FormField { Name = "a", Value = "a" }],
            Media = [new MediaItem { Image = new ImageMessage { Id = "i" } }],
        },
    }).Message!;
}

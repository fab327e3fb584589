using WixInbox.Reconcile;
using WixInbox.Sandbox;

namespace WixInbox.Tests.Reconcile;

/// <summary>A message is known again in what the server made of it, and no other is taken for it.</summary>
public sealed class MessageFingerprintTests
{
    private const string Picture = "https://static.wixstatic.com/media/a.png";

    private static readonly Dictionary<string, Func<SendMessageRequest>> s_messages = new()
    {
        ["text"] = () => Sample.Text("Hey!"),
        ["emoji"] = () => Sample.Text("\U0001F44B\U0001F3FD für dich, \u202Eשלום\u202C"),
        ["lines"] = () => Sample.Text("a\r\nb\rc\nd"),
        ["blanks"] = () => Sample.Text("  a \t b \r\n\r\n "),
        ["basic"] = () => Sample.Basic(
            new BasicItem { Text = "a" },
            new BasicItem
            {
                Image = new ImageMessage { Id = "image", Url = Picture, Filename = "a.png", Width = 1.5, Height = 2 },
            },
            new BasicItem
            {
                File = new FileMessage { Id = "file", Url = Picture, Filename = "a.pdf", MimeType = "application/pdf" },
            },
            new BasicItem { Text = "b" }),
        ["template"] = () => Sample.Template(new TemplateContent
        {
            Title = "Title ",
            ImageUrl = Picture,
            TextLines = ["one", "", "two\r\n"],
            Buttons =
            [
                new Button { Label = "Open", LaunchUrl = "https://example.com/?a=1#b" },
                new Button { Label = "Tell", PostbackProperties = new PostbackProperties { InteractionId = "42" } },
            ],
            Orientation = TemplateOrientation.Landscape,
        }),

        // The server adds a layout and empty lists.
        ["bare template"] = () => Sample.Template(new TemplateContent { Title = "Title" }),
        ["picture"] = () => Sample.Template(new TemplateContent { ImageUrl = Picture }),
        ["minimal"] = () => Sample.Minimal(
            new MinimalContent { Text = "Booked", IconUrl = Picture, Url = "https://example.com/" }),
        ["form"] = () => Sample.Form(new FormContent
        {
            Title = "Form",
            Description = "What\r\nwas filled in",
            Fields =
            [
                new FormField { Name = "Name", Value = "Anna" },
                new FormField { Name = "Empty", Value = "" },
                new FormField { Name = "None" },
            ],
            Media =
            [
                new MediaItem { Image = new ImageMessage { Url = Picture } },
                new MediaItem { File = new FileMessage { Id = "f" } },
            ],
        }),
        ["bare form"] = () => Sample.Form(new FormContent { Fields = [new FormField { Name = "a", Value = "b" }] }),
    };

    public static TheoryData<string> Messages => [.. s_messages.Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task What_was_sent_is_known_again_in_the_answer_and_in_the_list(string name)
    {
        var request = s_messages[name]().WithMessage(message =>
        {
            message.Content!.PreviewText = "preview";
            message.Content.Title = "subject";
            message.Badges = [new Badge { Text = "Email" }];
            message.TargetChannelIds = ["x"];
            message.SourceChannelId = "y";
            message.Silent = true;
        });
        using var sandbox = new SandboxHandler();
        using var client = TestClient.Over(sandbox);

        var sent = await client.SendMessageAsync(request, TestClient.Cancellation);
        var listed = await client.ListMessagesAsync(
            new ListMessagesRequest { ConversationId = Sample.ConversationId }, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, sent.Kind);
        Assert.Equal(MessageFingerprint.Of(request.Message), MessageFingerprint.Of(sent.Value));
        Assert.Equal(
            MessageFingerprint.Of(request.Message), MessageFingerprint.Of(Assert.Single(listed.Value!.Messages!)));
    }

    [Fact]
    public void Each_of_these_is_another_message()
    {
        var fingerprints = s_messages.Values.Select(message => MessageFingerprint.Of(message().Message)).ToArray();

        Assert.Equal(fingerprints.Length, fingerprints.Distinct().Count());
    }

    [Theory]
    [InlineData("basic")]
    [InlineData("form")]
    [InlineData("template")]
    public void What_the_server_may_change_of_media_does_not_matter(string name)
    {
        var changed = s_messages[name]().Message!;
        var media = (changed.Content!.Basic?.Items ?? []).Select(
            item => ((WixObject?)item.Image, (WixObject?)item.File))
            .Concat(
                (changed.Content.Form?.Media ?? []).Select(item => ((WixObject?)item.Image, (WixObject?)item.File)));
        foreach (var (image, file) in media)
        {
            if (image is ImageMessage picture)
            {
                (picture.Id, picture.Url, picture.Filename, picture.Width, picture.Height, picture.UrlExpiration) =
                    ("other", Picture + "?token=1", "b", 7, null, DateTimeOffset.UnixEpoch);
            }

            if (file is FileMessage document)
            {
                (document.Id, document.Url, document.Filename, document.MimeType, document.UrlExpiration) =
                    ("other", Picture + "?token=1", "b", null, DateTimeOffset.UnixEpoch);
            }
        }

        if (changed.Content.Template is { } template)
        {
            template.ImageUrl += "?token=1";
            template.Orientation = null;
        }

        Assert.Equal(MessageFingerprint.Of(s_messages[name]().Message), MessageFingerprint.Of(changed));
    }

    [Theory]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("a\rb", "a\nb")]
    [InlineData(" a\r\n", "a")]
    [InlineData("a\t ", "a")]
    public void Ends_of_lines_and_white_space_around_do_not_matter(string text, string same)
    {
        Assert.Equal(
            MessageFingerprint.Of(Sample.Text(text).Message), MessageFingerprint.Of(Sample.Text(same).Message));
    }

    [Fact]
    public void An_empty_field_is_one_that_is_not_there()
    {
        Assert.Equal(
            MessageFingerprint.Of(Sample.Template(new TemplateContent { Title = "a" }).Message),
            MessageFingerprint.Of(Sample.Template(new TemplateContent
            {
                Title = "a",
                ImageUrl = "",
                TextLines = [""],
                Buttons = [],
            }).Message));
        Assert.Equal(
            MessageFingerprint.Of(Sample.Minimal(new MinimalContent { Text = "a" }).Message),
            MessageFingerprint.Of(Sample.Minimal(new MinimalContent { Text = "a", Url = "", IconUrl = "" }).Message));
    }

    [Fact]
    public void A_message_with_nothing_in_it_does_not_throw()
    {
        Message?[] empty =
        [
            null,
            new Message(),
            new Message { Content = new MessageContent() },
            Sample.Basic(null!).Message,
            Sample.Basic(new BasicItem[1]).Message,
        ];

        Assert.Equal(3, empty.Take(3).Count(message => MessageFingerprint.Of(message) == MessageFingerprint.Of(null)));
        Assert.Equal(MessageFingerprint.Of(empty[3]), MessageFingerprint.Of(empty[4]));
    }
}

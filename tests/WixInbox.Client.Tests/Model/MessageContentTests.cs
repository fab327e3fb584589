namespace WixInbox.Tests.Model;

public sealed class MessageContentTests
{
    [Fact]
    public void The_first_text_that_says_something_stands_for_the_content()
    {
        Assert.Equal(
            "two",
            Sample.Basic(
                new BasicItem { Image = new ImageMessage() },
                null!,
                new BasicItem { Text = " " },
                new BasicItem { Text = "two" }).Message!.Content!.GetDefaultPreviewText());
        Assert.Equal(
            "title",
            new MessageContent { Template = new TemplateContent { Title = "title", TextLines = ["line"] } }
                .GetDefaultPreviewText());
        Assert.Equal(
            "line",
            new MessageContent { Template = new TemplateContent { TextLines = [null!, "line"] } }
                .GetDefaultPreviewText());
        Assert.Equal(
            "text", new MessageContent { Minimal = new MinimalContent { Text = "text" } }.GetDefaultPreviewText());
        Assert.Equal(
            "title",
            new MessageContent { Form = new FormContent { Title = "title", Description = "description" } }
                .GetDefaultPreviewText());
        Assert.Equal(
            "description",
            new MessageContent { Form = new FormContent { Description = "description" } }.GetDefaultPreviewText());
        Assert.Equal(
            "system", new MessageContent { System = new SystemContent { Text = "system" } }.GetDefaultPreviewText());
    }

    [Fact]
    public void A_content_as_a_text_is_what_a_list_shows_of_it()
    {
        Assert.Equal(
            "preview",
            new MessageContent { PreviewText = "preview", Minimal = new MinimalContent { Text = "text" } }.ToString());
        Assert.Equal("text", new MessageContent { Minimal = new MinimalContent { Text = "text" } }.ToString());
        Assert.Equal(string.Empty, new MessageContent().ToString());
    }

    [Fact]
    public void A_content_without_text_has_no_preview()
    {
        Assert.Null(new MessageContent().GetDefaultPreviewText());
        Assert.Null(Sample.Basic(new BasicItem
        {
            File = new FileMessage { Url = "https://www.wix.com/a.pdf" },
        }).Message!.Content!.GetDefaultPreviewText());
    }

    [Theory]
    [InlineData(256, "a", 256)]
    [InlineData(257, "a", 256)]

    // An element that would reach over the limit is left out whole.
    [InlineData(200, "💬", 256)]
    [InlineData(200, "e\u0301", 256)]
    [InlineData(200, "👩‍👩‍👧‍👦", 256, Skip = NotOnDesktop.JoinedLetters)]
    [InlineData(200, "e\u0301\u0302", 256)]
    [InlineData(200, "🇩🇪", 256)]
    public void A_preview_is_cut_between_what_a_reader_sees_as_letters(int count, string element, int limit)
    {
        var preview = new MessageContent
        {
            Minimal = new MinimalContent { Text = string.Concat(Enumerable.Repeat(element, count)) },
        }.GetDefaultPreviewText()!;

        Assert.Equal(Math.Min(count, limit / element.Length) * element.Length, preview.Length);
        Assert.Equal(string.Concat(Enumerable.Repeat(element, preview.Length / element.Length)), preview);
    }

    [Theory]
    [InlineData(254, "👍🏽 ok", 254)]
    [InlineData(255, "é ok", 256)]
    [InlineData(256, "\uD83C", 255)]
    [InlineData(255, "e\u0301 ok", 255)]
    [InlineData(255, "\r\nok", 255)]
    [InlineData(254, "क्ष है", 253)]
    [InlineData(252, "👩‍👩‍👧‍👦 ok", 252)]
    public void A_preview_is_cut_in_the_same_place_by_each_version_of_Unicode(int letters, string end, int length) =>
        Assert.Equal(length, Message.OfText(new string('a', letters) + end).Content!.GetDefaultPreviewText()!.Length);

    [Fact]
    public void What_the_api_does_not_take_is_left_out_of_a_content_to_send()
    {
        var received = new MessageContent
        {
            ContentType = ContentType.Basic,
            PreviewText = "p",
            Title = "t",
            Basic = new BasicContent(),
        };

        var copy = received.ToSendable();

        Assert.Null(copy.ContentType);
        Assert.Equal(ContentType.Basic, received.ContentType);
        Assert.Equal(("p", "t"), (copy.PreviewText, copy.Title));
        Assert.Same(received.Basic, copy.Basic);
    }
}

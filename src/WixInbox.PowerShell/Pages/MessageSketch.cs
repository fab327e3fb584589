using System.Globalization;
using WixInbox.Errors;

namespace WixInbox.Pages;

/// <summary>
/// Draws what a message says, as Wix's pages on message types tell that it shows. Nothing is fetched: where a picture
/// would be, its address is. One that lies on this machine is put into the page.
/// </summary>
internal static class MessageSketch
{
    // What is longer breaks the longest limit of the API anyway. A page of a file gone wrong stays one that can be
    // opened.
    private const int LongestText = 20_000;
    private const int LongText = 2_000;
    private const int MostItems = 200;

    // A picture is in the page twice, once for each side.
    private const int LargestPicture = 300 * 1024;

    /// <summary>
    /// Draws the messages that the content shows as: one for each item of a basic one and each medium of a form.
    /// </summary>
    public static IEnumerable<Html> Draw(MessageContent content)
    {
        List<Html> drawn =
        [
            .. (content.Basic?.Items ?? []).Take(MostItems + 1).Select(Item),
            .. content.Template is { } card
                ? [
                    Plate(
                        card.Title,
                        card.TextLines,
                        card.ImageUrl,
                        card.Buttons,
                        card.Orientation == TemplateOrientation.Landscape),
                ]
                : Array.Empty<Html>(),
            .. content.Minimal is { } line ? [Event(line)] : Array.Empty<Html>(),
            .. content.Form is { } form ? Form(form) : [],
            .. content.System is { } system
                ? [Plate(null, [system.Text], system.ImageUrl, system.Buttons, false)]
                : Array.Empty<Html>(),
        ];
        return drawn.Count <= MostItems
            ? drawn
            : [.. drawn.Take(MostItems), Html.Tag("p.event", $"Only the first {MostItems} are shown.")];
    }

    /// <summary>A text of any length, in its own direction of writing.</summary>
    public static Html Text(string tag, string? text)
    {
        var drawn = Html.Tag(
            text?.Length > LongText ? tag + ".long" : tag,
            text?.Length > LongestText ? text.Remove(LongestText) : text,
            text?.Length > LongestText
                ? Html.Tag("small", $" … and {Words.Count(text.Length - LongestText, "character")} more")
                : null).With("dir", "auto");

        // What scrolls has to be reached by the keyboard too.
        return text?.Length > LongText ? drawn.With("tabindex", 0) : drawn;
    }

    private static Html Item(BasicItem? item) => item switch
    {
        { Image: { } image } => Picture(image, item.LocalFile),
        { File: { } file } => File(file, item.LocalFile),
        _ => Text("p.bubble", item?.Text),
    };

    private static Html Picture(ImageMessage image, LocalFile? local)
    {
        var size = image is { Width: { } width, Height: { } height }
            ? string.Format(CultureInfo.InvariantCulture, ", {0} × {1}", width, height)
            : string.Empty;
        return local is not null && ReadPicture(local) is { } content
            ? Html.Picture(local.MimeType, content, local.Name)
            : Placeholder(
                "div.picture",
                "Picture" + size + (local is null ? string.Empty : $", {local.MimeType}{SizeOf(local)}"),
                image.Filename,
                image.Url,
                image.Id);
    }

    // The kind of a picture is known by its content. A picture that is too large, or no longer there, is shown by its
    // name, type and size.
    private static byte[]? ReadPicture(LocalFile local)
    {
        try
        {
            return local is { IsImage: true, Size: <= LargestPicture } ? System.IO.File.ReadAllBytes(local.Path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Html File(FileMessage file, LocalFile? local) =>
        Placeholder(
            "div.picture",
            "File" + (file.MimeType is null ? string.Empty : ", " + file.MimeType) + SizeOf(local),
            file.Filename,
            file.Url,
            file.Id);

    private static string SizeOf(LocalFile? local) => local?.Size switch
    {
        null => string.Empty,
        < 1024 * 1024 and var size =>
            string.Format(CultureInfo.InvariantCulture, ", {0:0} KB", Math.Ceiling(size / 1024d)),
        var size => string.Format(CultureInfo.InvariantCulture, ", {0:0.0} MB", size / (1024d * 1024)),
    };

    private static Html Placeholder(string tag, string what, string? name, string? address, string? id) => Html.Tag(
        tag,
        Html.Tag("strong", what),
        name is null ? null : Html.Tag("div", Html.Data(name)),
        string.IsNullOrWhiteSpace(address) ? null : Html.Tag("div", Html.Link(address)),
        string.IsNullOrWhiteSpace(id) ? null : Html.Tag("div", "Wix Media ", Html.Data(id)));

    private static Html Plate(string? title, string?[]? lines, string? picture, Button[]? buttons, bool isLandscape) =>
        Html.Tag(
            isLandscape ? "div.plate.landscape" : "div.plate",
            string.IsNullOrWhiteSpace(picture) ? null : Placeholder("div.picture", "Picture", null, picture, null),
            Html.Tag(
                "div",
                Html.Tag(
                    "div.words",
                    title is null ? null : Text("p.title", title),
                    (lines ?? []).Select(line => Text("p", line))),
                buttons is null or [] ? null : Html.Tag("ul.buttons", buttons.Select(Push))));

    private static Html Push(Button? button) => Html.Tag(
        "li",
        Html.Link(button?.LaunchUrl, Text("span.push", button?.Label)),
        Html.Tag("small", button switch
        {
            { LaunchUrl: { } address } => ["opens ", Html.Data(address)],
            { PostbackProperties.InteractionId: { } interaction } => ["tells the app: ", Html.Data(interaction)],
            _ => ["does nothing"],
        }));

    private static Html Event(MinimalContent line) => Html.Tag(
        "p.event",
        string.IsNullOrWhiteSpace(line.IconUrl) ? null : Html.Tag("span", "◆ ").With("aria-hidden", "true"),
        string.IsNullOrWhiteSpace(line.Url) ? Text("span", line.Text) : Html.Link(line.Url, Text("span", line.Text)),
        string.IsNullOrWhiteSpace(line.IconUrl) ? null : Html.Tag("small", " (icon ", Html.Link(line.IconUrl), ")"));

    private static Html[] Form(FormContent form) =>
    [
        Html.Tag(
            "div.plate",
            Html.Tag(
                "div.words",
                form.Title is null ? null : Text("p.title", form.Title),
                form.Description is null ? null : Text("p", form.Description)),
            Html.Tag(
                "dl.answers",
                (form.Fields ?? []).Select(
                    field => Html.Tag("div", Text("dt", field?.Name), Text("dd", field?.Value))))),
        .. (form.Media ?? []).Select(
            medium => medium?.File is { } file ? File(file, null) : Picture(medium?.Image ?? new ImageMessage(), null)),
    ];
}

using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Pages;

/// <summary>
/// The page that shows messages before they are sent: as the Inbox and the chat widget would, with what is wrong with
/// them. Rows that break a rule come first, for somebody has to look at these.
/// </summary>
/// <param name="most">How many rows to show. The others are counted.</param>
internal sealed class MessagePage(int most)
{
    private readonly List<Html> _faulty = [];
    private readonly List<Html> _valid = [];

    /// <summary>Gets how many rows there were.</summary>
    public int Rows { get; private set; }

    /// <summary>Gets how many of them can be sent.</summary>
    public int Valid { get; private set; }

    /// <summary>Gets how many are on the page.</summary>
    public int Shown => Math.Min(most, _faulty.Count + _valid.Count);

    /// <summary>Adds a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="request">What would be sent for it.</param>
    /// <param name="violations">What is wrong with it.</param>
    public void Add(Row row, SendMessageRequest request, IReadOnlyList<RowViolation> violations)
    {
        Rows++;
        Valid += violations.Count == 0 ? 1 : 0;
        var alike = violations.Count == 0 ? _valid : _faulty;
        if (alike.Count < most)
        {
            alike.Add(Draw(row, request, violations));
        }
    }

    /// <summary>Makes the page.</summary>
    public Page Build(DateTimeOffset now) => new(
        "Messages before they are sent",
        Html.Tag(
            "p",
            "A sketch of how the Inbox and the chat widget show these messages, based on Wix's documentation; "
                + "it is not exact to the pixel. "
                + "Nothing has been sent, and nothing is downloaded: a picture elsewhere is shown by its address."),
        [
            Parts.Figures(
                (
                    "Rows",
                    Parts.Number(Rows),
                    null,
                    Rows > Shown ? $"{Parts.Number(Shown)} are on this page, those that break a rule first" : null),
                ("Can be sent", Parts.Number(Valid), "good", null),
                (
                    "Break a rule",
                    Parts.Number(Rows - Valid),
                    Rows == Valid ? null : "bad",
                    Rows == Valid ? null : "Test-WixInboxMessage lists them")),
            .. _faulty.Concat(_valid).Take(most),
        ],
        Parts.Made(now));

    private Html Draw(Row row, SendMessageRequest request, IReadOnlyList<RowViolation> violations)
    {
        var id = $"row-{Rows}";
        return Html.Tag(
            "article.card",
            Html.Tag(
                "div.head",
                Html.Tag(
                    "h2",
                    row.Number is { } number ? $"Row {Parts.Number(number)} " : "Message ",
                    row.Recipient is { } recipient
                        ? Html.Tag("span.quiet", "to ", Html.Data(recipient.ToString()))
                        : null).With("id", id),
                violations.Count == 0
                    ? Html.Tag("span.mark.good", "Can be sent")
                    : Html.Tag("span.mark.bad", $"Breaks {Words.Count(violations.Count, "rule")}")),
            violations.Count == 0 ? null : Html.Tag(
                "ul.faults",
                violations.Select(violation =>
                    Html.Tag("li", Html.Data(violation.ToString()), " ", Html.Tag("code", violation.Rule)))),
            Html.Tag("div.sides", Inbox(request), Widget(request)),
            Facts(request)).With("aria-labelledby", id);
    }

    private static Html Inbox(SendMessageRequest request)
    {
        var message = request.Message!;
        return Html.Tag(
            "section.side",
            Html.Tag("div.bar", Html.Tag("h3", "Inbox"), Html.Tag("p", "what the site's staff see")),
            Html.Tag(
                "div.entry",
                Html.Tag(
                    "svg.face",
                    Html.Tag("circle").With("cx", 18).With("cy", 14).With("r", 6),
                    Html.Tag("path")
                        .With("d", "M6 31a12 10 0 0 1 24 0z")).With("viewBox", "0 0 36 36").With("aria-hidden", "true"),
                Html.Tag(
                    "div",
                    Html.Tag("p.name", "The participant"),
                    MessageSketch.Text("p.preview", message.Content?.PreviewText ?? "(no preview text)"),
                    message.Silent == true
                        ? Html.Tag("p.who", "Silent: this line and the unread count stay as they were.")
                        : null)),
            Talk(
                message,
                message.Direction == MessageDirection.BusinessToParticipant,
                message.Visibility == MessageVisibility.Business ? "only the site's staff see it" : null));
    }

    private static Html Widget(SendMessageRequest request)
    {
        var message = request.Message!;
        return Html.Tag(
            "section.side.widget",
            Html.Tag("div.bar", Html.Tag("h3", "Chat widget"), Html.Tag("p", "what the participant sees on the site")),
            message.Visibility == MessageVisibility.Business
                ? Html.Tag(
                    "div.talk",
                    Html.Tag(
                        "p.nothing", "Not shown here: only the site's staff see this message (-Visibility Business)."))
                : Talk(
                    message,
                    message.Direction == MessageDirection.ParticipantToBusiness,
                    message.Badges?[0]?.Visibility == BadgeVisibility.Business
                        ? "its badge is meant for the staff only, but the widget shows it anyway"
                        : null));
    }

    // Whoever looks has their own messages on the right.
    private static Html Talk(Message message, bool isOwn, string? note)
    {
        var who = message.Direction == MessageDirection.BusinessToParticipant ? "The business" : "The participant";
        return Html.Tag(
            isOwn ? "div.talk.right.own" : "div.talk.left",
            Html.Tag("p.who", who + (note is null ? string.Empty : ": " + note)),
            (message.Badges ?? []).Select(Badge),
            message.Content is { } content
                ? MessageSketch.Draw(content)
                : Html.Tag("p.nothing", "There is nothing to send."));
    }

    private static Html Badge(Badge? badge) => Html.Tag(
        "p.badge",
        string.IsNullOrWhiteSpace(badge?.IconUrl) ? null : Html.Tag("span", "◆ ").With("aria-hidden", "true"),
        MessageSketch.Text("span", badge?.Text));

    private static Html Facts(SendMessageRequest request)
    {
        var message = request.Message!;
        var content = message.Content;
        string[] kinds =
        [
            .. content?.Basic is null ? Array.Empty<string>() : ["basic"],
            .. content?.Template is null ? Array.Empty<string>() : [
                content.Template.Orientation == TemplateOrientation.Landscape
                    ? "template, landscape"
                    : "template, portrait",
            ],
            .. content?.Minimal is null ? Array.Empty<string>() : ["minimal"],
            .. content?.Form is null ? Array.Empty<string>() : ["form"],
            .. content?.System is null ? Array.Empty<string>() : ["system"],
        ];
        (string Name, string? Value)[] facts =
        [
            ("Kind", kinds.Length == 0 ? "none" : string.Join(" and ", kinds)),
            (
                "Direction",
                message.Direction == MessageDirection.BusinessToParticipant
                    ? "business to participant"
                    : "participant to business"),
            ("Who sees it", message.Visibility == MessageVisibility.Business ? "the site's staff" : "both sides"),
            ("Title of the content", content?.Title),
            (
                "Badge",
                message.Badges?[0]?.Visibility switch
                {
                    null => null,
                    BadgeVisibility.Business => "for the staff",
                    _ => "for both sides",
                }),
            ("Icon of the badge", message.Badges?[0]?.IconUrl),
            ("Sent as", request.SendAs?.ToString()),
            ("Silent", message.Silent == true ? "yes" : null),
            ("Notifications", request.SendNotifications == true ? "yes" : null),
            (
                "To channel",
                string.Join(", ", [
                    .. (message.TargetChannels ?? []).Select(channel => channel.ToString()),
                    .. message.TargetChannelIds ?? [],
                ])),
            (
                "From channel",
                string.Join(
                    ", ", new[] { message.SourceChannel?.ToString(), message.SourceChannelId }.OfType<string>())),
            ("Typing delay", request.TypingDelay is { } delay ? Parts.Number(delay) : null),
        ];
        return Html.Tag(
            "dl.facts",
            facts.Where(fact => !string.IsNullOrEmpty(fact.Value))
                .Select(fact => Html.Tag("div", Html.Tag("dt", fact.Name), Html.Tag("dd", Html.Data(fact.Value)))));
    }
}

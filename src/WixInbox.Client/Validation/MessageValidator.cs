using WixInbox.Validation;

namespace WixInbox;

/// <summary>
/// Holds a request against every limit that Wix documents for Send Message, so that no request of the 200 a minute is
/// spent on one that must fail.
/// </summary>
public static class MessageValidator
{
    /// <summary>The most characters of <see cref="MessageContent.PreviewText"/>.</summary>
    internal const int LongestPreviewText = 256;

    /// <summary>The most characters of the id of a picture or a file in the Media Manager.</summary>
    internal const int LongestFileId = 2_000;

    internal const int LongestFilename = 255;

    private const int LongestText = 16_384;
    private const int LongestAddress = 2_000;

    /// <summary>Finds all rules that a request breaks.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The violations, in the order of the fields; empty if the request may be sent.</returns>
    public static IReadOnlyList<FieldViolation> Validate(SendMessageRequest request)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        var rules = new FieldRules();
        rules.ConversationId(request.ConversationId);
        Body(rules, request);
        var items = request.Message?.Content?.Basic?.Items ?? [];
        for (var index = 0; index < items.Length; index++)
        {
            if (items[index] is { LocalFile: not null } item && (item.Image?.Id ?? item.File?.Id) is null)
            {
                rules.Add(
                    $"message.content.basic.items[{index}]",
                    RuleNames.FileNotUploaded,
                    "The file has not been uploaded: a message names it by the id that it gets then.");
            }
        }

        return rules.Violations;
    }

    /// <summary>Finds all rules that a request breaks, apart from where it is sent.</summary>
    /// <param name="rules">Where the violations go.</param>
    /// <param name="request">The request.</param>
    internal static void Body(FieldRules rules, SendMessageRequest request)
    {
        var message = request.Message;
        Content(rules, message?.Content);
        if (message is null)
        {
            return;
        }

        if (message.Visibility is null)
        {
            rules.Add(
                "message.visibility",
                RuleNames.VisibilityMissing,
                "Who sees the message has to be said: what the API takes without it is not documented.");
        }

        if (message.Direction is null)
        {
            rules.Add(
                "message.direction",
                RuleNames.DirectionMissing,
                "The message's direction has to be said: what the API takes without it is not documented.");
        }

        rules.Text("message.sourceChannelId", message.SourceChannelId, RuleNames.SourceChannelIdTooLong, 100);

        var badges = message.Badges ?? [];
        rules.Count("message.badges", badges.Length, RuleNames.TooManyBadges, 1);
        rules.NoGaps("message.badges", badges);
        for (var index = 0; index < badges.Length; index++)
        {
            var field = $"message.badges[{index}]";
            rules.Text(field + ".text", badges[index]?.Text);
            rules.WebUrl(field + ".iconUrl", badges[index]?.IconUrl, RuleNames.IconUrlInvalid);
        }

        rules.Count("message.targetChannels", message.TargetChannels?.Length ?? 0, RuleNames.TooManyTargetChannels, 1);
        var channelIds = message.TargetChannelIds ?? [];
        rules.Count("message.targetChannelIds", channelIds.Length, RuleNames.TooManyTargetChannelIds, 100);
        rules.NoGaps("message.targetChannelIds", channelIds);
        for (var index = 0; index < channelIds.Length; index++)
        {
            rules.Text($"message.targetChannelIds[{index}]", channelIds[index], RuleNames.TargetChannelIdTooLong, 100);
        }
    }

    private static void Content(FieldRules rules, MessageContent? content)
    {
        const string Field = "message.content";
        var kinds = new (string Name, object? Value)[]
        {
            ("basic", content?.Basic),
            ("template", content?.Template),
            ("minimal", content?.Minimal),
            ("form", content?.Form),
            ("system", content?.System),
        };
        var given = kinds.Count(kind => kind.Value is not null);
        if (content is null || given == 0)
        {
            rules.Add(
                Field,
                RuleNames.ContentMissing,
                "The message has no content: a text, an image, a file, a template, a minimal line or a "
                    + "form is needed.");
            return;
        }

        if (given > 1)
        {
            var names = string.Join(" and ", kinds.Where(kind => kind.Value is not null).Select(kind => kind.Name));
            rules.Add(
                Field, RuleNames.ContentAmbiguous, $"A message has one kind of content, and this one has {names}.");
        }

        if (content.System is not null)
        {
            rules.Add(
                Field + ".system",
                RuleNames.SystemContentNotSendable,
                "A system message can be received but not sent.");
        }

        rules.Text(Field + ".previewText", content.PreviewText, RuleNames.PreviewTextTooLong, LongestPreviewText);
        rules.Text(Field + ".title", content.Title);
        Basic(rules, content.Basic);
        Template(rules, content.Template);
        Minimal(rules, content.Minimal);
        Form(rules, content.Form);
    }

    private static void Basic(FieldRules rules, BasicContent? basic)
    {
        const string Field = "message.content.basic";
        if (basic is null)
        {
            return;
        }

        var items = basic.Items ?? [];
        if (items.Length == 0)
        {
            rules.Add(
                Field + ".items",
                RuleNames.ContentMissing,
                "A basic message needs at least one item: a text, an image or a file.",
                1,
                0);
        }

        for (var index = 0; index < items.Length; index++)
        {
            var item = items[index];
            var path = $"{Field}.items[{index}]";
            OneOf(rules, path, ("text", item?.Text), ("image", item?.Image), ("file", item?.File));
            rules.NonEmptyText(path + ".text", item?.Text, RuleNames.TextMissing, RuleNames.TextTooLong, LongestText);
            if (item?.Image is { } image)
            {
                Image(rules, path + ".image", image);
            }

            if (item?.File is { } file)
            {
                File(rules, path + ".file", file);
            }
        }
    }

    private static void Template(FieldRules rules, TemplateContent? template)
    {
        const string Field = "message.content.template";
        if (template is null)
        {
            return;
        }

        rules.Text(Field + ".title", template.Title);
        rules.WebUrl(
            Field + ".imageUrl",
            template.ImageUrl,
            RuleNames.ImageUrlInvalid,
            RuleNames.ImageUrlTooLong,
            LongestAddress);

        var lines = template.TextLines ?? [];
        rules.Count(Field + ".textLines", lines.Length, RuleNames.TooManyTextLines, 10);
        rules.NoGaps(Field + ".textLines", lines);
        for (var index = 0; index < lines.Length; index++)
        {
            // The limit stands in the prose of the page alone; no type states it.
            rules.Text($"{Field}.textLines[{index}]", lines[index], RuleNames.TextLineTooLong, 512);
        }

        var buttons = template.Buttons ?? [];
        rules.Count(Field + ".buttons", buttons.Length, RuleNames.TooManyButtons, 10);
        for (var index = 0; index < buttons.Length; index++)
        {
            var path = $"{Field}.buttons[{index}]";
            var button = buttons[index];
            rules.RequiredText(
                path + ".label", button?.Label, RuleNames.LabelMissing, RuleNames.LabelTooLong, LongestText);
            rules.WebUrl(
                path + ".launchUrl",
                button?.LaunchUrl,
                RuleNames.LaunchUrlInvalid,
                RuleNames.LaunchUrlTooLong,
                LongestText);
            if (button?.PostbackProperties is { } postback)
            {
                rules.RequiredText(
                    path + ".postbackProperties.interactionId",
                    postback.InteractionId,
                    RuleNames.InteractionIdMissing,
                    RuleNames.InteractionIdTooLong,
                    256);
            }
        }
    }

    private static void Minimal(FieldRules rules, MinimalContent? minimal)
    {
        const string Field = "message.content.minimal";
        if (minimal is null)
        {
            return;
        }

        rules.RequiredText(Field + ".text", minimal.Text, RuleNames.TextMissing, RuleNames.TextTooLong, LongestText);
        rules.WebUrl(
            Field + ".iconUrl", minimal.IconUrl, RuleNames.IconUrlInvalid, RuleNames.IconUrlTooLong, LongestAddress);
        rules.WebUrl(Field + ".url", minimal.Url, RuleNames.UrlInvalid, RuleNames.UrlTooLong, LongestAddress);
    }

    private static void Form(FieldRules rules, FormContent? form)
    {
        const string Field = "message.content.form";
        if (form is null)
        {
            return;
        }

        rules.NonEmptyText(Field + ".title", form.Title, RuleNames.TitleMissing, RuleNames.TitleTooLong, 256);
        rules.NonEmptyText(
            Field + ".description",
            form.Description,
            RuleNames.DescriptionMissing,
            RuleNames.DescriptionTooLong,
            LongestText);

        var fields = form.Fields ?? [];
        if (fields.Length == 0)
        {
            rules.Add(Field + ".fields", RuleNames.FieldsMissing, "A form needs at least one field.", 1, 0);
        }

        rules.Count(Field + ".fields", fields.Length, RuleNames.TooManyFields, 15);
        rules.NoGaps(Field + ".fields", fields);
        for (var index = 0; index < fields.Length; index++)
        {
            rules.Text($"{Field}.fields[{index}].name", fields[index]?.Name, RuleNames.FieldNameTooLong, 8_192);
            rules.Text($"{Field}.fields[{index}].value", fields[index]?.Value, RuleNames.FieldValueTooLong, 8_192);
        }

        var media = form.Media ?? [];
        rules.Count(Field + ".media", media.Length, RuleNames.TooManyMedia, 15);
        for (var index = 0; index < media.Length; index++)
        {
            var path = $"{Field}.media[{index}]";
            OneOf(rules, path, ("image", media[index]?.Image), ("file", media[index]?.File));
            if (media[index]?.Image is { } image)
            {
                Image(rules, path + ".image", image);
            }

            if (media[index]?.File is { } file)
            {
                File(rules, path + ".file", file);
            }
        }
    }

    private static void Image(FieldRules rules, string field, ImageMessage image)
    {
        rules.Text(field + ".id", image.Id, RuleNames.ImageIdTooLong, LongestFileId);
        rules.Text(field + ".url", image.Url, RuleNames.ImageUrlTooLong, LongestAddress);
        rules.Text(field + ".filename", image.Filename, RuleNames.FilenameTooLong, LongestFilename);
        rules.Finite(field + ".width", image.Width, RuleNames.WidthInvalid);
        rules.Finite(field + ".height", image.Height, RuleNames.HeightInvalid);
    }

    private static void File(FieldRules rules, string field, FileMessage file)
    {
        rules.Text(field + ".id", file.Id, RuleNames.FileIdTooLong, LongestFileId);
        rules.Text(field + ".url", file.Url, RuleNames.FileUrlTooLong, LongestAddress);
        rules.Text(field + ".filename", file.Filename, RuleNames.FilenameTooLong, LongestFilename);
        rules.Text(field + ".mimeType", file.MimeType, RuleNames.MimeTypeTooLong, 100);
    }

    private static void OneOf(FieldRules rules, string field, params (string Name, object? Value)[] choices)
    {
        if (choices.Count(choice => choice.Value is not null) != 1)
        {
            var names = string.Join(", ", choices.Select(choice => choice.Name));
            var given = choices.Where(choice => choice.Value is not null).Select(choice => choice.Name).ToArray();
            rules.Add(
                field,
                given.Length == 0 ? RuleNames.ItemMissing : RuleNames.ItemAmbiguous,
                $"An item is exactly one of {names}, "
                    + $"and this one has {(given.Length == 0 ? "none of them" : string.Join(" and ", given))}.");
        }
    }
}

using WixInbox.Commands;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>Checks everything that can be known of a row before a request is spent.</summary>
/// <param name="bound">The parameters.</param>
/// <param name="kind">The kind of content that they give.</param>
/// <param name="files">The files that rows name.</param>
/// <param name="blocks">The script blocks that were typed.</param>
internal sealed class RowCheck(
    MessageCommand bound, ContentKind kind, LocalFiles files, IReadOnlyList<RowBlock> blocks)
{
    // What a message is, or leads to, by itself. A field of a form may say N/A.
    private static readonly string[] s_whole =
        ["Text", "Title", "Description", "ImageUrl", "FileUrl", "IconUrl", "Url"];

    private static readonly string[] s_media = ["Content", "Media", "Image", "File"];

    /// <summary>Finds why a row cannot be sent.</summary>
    /// <param name="row">The row.</param>
    /// <param name="request">What would be sent.</param>
    /// <param name="taken">
    /// The row as the run has taken it, which is held against the rules once; null without one.
    /// </param>
    /// <param name="optedOut">Why the person is not written to; null if nothing says so.</param>
    /// <returns>The reasons; none if the row may be sent.</returns>
    public IReadOnlyList<RowViolation> Find(
        Row row, SendMessageRequest request, BulkRow? taken, RowViolation? optedOut)
    {
        // A value that could not be read makes other values look wrong that are not.
        if (row.Problems.Count > 0)
        {
            return row.Problems;
        }

        List<RowViolation> found = [];
        if (row.Recipient is null)
        {
            found.Add(RecipientProblems.Missing(row));
        }

        if (optedOut is not null)
        {
            found.Add(optedOut);
        }

        var content = request.Message!.Content;
        if (content is null)
        {
            found.Add(ContentMissing(row));
        }

        AddTextProblems(row, found);
        AddForNothing(row, found);
        AddWithoutAddress(row, found);
        files.AddProblems(row, found);

        // Missing content has been reported already, in words that fit the parameters.
        var addressProblem = RecipientProblems.FindInAddress(row);
        if (addressProblem is not null)
        {
            found.Add(addressProblem);
        }

        foreach (var violation in taken?.Validate() ?? BulkRun.Validate(row.Recipient, request))
        {
            // A preview that is made of the text has no fault but those of the text.
            if ((addressProblem is not null && violation.Rule == RuleNames.EmailInvalid)
                || (violation.Field == "message.content.previewText"
                    && content?.PreviewText == content?.GetDefaultPreviewText()))
            {
                continue;
            }

            if (content is not null || violation.Rule != RuleNames.ContentMissing)
            {
                found.Add(RecipientProblems.Explain(row, new RowViolation(row, violation)));
            }
        }

        if (bound.Template && row.Get<string[]>(nameof(bound.ImageUrl)) is { Length: > 1 } images)
        {
            found.Add(new RowViolation(
                row,
                new FieldViolation(
                    "message.content.template.imageUrl",
                    ErrorIds.TooManyImages,
                    "A card has one picture.",
                    1,
                    images.Length)));
        }

        return found;
    }

    private void AddTextProblems(Row row, List<RowViolation> found)
    {
        foreach (var parameter in RowTexts.All)
        {
            var (texts, before) = (RowTexts.Of(row, parameter), found.Count);
            foreach (var text in texts)
            {
                if (TextProblems.Find(text, row, bound.IsOn) is var (check, problem))
                {
                    found.Add(Violation(row, row.NameOf(parameter), check, problem));
                }
            }

            if (found.Count == before
                && texts.Length > 0
                && bound.IsOn(TextCheck.RowInText)
                && BlockOf(parameter) is { } block
                && ObjectsInText.Find(block, texts, row) is { } written)
            {
                found.Add(Violation(row, ValueSource.Parameter(parameter), TextCheck.RowInText, written));
            }
        }
    }

    // A check has its error's id.
    private static RowViolation Violation(Row row, ValueSource source, TextCheck check, string problem) =>
        new(row, source, check.ToString(), $"{Words.Capitalize(problem)} {TextProblems.SkipHint(check)}");

    private RowBlock? BlockOf(string parameter) => blocks.FirstOrDefault(block => block.Parameter == parameter);

    // What was typed for all rows is meant so.
    private void AddForNothing(Row row, List<RowViolation> found)
    {
        foreach (var parameter in bound.IsOn(TextCheck.PlaceholderInText) ? s_whole : [])
        {
            if (row.IsOfRow(parameter)
                && RowTexts.Of(row, parameter).FirstOrDefault(
                    text => !string.IsNullOrWhiteSpace(text) && EmptyText.StandsForNothing(text)) is { } nothing)
            {
                found.Add(Violation(
                    row,
                    row.NameOf(parameter),
                    TextCheck.PlaceholderInText,
                    $"it is {EmptyText.Show(nothing.Trim())}, which stands for nothing, and there is nothing else in "
                        + "it."));
            }
        }
    }

    // An image or a file of which only other things are known, since the column with its address is empty.
    private static void AddWithoutAddress(Row row, List<RowViolation> found)
    {
        foreach (var parameter in s_media)
        {
            if (row.Get<object>(parameter) is { } value && HasNoAddress(value))
            {
                found.Add(new RowViolation(
                    row,
                    row.NameOf(parameter),
                    RuleNames.UrlMissing,
                    "It has no address: Url and Id are empty, and what is shown would lead nowhere."));
            }
        }
    }

    private static bool HasNoAddress(object? value) => value switch
    {
        ImageMessage image => string.IsNullOrWhiteSpace(image.Url) && string.IsNullOrWhiteSpace(image.Id),
        FileMessage file => string.IsNullOrWhiteSpace(file.Url) && string.IsNullOrWhiteSpace(file.Id),
        MediaItem media => HasNoAddress(media.Image) || HasNoAddress(media.File),
        BasicItem item => HasNoAddress(item.Image) || HasNoAddress(item.File),
        MessageContent content => HasNoAddress(content.Basic?.Items) || HasNoAddress(content.Form?.Media),
        object?[] several => Array.Exists(several, HasNoAddress),
        _ => false,
    };

    private RowViolation ContentMissing(Row row)
    {
        // A block that names a column which is not there gives nothing, and says nothing.
        if (kind.HasText
            && (row.ColumnFor(nameof(bound.Text)) is not null || row.IsTyped(nameof(bound.Text)))
            && !row.IsSaid)
        {
            var source = row.NameOf(nameof(bound.Text));
            return RowViolation.OfSentence(
                row,
                source,
                RuleNames.ContentMissing,
                $"There is nothing to send: {source} is empty."
                    + (row.IsTyped(nameof(bound.Text)) ? row.Hint : string.Empty));
        }

        return row.IsSaid
            ? RowViolation.OfSentence(
                row,
                null,
                RuleNames.ContentMissing,
                $"There is nothing to send. {row.OwnType ?? nameof(Message)} objects only name the recipient; their "
                    + $"content is not sent again. {kind.Advice}"
                    + (kind.HasText && !row.IsOwn ? " -Text { $_.Text } sends it again." : string.Empty))
            : RowViolation.OfSentence(
                row,
                null,
                RuleNames.ContentMissing,
                $"There is nothing to send. {kind.Advice}{Hint(row)}");
    }

    private static string Hint(Row row) => row.IsText ? " The row is a text: -Text { $_ } sends it." : row.Hint;
}

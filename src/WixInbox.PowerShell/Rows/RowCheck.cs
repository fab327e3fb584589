using WixInbox.Commands;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>Checks everything that can be known of a row before a request is spent.</summary>
internal static class RowCheck
{
    // What a message is, or leads to, by itself. A field of a form may say N/A.
    private static readonly string[] s_whole =
        ["Text", "Title", "Description", "ImageUrl", "FileUrl", "IconUrl", "Url"];

    private static readonly string[] s_media = ["Content", "Media", "Image", "File"];

    /// <summary>Finds why a row cannot be sent.</summary>
    /// <param name="bound">The cmdlet.</param>
    /// <param name="row">The row.</param>
    /// <param name="request">What would be sent.</param>
    /// <param name="taken">
    /// The row as the run has taken it, which is held against the rules once; null without one.
    /// </param>
    /// <returns>The reasons; none if the row may be sent.</returns>
    public static IReadOnlyList<RowViolation> Find(
        MessageCommand bound, Row row, SendMessageRequest request, BulkRow? taken = null)
    {
        // Also for a row that cannot be sent: the person may be in another row too.
        var optedOut = bound.IncludeUnsubscribed ? null : OptedOut(bound, row);

        // A value that could not be read makes other values look wrong that are not.
        if (row.Problems.Count > 0)
        {
            return row.Problems;
        }

        List<RowViolation> found = [];
        if (row.Recipient is null)
        {
            found.Add(RecipientMissing(row));
        }

        if (optedOut is not null)
        {
            found.Add(optedOut);
        }

        var content = request.Message!.Content;
        if (content is null)
        {
            found.Add(ContentMissing(bound, row));
        }

        AddTextProblems(bound, row, found);
        AddForNothing(bound, row, found);
        AddWithoutAddress(row, found);
        bound.Files.AddProblems(row, found);

        // Missing content has been reported already, in words that fit the parameters.
        var addressProblem = AddressProblem(row);
        if (addressProblem is not null)
        {
            found.Add(addressProblem);
        }

        // One that is made of the text has no fault but those of the text.
        var hasOwnPreview = content is not null && content.PreviewText != content.GetDefaultPreviewText();
        foreach (var violation in taken?.Validate() ?? BulkRun.Validate(row.Recipient, request))
        {
            if ((addressProblem is not null && violation.Rule == AddressText.Rule)
                || (!hasOwnPreview && violation.Field == "message.content.previewText"))
            {
                continue;
            }

            if (content is not null || violation.Rule != ErrorIds.ContentMissing)
            {
                found.Add(Explain(row, new RowViolation(row, violation)));
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

    /// <summary>
    /// Notes the person whom a row opts out, whatever becomes of the row itself: the same person may be in a later one.
    /// </summary>
    /// <param name="bound">The cmdlet.</param>
    /// <param name="row">The row.</param>
    public static void NoteOptOut(MessageCommand bound, Row row)
    {
        if (row.OptOut is not { } optOut)
        {
            return;
        }

        foreach (var person in bound.Rows.NamedIn(row).Where(person => !bound.OptedOut.ContainsKey(person)))
        {
            bound.OptedOut.Add(person, (row.Number, optOut.Column, optOut.IsClear));
        }
    }

    /// <summary>Finds why a row names nobody whose conversation could be found.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The reasons; none if it names somebody.</returns>
    public static IReadOnlyList<RowViolation> FindRecipient(Row row) =>
        row.Problems.Count > 0 ? row.Problems
        : row.Recipient is not { } recipient ? [RecipientMissing(row)]
        : AddressProblem(row) is { } problem ? [problem]
        : [.. recipient.Validate().Select(violation => Explain(row, new RowViolation(row, violation)))];

    // People who are in a file twice have often opted out in one of the places.
    private static RowViolation? OptedOut(MessageCommand bound, Row row)
    {
        const string Nevertheless = " -IncludeUnsubscribed sends to everybody who has unsubscribed, not to this person "
            + "alone.";
        if (row.OptOut is { } optOut)
        {
            NoteOptOut(bound, row);
            var shown = $"'{Words.Shorten(optOut.Value)}' ";
            return new RowViolation(
                row,
                "column " + optOut.Column,
                ErrorIds.ContactUnsubscribed,
                optOut.IsClear
                    ? shown + "says that this person wants no messages." + Nevertheless
                    : shown + "is neither yes nor no, so this person may want no messages. "
                        + UnclearAdvice(row, optOut.Column));
        }

        if (bound.OptedOut.Count == 0)
        {
            return null;
        }

        foreach (var person in bound.Rows.NamedIn(row))
        {
            if (bound.OptedOut.TryGetValue(person, out var earlier))
            {
                return new RowViolation(
                    row,
                    "column " + earlier.Column,
                    ErrorIds.ContactUnsubscribed,
                    FormattableString.Invariant($"Row {earlier.Row} is for the same person, ")
                        + (earlier.IsClear
                            ? "who wants no messages." + Nevertheless
                            : "who may want no messages: its error says how that is mended."));
            }
        }

        return null;
    }

    // Whoever sends to all for the sake of one cell also sends to those who have opted out.
    private static string UnclearAdvice(Row row, string column)
    {
        var isOwn = row.Shape.Columns.Contains(column);
        var name = Unseen.IsIn(column)
            ? ColumnExpression.Quote(column)
            : $"'{System.Management.Automation.WildcardPattern.Escape(column).Replace("'", "''")}'";

        // Select-Object takes a hashtable for an object with a count and keys.
        var rows = row.Input?.BaseObject is System.Collections.IDictionary
            ? "ForEach-Object { [pscustomobject] $_ } | "
            : string.Empty;
        return "Write yes or no into the cell, or empty it."
            + (isOwn
                ? " If the column is about something else, this leaves it out before the command: "
                    + $"{rows}Select-Object * -ExcludeProperty {name}."
                : string.Empty)
            + " -IncludeUnsubscribed sends to all, also to those who have opted out.";
    }

    private static RowViolation? AddressProblem(Row row) =>
        row.Recipient is { Kind: RecipientKind.Email, Id: var address }
            && AddressText.Read(address)?.Problem is { } problem
            ? Explain(row, new RowViolation(row, new FieldViolation("email", AddressText.Rule, problem)))
            : null;

    private static void AddTextProblems(MessageCommand bound, Row row, List<RowViolation> found)
    {
        foreach (var parameter in RowTexts.All)
        {
            var (texts, before) = (RowTexts.Of(row, parameter), found.Count);
            foreach (var text in texts)
            {
                if (TextProblems.Find(text, row, bound.IsOn) is var (rule, problem))
                {
                    found.Add(new RowViolation(row, row.NameOf(parameter), rule, Words.Capitalize(problem)));
                }
            }

            if (found.Count == before
                && texts.Length > 0
                && bound.IsOn(TextCheck.RowInText)
                && bound.Rows.Blocks.FirstOrDefault(block => block.Parameter == parameter) is { } block
                && TextProblems.FindObject(block, texts, row) is { } written)
            {
                found.Add(new RowViolation(row, "-" + parameter, ErrorIds.RowInText, written));
            }
        }
    }

    // What was typed for all rows is meant so.
    private static void AddForNothing(MessageCommand bound, Row row, List<RowViolation> found)
    {
        foreach (var parameter in bound.IsOn(TextCheck.PlaceholderInText) ? s_whole : [])
        {
            if (row.IsOfRow(parameter)
                && RowTexts.Of(row, parameter).FirstOrDefault(
                    text => !string.IsNullOrWhiteSpace(text) && EmptyText.StandsForNothing(text)) is { } nothing)
            {
                found.Add(new RowViolation(
                    row,
                    row.NameOf(parameter),
                    ErrorIds.PlaceholderInText,
                    $"It is {EmptyText.Show(nothing.Trim())}, which stands for nothing, and there is nothing else in "
                        + $"it. {TextProblems.SkipHint(TextCheck.PlaceholderInText)}"));
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
                    ErrorIds.UrlMissing,
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

    private static RowViolation RecipientMissing(Row row)
    {
        var empty = RecipientCommand.Recipients.Where(row.IsTyped).Select(parameter => "-" + parameter).ToArray();
        var isTyped = empty.Length > 0;
        if (!isTyped)
        {
            var columns = RecipientCommand.Recipients.SelectMany(row.Shape.ColumnsFor);
            empty = [.. columns.Select(column => "column " + column)];
        }

        if (empty.Length == 0)
        {
            var advice = SeveralRows(row)
                ?? row.Misread
                ?? LikelyAddress(row)
                ?? " Give -ConversationId, -ContactId, -MemberId, -AnonymousVisitorId or -Email, or a column "
                + "of that name." + (row.IsText ? TextHint(row) : row.Hint);
            return Missing(row, null, ErrorIds.RecipientMissing, "There is no recipient." + advice);
        }

        var sentence = empty.Length == 1 ? empty[0] + " is"
            : (row.Shape.Columns.Length > 0 && empty[0][0] == 'c' ? "columns " : string.Empty)
                + Words.List(empty.Select(name => name.Replace("column ", string.Empty))) + " are";
        return Missing(
            row,
            empty.Length == 1 ? empty[0] : null,
            ErrorIds.RecipientMissing,
            $"There is no recipient: {sentence} empty." + (isTyped ? null : LikelyAddress(row)));
    }

    private static string TextHint(Row row) =>
        row.Itself is not { } text ? " The row is an empty text."
        : Guid.TryParse(text, out _) ? " The row is an id: -ContactId { $_ } takes it as a contact's."
        : new Recipient(RecipientKind.Email, text).Validate().Count == 0
            ? " The row is an address: -Email { $_ } takes it as one."
        : text.IndexOfAny([',', ';', '\t']) >= 0
            ? " The row is a line with separators, as those of a CSV file are: Import-WixInboxCsv reads the file into "
                + "rows with columns."
        : " The row is a text: -Email { $_ } takes it as an address.";

    private static string? SeveralRows(Row row) =>
        row.Number is null && row.Input?.BaseObject is System.Collections.IList { Count: var count }
            ? FormattableString.Invariant($" -InputObject takes one row, and was given {count}: pipe them in, ")
                + "$rows | … ."
            : null;

    // Names a column of a row that names nobody, whose value can be taken for an address.
    private static string? LikelyAddress(Row row)
    {
        var likely = row.Shape.Columns.FirstOrDefault(column =>
        {
            try
            {
                return row.Columns!.Properties[column]?.Value is string value
                    && new Recipient(RecipientKind.Email, value.Trim()).Validate().Count == 0;
            }
            catch (System.Management.Automation.ExtendedTypeSystemException)
            {
                return false;
            }
        });
        return likely is null
            ? null
            : $" Column '{Unseen.Show(likely)}' looks as if it had addresses: "
                + $"-Email {{ {ColumnExpression.For(likely)} }} uses it.";
    }

    private static RowViolation ContentMissing(MessageCommand bound, Row row)
    {
        // A block that names a column which is not there gives nothing, and says nothing.
        if (bound.Kind.HasText
            && (row.ColumnFor(nameof(bound.Text)) is not null || row.IsTyped(nameof(bound.Text)))
            && !row.IsSaid)
        {
            var source = row.NameOf(nameof(bound.Text));
            return Missing(
                row,
                source,
                ErrorIds.ContentMissing,
                $"There is nothing to send: {source} is empty."
                    + (row.IsTyped(nameof(bound.Text)) ? row.Hint : string.Empty));
        }

        return row.IsSaid
            ? Missing(
                row,
                null,
                ErrorIds.ContentMissing,
                $"There is nothing to send. {row.OwnType ?? nameof(Message)} objects only name the recipient; their "
                    + $"content is not sent again. {bound.Kind.Advice}"
                    + (bound.Kind.HasText && !row.IsOwn ? " -Text { $_.Text } sends it again." : string.Empty))
            : Missing(row, null, ErrorIds.ContentMissing, $"There is nothing to send. {bound.Kind.Advice}{Hint(row)}");
    }

    // What was typed as an address may be the name of the column that has them.
    private static RowViolation Explain(Row row, RowViolation violation)
    {
        if (violation is not { Rule: ErrorIds.EmailInvalid, Column: "-Email" }
            || row.Recipient is not { } recipient
            || row.Shape.Columns.FirstOrDefault(
                column => string.Equals(column, recipient.Id, StringComparison.OrdinalIgnoreCase)) is not { } column)
        {
            return violation;
        }

        return new RowViolation(
            row,
            "-Email",
            violation.Rule,
            $"'{column}' is no address, but the name of a column. "
                + $"-Email {{ {ColumnExpression.For(column)} }} uses that column.");
    }

    private static RowViolation Missing(Row row, string? source, string rule, string sentence) =>
        new(row, source, rule, sentence, sentence);

    private static string Hint(Row row) => row.IsText ? " The row is a text: -Text { $_ } sends it." : row.Hint;
}

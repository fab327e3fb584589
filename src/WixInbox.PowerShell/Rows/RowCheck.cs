using WixInbox.Commands;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>Holds a row against all that can be known of it before a request is spent.</summary>
internal static class RowCheck
{
    /// <summary>Finds why a row cannot be sent, one reason after the other: whoever wants the first alone looks no further.</summary>
    /// <param name="bound">The cmdlet, with its parameters as they are bound for the row.</param>
    /// <param name="row">The row.</param>
    /// <param name="request">What would be sent.</param>
    /// <returns>The reasons; none if the row may be sent.</returns>
    public static IEnumerable<RowFault> Find(MessageCommand bound, Row row, SendMessageRequest request)
    {
        if (row.Recipient is null)
        {
            yield return RecipientMissing(row);
        }

        foreach (var (parameter, problem) in bound.Columns.FindUnusable(row.Columns, bound.ParameterSetName, bound.MyInvocation.BoundParameters.Keys))
        {
            yield return RowFault.Unusable(row, row.NameOf(parameter), ErrorIds.ColumnValueInvalid, problem);
        }

        var content = request.Message!.Content;
        if (content is null)
        {
            yield return ContentMissing(bound, row);
        }

        foreach (var fault in bound.Files.FindFaults(bound, row))
        {
            yield return fault;
        }

        // That there is no content has been said, in words that fit the parameters.
        List<FieldViolation> violations = [.. BulkRun.Validate(row.Recipient, request)];
        if (content is null)
        {
            violations.RemoveAll(violation => violation.Rule == ErrorIds.ContentMissing);
        }

        if (bound.Template && bound.ImageUrl is { Length: > 1 } images)
        {
            violations.Add(new FieldViolation("message.content.template.imageUrl", ErrorIds.TooManyImages, "A card has one picture.", 1, images.Length));
        }

        if (row.Recipient is { Kind: RecipientKind.Email, Id: var address } && AddressText.Read(address)?.Problem is { } why)
        {
            violations.RemoveAll(violation => violation.Rule == AddressText.Rule);
            violations.Add(new FieldViolation("email", AddressText.Rule, why));
        }

        if (violations.Count > 0)
        {
            yield return RowFault.Invalid(row, violations);
        }
    }

    private static RowFault RecipientMissing(Row row)
    {
        string[] parameters = [nameof(MessageCommand.ConversationId), nameof(MessageCommand.ContactId), nameof(MessageCommand.MemberId), nameof(MessageCommand.AnonymousVisitorId), nameof(MessageCommand.Email)];
        var empty = parameters.Select(row.ColumnFor).OfType<string>().ToArray();
        if (empty.Length == 0)
        {
            return RowFault.Missing(row, null, ErrorIds.RecipientMissing, "there is no recipient." + (row.Misread ?? " Give -ConversationId, -ContactId, -MemberId, -AnonymousVisitorId or -Email, or a column of that name." + Hint(row)));
        }

        var names = empty.Length == 1 ? $"column {empty[0]} is" : $"columns {string.Join(", ", empty.Take(empty.Length - 1))} and {empty[empty.Length - 1]} are";
        return RowFault.Missing(row, empty.Length == 1 ? "column " + empty[0] : null, ErrorIds.RecipientMissing, $"there is no recipient: {names} empty.");
    }

    private static RowFault ContentMissing(MessageCommand bound, Row row)
    {
        // A block that names a column which is not there gives nothing, and says nothing.
        var isText = bound.ParameterSetName is MessageCommand.BasicSet or MessageCommand.MinimalSet;
        var hasText = isText && (row.HasColumnFor(nameof(bound.Text)) || bound.MyInvocation.BoundParameters.ContainsKey(nameof(bound.Text)));
        if (hasText)
        {
            var source = row.NameOf(nameof(bound.Text));
            return RowFault.Missing(row, source, ErrorIds.ContentMissing, $"there is nothing to send: {source} is empty." + (row.HasColumnFor(nameof(bound.Text)) ? string.Empty : row.Hint));
        }

        var advice = bound.ParameterSetName switch
        {
            MessageCommand.TemplateSet => "A card needs -Title, -TextLine, -ImageUrl or -Button.",
            MessageCommand.MinimalSet => "-Minimal needs -Text.",
            MessageCommand.FormSet => "A form needs -Field.",
            MessageCommand.ContentSet => "-Content is empty.",
            _ => "Give -Text, -ImagePath, -ImageUrl, -FilePath or -FileUrl, or a column of that name; or another kind of content with -Template, -Minimal, -Form or -Content.",
        };
        return RowFault.Missing(row, null, ErrorIds.ContentMissing, $"there is nothing to send. {advice}{Hint(row)}");
    }

    private static string Hint(Row row) => row.IsText ? " The row is a text: -Text { $_ } sends it." : row.Hint;
}

using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Errors;

/// <summary>The errors of rows that were found before a request was spent on them.</summary>
internal static class RowErrors
{
    /// <summary>The consequence for a row that was to be sent.</summary>
    public const string NotSent = "Nothing was sent.";

    /// <summary>What is to be known of a row that an earlier run was cut off with.</summary>
    public const string MayHaveBeenSent =
        "An earlier run may have sent it: look in the conversation before you send it again.";

    /// <summary>The consequence for a row for which something was to be read.</summary>
    public const string NoRequest = "No request was made.";

    /// <summary>A row that cannot be used.</summary>
    /// <param name="row">The row.</param>
    /// <param name="problems">What is wrong with it; at least one thing.</param>
    /// <param name="consequence">What was not done.</param>
    public static ErrorRecord Invalid(Row row, IReadOnlyList<RowViolation> problems, string consequence)
    {
        var first = problems[0];
        var said = Words.Join(problems.Select(problem => problem.ToString()));

        // A row that lacks something was obviously not sent.
        var isLacking = first.Rule is RuleNames.RecipientMissing or RuleNames.ContentMissing
            or RuleNames.ConversationIdMissing;
        var message =
            char.ToLowerInvariant(said[0]) + said.Substring(1) + (isLacking ? string.Empty : " " + consequence);
        return new ErrorRecord(
            new WixInboxException(row.Begin(message))
            {
                Row = row.Number,
                Outcome = OutcomeKind.Rejected,
                Violations = problems.Select(problem => problem.Field).OfType<FieldViolation>().ToArray(),
            },
            first.Rule,
            first.Rule == ErrorIds.ContactUnsubscribed ? ErrorCategory.PermissionDenied : ErrorCategory.InvalidData,
            row.Target);
    }

    /// <summary>A row that breaks rules of the API, for which something was to be read.</summary>
    public static ErrorRecord Invalid(Row row, IEnumerable<FieldViolation> violations) =>
        Invalid(row, [.. violations.Select(violation => new RowViolation(row, violation))], NoRequest);

    /// <summary>Makes a violation of an error of the row.</summary>
    public static RowViolation ViolationOf(Row row, ErrorRecord error) =>
        new(row, null, ErrorIds.Of(error), error.Exception.Message);

    /// <summary>A row without an id, for which something was to be read.</summary>
    /// <param name="row">The row.</param>
    /// <param name="rule">The error id.</param>
    /// <param name="missing">What is missing.</param>
    /// <param name="parameters">The parameters that could have named one.</param>
    public static ErrorRecord IdMissing(Row row, string rule, string missing, params string[] parameters)
    {
        var empty = parameters.Where(parameter => row.ColumnFor(parameter) is not null).Select(row.NameOf).ToArray();
        var found = empty.Length > 0
            ? $"There is no {missing}: {Words.List(empty.Select(one => one.ToString()))} "
                + (empty.Length > 1 ? "are empty." : "is empty.")
            : $"There is no {missing}.";
        var choice = Words.List(parameters.Select(parameter => "-" + parameter), "or");
        var sentence = $"{found} Give {choice}, or a column of that name.{row.Hint}";
        return Invalid(
            row, [RowViolation.OfSentence(row, empty.Length == 1 ? empty[0] : null, rule, sentence)], NoRequest);
    }

    /// <summary>A row, where a parameter chooses among all contacts of the site.</summary>
    /// <param name="row">The row, which may name a contact.</param>
    /// <param name="parameter">The parameter.</param>
    public static ErrorRecord ListOfRow(Row row, string parameter) => new(
        new WixInboxException(row.Begin(
            $"-{parameter} chooses among all contacts of the site, and the row names "
                + (row.Recipient is { } recipient
                    ? $"one: {recipient}. To choose among the contacts of the rows: … | Get-WixInboxContact | "
                        + "Where-Object { … }."
                    : "none. To choose among those of several sites, pipe the connections in: Get-WixInboxConnection | "
                        + "Get-WixInboxContact …")))
        {
            Row = row.Number,
            Outcome = OutcomeKind.Rejected,
        },
        ErrorIds.ParameterCombinationInvalid,
        ErrorCategory.InvalidArgument,
        row.Target);

    /// <summary>An address that no contact has.</summary>
    public static ErrorRecord ContactNotFound(Row row) => new(
        new WixInboxException(row.Begin(
            $"no contact of the site has the address '{row.Recipient!.Value.Id}'. Check the spelling."))
        {
            Row = row.Number,
            Outcome = OutcomeKind.Rejected,
        },
        ErrorIds.ContactNotFound,
        ErrorCategory.ObjectNotFound,
        row.Target);
}

using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox;

/// <summary>
/// The result of Test-WixInboxMessage for a row: whether it may be sent, to whom, and what is wrong with it.
/// </summary>
public sealed class MessageTest
{
    internal MessageTest(Row row, ContentType? kind, RowViolation[] violations)
    {
        Row = row.Number;
        Recipient = row.Recipient?.ToString();
        Kind = kind;
        Violations = violations;
        InputObject = row.Input;
    }

    /// <summary>
    /// Gets the row's number, counted from 1 as the rows come down the pipeline; nothing for a call that no rows are
    /// piped into.
    /// </summary>
    public int? Row { get; }

    /// <summary>Gets a value indicating whether nothing was found that keeps the row from being sent.</summary>
    public bool Valid => Violations.Length == 0;

    /// <summary>
    /// Gets whom the row is for, for example <c>contact 0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c</c>; nothing if it names
    /// nobody.
    /// </summary>
    public string? Recipient { get; }

    /// <summary>Gets the kind of the content; nothing where it cannot be told.</summary>
    public ContentType? Kind { get; }

    /// <summary>Gets all that is wrong with the row, in sentences; nothing for a valid one.</summary>
    public string? Problem => Valid ? null : Words.Join(Violations.Select(violation => violation.ToString()));

    /// <summary>Gets all that is wrong with the row, one by one.</summary>
    public RowViolation[] Violations { get; }

    /// <summary>Gets the row itself, so that it can be exported, or sent.</summary>
    public PSObject? InputObject { get; }

    /// <summary>Gets what is found, in a line.</summary>
    /// <returns>For example <c>Row 3: there is no recipient.</c></returns>
    public override string ToString() =>
        (Row is { } row ? FormattableString.Invariant($"Row {row}: ") : string.Empty) + (Problem ?? "valid");
}

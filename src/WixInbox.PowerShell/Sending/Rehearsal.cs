using WixInbox.Rows;

namespace WixInbox.Sending;

/// <summary>
/// A run that sends nothing, with -WhatIf or by Test-WixInboxMessage: what it would send, what that would cost, and
/// which rows are odd.
/// </summary>
internal sealed class Rehearsal
{
    private readonly MessageRows _rows;
    private readonly bool _skipsDuplicates;

    /// <summary>Initializes a new instance of the <see cref="Rehearsal"/> class.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="skipsDuplicates">Whether a row with the message of an earlier one is left out.</param>
    /// <param name="summarizes">Whether the findings about all rows are wanted, for which each takes longer.</param>
    public Rehearsal(MessageRows rows, bool skipsDuplicates, bool summarizes)
    {
        _rows = rows;
        _skipsDuplicates = skipsDuplicates;
        Summary = summarizes ? new MessageTestSummary(Plan, rows.Blocks) : null;
    }

    /// <summary>Gets what the run would cost.</summary>
    public SendPlan Plan { get; } = new();

    /// <summary>Gets the findings about all rows; null where they are not wanted.</summary>
    public MessageTestSummary? Summary { get; }

    /// <summary>Takes a row that would not be sent.</summary>
    /// <param name="row">The row.</param>
    /// <param name="request">What would be sent.</param>
    /// <param name="problems">What is wrong with it.</param>
    public void Refuse(Row row, SendMessageRequest request, IReadOnlyList<RowViolation> problems) =>
        Summary?.Add(row, request, problems, isDuplicate: false);

    /// <summary>Takes a row that an earlier run has dealt with.</summary>
    /// <param name="row">The row.</param>
    /// <param name="request">What would be sent.</param>
    /// <param name="taken">The row as the run knows it.</param>
    public void Skip(Row row, SendMessageRequest request, BulkRow taken)
    {
        Plan.Skip();
        var isDuplicate = _rows.AddMessage(row, taken.HashContent());
        Summary?.Add(row, request, [], isDuplicate);
    }

    /// <summary>Takes a row that may be sent.</summary>
    /// <param name="row">The row.</param>
    /// <param name="request">What would be sent.</param>
    /// <param name="site">Where.</param>
    /// <param name="taken">The row as the run knows it; null without a connection.</param>
    /// <param name="isOdd">Whether somebody should look at it. It is told where there is a summary.</param>
    /// <returns>Whether it would be sent: a duplicate may be left out.</returns>
    public bool Send(Row row, SendMessageRequest request, SiteRun site, BulkRow? taken, out bool isOdd)
    {
        // As far as the rows tell. A run finds out more, and what it cannot send is no first one.
        var isDuplicate = _rows.AddMessage(
            row, taken?.HashContent() ?? new BulkMessage(row.Recipient, request).HashContent());
        isOdd = Summary?.Add(row, request, [], isDuplicate) == true;
        if (isDuplicate && _skipsDuplicates)
        {
            Plan.SkipDuplicate();
            return false;
        }

        _rows.NoteSent(row);
        Plan.Add(site.Plan!, row, request);
        return true;
    }
}

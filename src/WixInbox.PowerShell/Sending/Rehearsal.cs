using WixInbox.Commands;
using WixInbox.Pipeline;
using WixInbox.Rows;

namespace WixInbox.Sending;

/// <summary>
/// A run that is only rehearsed, with -WhatIf: what it would send, what that would cost, and what is odd about the
/// rows.
/// </summary>
internal sealed class Rehearsal
{
    private readonly MessageCommand _cmdlet;
    private readonly Action<string> _say;
    private readonly MessageTestSummary _summary;
    private readonly WhatIfRows _rows;

    /// <summary>Initializes a new instance of the <see cref="Rehearsal"/> class.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="blocks">The script blocks that were typed.</param>
    /// <param name="say">Says what would be done.</param>
    public Rehearsal(MessageCommand cmdlet, IReadOnlyList<RowBlock> blocks, Action<string> say)
    {
        _cmdlet = cmdlet;
        _say = say;
        _summary = new MessageTestSummary(Plan, blocks);
        _rows = new WhatIfRows(say, printAll: cmdlet.IsVerbose());
    }

    /// <summary>Gets what the run would cost.</summary>
    public SendPlan Plan { get; } = new();

    /// <inheritdoc cref="MessageTestSummary.Add"/>
    public bool Add(Row row, SendMessageRequest request, IReadOnlyList<RowViolation> problems, bool isDuplicate) =>
        _summary.Add(row, request, problems, isDuplicate);

    /// <summary>Says of a row what would be done.</summary>
    /// <param name="row">The row.</param>
    /// <param name="line">What would be done.</param>
    /// <param name="isOdd">Whether somebody should look at it.</param>
    public void Say(Row row, string line, bool isOdd) => _rows.Add(row.Number, row.Begin(line), isOdd);

    /// <summary>Says at the end what all rows come to.</summary>
    /// <param name="rows">How many came.</param>
    public void End(int rows)
    {
        var arePiped = _cmdlet.MyInvocation.ExpectingInput;
        if (rows == 0 && arePiped)
        {
            // A filter that is misspelt lets nothing through.
            _say("No row came, and nothing would be sent.");
        }

        if (rows == 0 || (rows == 1 && !arePiped))
        {
            return;
        }

        _rows.End(rows);
        if (rows > WhatIfRows.Short)
        {
            // To the screen, and not to the pipeline, where the messages would be.
            _cmdlet.WriteInformation(_summary, ["WixInbox", "PSHOST"]);
        }

        if (Plan.DescribeNotifications() is { } notice)
        {
            _say(notice);
        }

        _say(Plan.Describe(rows));
    }
}

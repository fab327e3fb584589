using System.Management.Automation;
using WixInbox.Pipeline;
using WixInbox.Rows;

namespace WixInbox.Sending;

/// <summary>
/// Prints what -WhatIf has to say: of a short file each row, and of a long one the first rows, the odd ones, which
/// nobody would find among all others, and a summary.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="rehearsal">What the run would do.</param>
/// <param name="print">Prints a line.</param>
internal sealed class WhatIfRows(PSCmdlet cmdlet, Rehearsal rehearsal, Action<string> print)
{
    // The most rows of a short file.
    private const int Short = 20;

    private const int First = 5;

    // What is held back until it is known whether the file is a long one.
    private readonly Queue<(string Line, bool IsOdd)> _held = new();
    private readonly bool _printsAll = cmdlet.IsVerbose();

    /// <summary>Gets what the run would do.</summary>
    public Rehearsal Rehearsal => rehearsal;

    /// <summary>Takes a row that would be sent.</summary>
    /// <param name="row">The row.</param>
    /// <param name="line">What would be done.</param>
    /// <param name="isOdd">Whether somebody should look at it.</param>
    public void Add(Row row, string line, bool isOdd)
    {
        var whole = row.Begin(line);
        if (_printsAll || row.Number is null or <= First)
        {
            print(whole);
        }
        else if (row.Number <= Short)
        {
            _held.Enqueue((whole, isOdd));
        }
        else
        {
            PrintHeld(areAll: false);
            PrintIf(isOdd, whole);
        }
    }

    /// <summary>Prints what is left, and what all rows come to.</summary>
    /// <param name="rows">How many came.</param>
    public void End(int rows)
    {
        var arePiped = cmdlet.MyInvocation.ExpectingInput;
        if (rows == 0 && arePiped)
        {
            // A filter that is misspelt lets nothing through.
            print("No row came, and nothing would be sent.");
        }

        if (rows == 0 || (rows == 1 && !arePiped))
        {
            return;
        }

        PrintHeld(areAll: rows <= Short);
        if (rows > Short)
        {
            // To the screen, and not to the pipeline, where the messages would be.
            cmdlet.WriteInformation(rehearsal.Summary, ["WixInbox", "PSHOST"]);
        }

        if (rehearsal.Plan.DescribeNotifications() is { } notice)
        {
            print(notice);
        }

        print(rehearsal.Plan.Describe(rows));
    }

    private void PrintHeld(bool areAll)
    {
        while (_held.Count > 0)
        {
            var (line, isOdd) = _held.Dequeue();
            PrintIf(areAll || isOdd, line);
        }
    }

    private void PrintIf(bool isWanted, string line)
    {
        if (isWanted)
        {
            print(line);
        }
    }
}

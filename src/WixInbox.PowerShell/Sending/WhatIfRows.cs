namespace WixInbox.Sending;

/// <summary>
/// Prints what a rehearsal has to say of each row: of a short file all of it, and of a long one the first rows and the
/// odd ones, which nobody would find among all others.
/// </summary>
/// <param name="print">Prints a line.</param>
/// <param name="printAll">Whether all of a long file is wanted.</param>
internal sealed class WhatIfRows(Action<string> print, bool printAll)
{
    /// <summary>The most rows of a short file.</summary>
    public const int Short = 20;

    private const int First = 5;

    // What is held back until it is known whether the file is a long one.
    private readonly Queue<(string Line, bool IsOdd)> _held = new();

    /// <summary>Takes a row.</summary>
    /// <param name="number">The number of the row; null for a call that no rows are piped into.</param>
    /// <param name="line">What would be done.</param>
    /// <param name="isOdd">Whether somebody should look at it.</param>
    public void Add(int? number, string line, bool isOdd)
    {
        if (printAll || number is null or <= First)
        {
            print(line);
        }
        else if (number <= Short)
        {
            _held.Enqueue((line, isOdd));
        }
        else
        {
            PrintHeld(areAll: false);
            PrintIf(isOdd, line);
        }
    }

    /// <summary>Prints what is left, when all rows have come.</summary>
    /// <param name="rows">How many came.</param>
    public void End(int rows) => PrintHeld(areAll: rows <= Short);

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

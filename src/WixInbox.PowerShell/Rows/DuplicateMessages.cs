using System.Management.Automation;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// The rows of a run that say to a recipient what an earlier row has said to the same one. A run that sends finds them
/// by the conversation; a rehearsal, which looks nobody up, by how the rows name the recipient.
/// </summary>
internal sealed class DuplicateMessages(PSCmdlet cmdlet)
{
    private const int MostShown = 3;

    // By site, in upper or lower case, since the same address at two sites is two recipients. Of each message, 16 bytes
    // are kept, and not its text.
    private readonly Dictionary<string, Dictionary<Guid, int>> _firstRows = new(StringComparer.OrdinalIgnoreCase);

    // The first, each with the row that it is a duplicate of: 4 (as 1).
    private readonly List<string> _shown = [];
    private int _count;

    /// <summary>Takes a row that may be sent.</summary>
    /// <param name="row">The row.</param>
    /// <param name="content">A hash of whom it is for and what would be sent.</param>
    /// <returns>Whether an earlier row has the same recipient and message.</returns>
    public bool Add(Row row, Guid content)
    {
        if (row.Number is not { } number)
        {
            return false;
        }

        // An empty column of connections names none: the row goes to the site that it names.
        var site = (row.Connection is { IsEmpty: false } connection ? connection.ToString() : row.SiteId)
            ?? string.Empty;
        if (!_firstRows.TryGetValue(site, out var firstRows))
        {
            firstRows = [];
            _firstRows.Add(site, firstRows);
        }

        if (!firstRows.TryGetValue(content, out var first))
        {
            firstRows.Add(content, number);
            return false;
        }

        Add(number, first);
        return true;
    }

    /// <summary>Takes a duplicate.</summary>
    /// <param name="number">The number of the row.</param>
    /// <param name="first">That of the earlier one.</param>
    public void Add(int number, int first)
    {
        _count++;
        if (_shown.Count < MostShown)
        {
            _shown.Add($"{Words.Number(number)} (as {Words.Number(first)})");
        }
    }

    /// <summary>Says at the end how many there were.</summary>
    /// <param name="areSkipped">Whether the rows were left out, as it was asked for.</param>
    /// <param name="wereSent">Whether it is too late to leave them out.</param>
    public void Report(bool areSkipped, bool wereSent)
    {
        if (_count == 0)
        {
            return;
        }

        var rows = $"{Words.Count(_count, "row has", "rows have")} the same message for the same recipient as an "
            + $"earlier one: {Words.First(_shown, _count)}.";
        if (areSkipped)
        {
            cmdlet.WriteVerbose(rows + " Only the first is sent (-SkipDuplicate).");
        }
        else
        {
            cmdlet.WriteWarning(rows + (wereSent
                ? " None was left out, and another run would send all again. In the next mailing, -SkipDuplicate "
                    + "sends only the first."
                : " With -SkipDuplicate, only the first is sent."));
        }
    }
}

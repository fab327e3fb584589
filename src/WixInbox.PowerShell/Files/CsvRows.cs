using System.Management.Automation;

namespace WixInbox.Files;

/// <summary>Makes an object of each row, whose properties are the columns.</summary>
internal sealed class CsvRows
{
    private readonly IReadOnlyList<string> _columns;

    public CsvRows(IReadOnlyList<string> columns) => _columns = columns;

    public PSObject Make(string?[] cells)
    {
        var row = new PSObject();
        for (var index = 0; index < cells.Length; index++)
        {
            // Each name is there but once, which the collection need not look for.
            row.Properties.Add(new PSNoteProperty(_columns[index], cells[index]), preValidated: true);
        }

        return row;
    }
}

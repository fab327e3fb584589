using System.Globalization;
using System.Management.Automation;

namespace WixInbox.Rows;

/// <summary>
/// Sees whether a script block that was typed for the text gives the same one for all rows, which is then no text for
/// each.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="blocks">The blocks that were typed.</param>
internal sealed class SameText(PSCmdlet cmdlet, IReadOnlyList<RowBlock> blocks)
{
    private readonly string? _parameter =
        blocks.Select(block => block.Parameter).FirstOrDefault(parameter => parameter is "Text" or "Title");
    private string? _first;
    private int _rows;
    private bool _differ;

    /// <summary>Takes the text of a row.</summary>
    public void Add(Row row)
    {
        if (_parameter is null || _differ || row.Get<string>(_parameter) is not { } text)
        {
            return;
        }

        _first ??= text;
        _differ = text != _first;
        _rows++;
    }

    /// <summary>Says at the end that there was but one text.</summary>
    public void Warn()
    {
        if (_rows > 1 && !_differ)
        {
            cmdlet.WriteWarning(string.Format(
                CultureInfo.InvariantCulture,
                "The block of -{0} gave the same text for all {1:N0} rows. "
                    + "If it is meant so, give the text without braces, or -SkipCheck SameText.",
                _parameter,
                _rows));
        }
    }
}

using System.Management.Automation;

namespace WixInbox.Rows;

/// <summary>
/// An object that Export-Csv, ConvertTo-Json or a string has written into a cell:
/// <c>@{Email=ada@example.com; Unsubscribed=yes}</c>.
/// </summary>
internal static class WrittenObject
{
    private const string Start = "@{";
    private const string Separator = "; ";

    /// <summary>Tells whether a cell has one.</summary>
    public static bool IsOne(string text) =>
        text.StartsWith(Start, StringComparison.Ordinal) && text.EndsWith("}", StringComparison.Ordinal);

    /// <summary>
    /// Reads it back, with texts for values: what a value had after a semicolon may be taken for a member.
    /// </summary>
    /// <returns>The object; null if the cell has something else.</returns>
    public static PSObject? Read(string text)
    {
        if (!IsOne(text))
        {
            return null;
        }

        var read = new PSObject();
        foreach (var member in text.Substring(Start.Length, text.Length - Start.Length - 1).Split([Separator], default))
        {
            if (member.IndexOf('=') is > 0 and var at
                && member.Substring(0, at).Trim() is { Length: > 0 } name
                && read.Properties[name] is null)
            {
                read.Properties.Add(new PSNoteProperty(name, member.Substring(at + 1)), preValidated: true);
            }
        }

        return read;
    }
}

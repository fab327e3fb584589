using System.Text;
using WixInbox.Csv;

namespace WixInbox.PowerShell.Tests;

/// <summary>What a file of rows is read as: its columns, its rows, and what was said of it.</summary>
internal sealed record CsvText(string[] Columns, string?[][] Rows, string[] Warnings, string Description)
{
    /// <summary>Gets the cells of a column.</summary>
    public string?[] this[string column] => [.. Rows.Select(row => row[Array.IndexOf(Columns, column)])];

    /// <summary>Reads a text as a file of it is read.</summary>
    public static CsvText Of(
        string text,
        Encoding? written = null,
        Encoding? encoding = null,
        char? separator = null,
        string[]? header = null) =>
        OfBytes((written ?? new UTF8Encoding(false)).GetBytes(text), encoding, separator, header);

    public static CsvText OfBytes(
        byte[] bytes,
        Encoding? encoding = null,
        char? separator = null,
        string[]? header = null,
        int systemCodePage = 1252)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("people.csv");
        File.WriteAllBytes(path, bytes);
        using var file = CsvFile.Open(
            path, encoding, separator, header, systemCodePage, TestContext.Current.CancellationToken);
        List<string> warnings = [];
        var rows = file.Read(warnings.Add).ToArray();
        return new CsvText([.. file.Columns], rows, [.. warnings], file.Describe());
    }
}

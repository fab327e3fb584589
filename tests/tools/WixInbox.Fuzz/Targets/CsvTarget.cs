using WixInbox.Csv;
using WixInbox.Rows;

namespace WixInbox.Fuzz;

/// <summary>A file of rows: it is read, each row with a cell for each column, or refused with a line.</summary>
internal sealed class CsvTarget : FuzzTarget
{
    private readonly string _path = Path.GetTempFileName();

    public override string Name => "csv";

    public override IReadOnlyList<string> Words { get; } =
    [
        "Email", "First Name", "@", "a@example.com", "\"", "\"\"", "\r\n", "\n", "\r", ",", ";", "\t", "|", "sep=;",
        "#TYPE ",
        "Total", "=\"", "\uFEFF", "é", "漢", "mailto:", "<a@example.com>", "\0",
    ];

    public override IEnumerable<byte[]> Seeds() => SeedFiles();

    public override void Run(byte[] input)
    {
        File.WriteAllBytes(_path, input);
        try
        {
            using var file = CsvFile.Open(_path, null, null, null, 1252, CancellationToken.None);
            Hold(file.Columns.Distinct(StringComparer.OrdinalIgnoreCase).Count() == file.Columns.Count,
                "Each column has a name of its own.");
            foreach (var row in file.Read(_ => { }))
            {
                Hold(row.Length == file.Columns.Count, "A row has a cell for each column.");
                foreach (var cell in row)
                {
                    Read(cell);
                }
            }

            Hold(file.Describe().Length > 0, "It says how the file was read.");
        }
        catch (CsvException exception)
        {
            Hold(exception.Line >= 0 && exception.Line <= input.Length + 1, "The line of an error is one of the file.");
        }
    }

    private static void Read(string? cell)
    {
        if (AddressText.Read(cell) is { Problem: null } address)
        {
            var again = AddressText.Read(address.Address);
            Hold(again is { Problem: null, IsChanged: false } && again.Address == address.Address,
                "What was made right is right.");
        }
    }
}

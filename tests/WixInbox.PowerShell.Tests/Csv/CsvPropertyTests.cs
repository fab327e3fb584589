using System.Text;
using CsCheck;

namespace WixInbox.PowerShell.Tests;

/// <summary>What is written is read, whatever is in it.</summary>
public sealed class CsvPropertyTests
{
    // A line of a text that is a row by itself, with an address, is refused.
    private static readonly Gen<string> s_cell = Gen.OneOf(
        Gen.String[Gen.Char["aé ,;\t|\"\r\n'=@1ł漢"], 0, 12]
            .Select(cell => cell.IndexOfAny(['\r', '\n']) < 0 ? cell : cell.Replace('@', 'a')),
        Gen.String[Gen.Char['a', 'z'], 0, 8],
        Gen.Const(string.Empty));

    private static readonly Gen<string> s_separator = Gen.Char[",;\t|"].Select(letter => letter.ToString());
    private static readonly Gen<string> s_lineEnd = Gen.OneOf(Gen.Const("\r\n"), Gen.Const("\n"), Gen.Const("\r"));

    [Fact]
    public void Rows_that_are_quoted_where_they_must_be_are_read_as_they_are() =>
        Gen.Select(s_cell.Array[3].Array[1, 8], s_separator, s_lineEnd, Gen.Bool, Gen.Bool).Sample(
            (rows, separator, lineEnd, isQuoted, isUtf16) =>
            {
                // An address in each, so that no row is empty or a footer.
                var lines = rows.Select(row => (string[])[.. row, "a@example.com"])
                    .Prepend(["First Name", "Last Name", "Note", "Email"]);
                var text = string.Concat(lines.Select(
                    line => string.Join(separator, line.Select(cell => Quote(cell, separator, isQuoted))) + lineEnd));
                var file = CsvText.Of(text, isUtf16 ? Encoding.Unicode : null);
                Assert.Equal(rows.Select(row => (string?[])[.. row.Select(Plain), "a@example.com"]), file.Rows);
                Assert.Empty(file.Warnings);
            },
            iter: 2_000);

    [Fact]
    public void No_bytes_are_too_odd_to_end_in_rows_or_in_an_error_with_a_line() =>
        Gen.Byte.Array[0, 400].Sample(
            bytes =>
            {
                try
                {
                    var file = CsvText.OfBytes(bytes);
                    Assert.All(file.Rows, row => Assert.Equal(file.Columns.Length, row.Length));
                    Assert.Equal(file.Columns.Length, file.Columns.Distinct(StringComparer.OrdinalIgnoreCase).Count());
                }
                catch (WixInbox.Csv.CsvException exception)
                {
                    Assert.InRange(exception.Line, 0, bytes.Length + 1);
                }
            },
            iter: 2_000);

    private static string Quote(string cell, string separator, bool isQuoted) =>
        isQuoted
        || cell.Contains(separator, StringComparison.Ordinal)
        || cell.IndexOfAny(['"', '\r', '\n']) >= 0
        || cell.Trim(' ') != cell
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    // What Excel puts around numbers is tested by itself.
    private static string Plain(string cell) =>
        cell.Length > 2 && cell.StartsWith("=\"", StringComparison.Ordinal) && cell.IndexOf('"', 2) == cell.Length - 1
            ? cell[2..^1]
        : cell.StartsWith('\'') && cell.TrimStart('\'') is { Length: > 0 } rest
            && (rest[0] is '=' or '@' or '\t' or '\r' or '\n' || rest.All(letter => letter is '1' or ' ' or ','))
            ? cell[1..]
        : cell;
}

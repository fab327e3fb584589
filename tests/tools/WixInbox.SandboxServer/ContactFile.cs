using WixInbox.Sandbox;

namespace WixInbox.SandboxServer;

/// <summary>
/// Reads contacts from a CSV file with a header. A column that there is not is an error: a contact that silently has
/// less hides bugs.
/// </summary>
internal static class ContactFile
{
    private static readonly string[] s_columns =
    [
        "Email", "FirstName", "LastName", "ContactId", "MemberId", "SubscriptionStatus",
    ];

    /// <exception cref="FormatException">The text cannot be read; the message says where and why.</exception>
    public static List<SandboxContact> Read(string csv)
    {
        List<(int Line, List<string> Fields)> records = CsvReader.Read(csv.TrimStart('\uFEFF'));
        if (records.Count == 0)
        {
            throw new FormatException($"There is no header. The columns are {string.Join(", ", s_columns)}.");
        }

        string[] header = [.. records[0].Fields.Select(Column)];
        if (header.Distinct().Count() < header.Length)
        {
            throw new FormatException("The header has a column twice.");
        }

        if (!header.Contains("Email"))
        {
            throw new FormatException("The header has no column Email.");
        }

        var contacts = new List<SandboxContact>();
        foreach ((int line, List<string> fields) in records.Skip(1))
        {
            if (fields.Count != header.Length)
            {
                throw new FormatException(
                    $"Line {line} has {fields.Count} fields, and the header has {header.Length}.");
            }

            contacts.Add(ReadOne(header, fields));
        }

        return contacts;
    }

    private static string Column(string name) =>
        Array.Find(s_columns, column => string.Equals(column, name.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new FormatException($"There is no column {name}. The columns are {string.Join(", ", s_columns)}.");

    private static SandboxContact ReadOne(string[] header, List<string> fields)
    {
        var contact = new SandboxContact();
        foreach ((string column, string value) in header.Zip(fields).Where(pair => pair.Second.Length > 0))
        {
            switch (column)
            {
                case "Email":
                    contact.Emails.Add(value);
                    break;
                case "FirstName":
                    contact.FirstName = value;
                    break;
                case "LastName":
                    contact.LastName = value;
                    break;
                case "ContactId":
                    contact.Id = value;
                    break;
                case "MemberId":
                    contact.MemberId = value;
                    break;
                default:
                    contact.SubscriptionStatus = value;
                    break;
            }
        }

        return contact;
    }
}

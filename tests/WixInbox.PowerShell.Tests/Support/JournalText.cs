using System.Globalization;
using System.Numerics;
using System.Text;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>A journal as text, line by line, with times of its own.</summary>
internal sealed class JournalText
{
    private readonly StringBuilder _lines = new();
    private int _ids;

    public JournalText(DateTimeOffset created, string keyProperty = "Order")
    {
        Time = created;
        Add($$"""{"t":"H","v":1,"tool":"WixInbox 0.1.0","to":"account 4c1f, site 9a2b","key":{{Quoted(keyProperty)}},"created":"{{Stamp()}}" """);
    }

    /// <summary>Gets or sets what the clock shows.</summary>
    public DateTimeOffset Time { get; set; }

    /// <summary>
    /// A journal of 2,400 contacts, cut off after a while and gone on with, with a bit of everything that can go wrong.
    /// </summary>
    public static string Sample()
    {
        var journal = new JournalText(new DateTimeOffset(2026, 11, 24, 9, 0, 12, TimeSpan.Zero));
        journal.Run(2400);
        for (var row = 1; row <= 2400; row++)
        {
            if (row == 1500)
            {
                // The power went, and came back.
                journal.Try(row);
                journal.Time += TimeSpan.FromMinutes(50);
                journal.Run(2400);
            }

            // 100 rows a minute: each costs a look-up and a message. After a while Wix is slower.
            journal.Time += TimeSpan.FromMilliseconds(row is > 700 and < 900 ? 1400 : 600);
            journal.LookUp(row);
            if (row % 400 == 3)
            {
                journal.Invalid(row, "TextTooLong");
                continue;
            }

            journal.Try(row);
            switch (row)
            {
                case 2399 or 2400:
                    break;
                case 77 or 78 or 1800:
                    journal.End('F', row, "CONVERSATION_NOT_FOUND", 404, 1);
                    break;
                case 1200:
                    journal.End('F', row, "IDENTITY_DOES_NOT_MATCH", 403, 1);
                    break;
                case 1777:
                    journal.End('A', row, "Timeout", null, 2);
                    break;
                case 2100 or 2101:
                    journal.End('N', row, "Connection", null, 4);
                    break;
                default:
                    journal.Sent(row, row % 600 == 1);
                    break;
            }
        }

        return journal.ToString();
    }

    public void Run(int? total) =>
        Add($$"""{"t":"O","run":"r","pid":1,"host":"here"{{(total is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $",\"total\":{total}"))}},"ts":"{{Stamp()}}" """);

    public void LookUp(int row, string? conversation = null) =>
        Add($$"""{"t":"R","p":"{{row:x32}}","c":"{{conversation ?? Conversation(row)}}" """);

    public void Try(int row, string? key = null) =>
        Add($$"""{"t":"I","k":{{Quoted(key ?? $"A-{row}")}},"row":{{row}},"p":"{{row:x32}}","c":"{{Conversation(row)}}","ts":"{{Stamp()}}" """);

    public void Sent(int row, bool reconciled = false, string? key = null) =>
        Add($$"""{"t":"S","k":{{Quoted(key ?? $"A-{row}")}},"id":"{{++_ids}}","at":"{{Stamp()}}","n":1{{(reconciled ? ",\"rec\":true" : string.Empty)}},"ts":"{{Stamp()}}" """);

    public void End(
        char kind,
        int row,
        string? code,
        int? status,
        int attempts,
        string? key = null,
        string requestId = "1700000000.5f3c2a") =>
        Add($$"""{"t":"{{kind}}","k":{{Quoted(key ?? $"A-{row}")}}{{(code is null ? string.Empty : $",\"code\":{Quoted(code)}")}}{{(status is null ? string.Empty : $",\"st\":{status}")}}{{(status is null ? string.Empty : $",\"req\":{Quoted(requestId)}")}},"n":{{attempts}},"ts":"{{Stamp()}}" """);

    public void Invalid(int row, string code) =>
        Add($$"""{"t":"F","k":"A-{{row}}","row":{{row}},"code":"{{code}}","n":0,"ts":"{{Stamp()}}" """);

    public override string ToString() => _lines.ToString();

    private static string Conversation(int row) =>
        string.Create(CultureInfo.InvariantCulture, $"5f0c7f3e-6f0e-4d3c-9b7a-{row:d12}");

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private string Stamp() => Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private void Add(string json)
    {
        var line = json.TrimEnd();
        var sum = uint.MaxValue;
        foreach (var value in Encoding.UTF8.GetBytes(line))
        {
            sum = BitOperations.Crc32C(sum, value);
        }

        _lines.Append(CultureInfo.InvariantCulture, $"{line},\"x\":\"{~sum:x8}\"}}\n");
    }
}

using System.Globalization;
using System.Text.Json;

namespace WixInbox.Journal;

/// <summary>One line of a journal. Members that its kind does not use are null.</summary>
internal sealed class JournalRecord
{
    // Asked for each of a million lines.
    private static readonly string s_kinds = string.Concat(
        ((RecordKind[])Enum.GetValues(typeof(RecordKind)))
            .Where(kind => kind != RecordKind.Other)
            .Select(kind => (char)kind));

    // "created" is the longest name of a member.
    private const int LongestName = 7;

    private string? _key;
    private Hash128? _keyHash;

    public RecordKind Kind { get; set; }

    public int? Version { get; set; }

    public string? Tool { get; set; }

    public string? Connection { get; set; }

    /// <summary>Gets or sets the name of the connection over which the rows of a journal beside this one go.</summary>
    public string? Name { get; set; }

    public string? KeyProperty { get; set; }

    public DateTimeOffset? Created { get; set; }

    public string? Run { get; set; }

    public int? ProcessId { get; set; }

    public string? Host { get; set; }

    public int? ExpectedCount { get; set; }

    public string? Key
    {
        get => _key ??= _keyHash?.ToString();
        set => (_key, _keyHash) = (value, null);
    }

    /// <summary>
    /// Gets the hash of the key. A key that this program made is a hash already, and becomes text only on request.
    /// </summary>
    public Hash128 KeyHash => _keyHash ??= JournalReplay.HashOf(_key!);

    /// <summary>
    /// Gets the key as text; null for one that this program made, as long as <see cref="Key"/> was not asked for.
    /// </summary>
    public string? GivenKey => _key;

    public int? Row { get; set; }

    public Hash128? Recipient { get; set; }

    public string? ConversationId { get; set; }

    public Hash128? Fingerprint { get; set; }

    /// <summary>
    /// Gets or sets the hash of the whole content, of a failure under a given key: a badge may be what was wrong.
    /// </summary>
    public Hash128? Content { get; set; }

    public string? MessageId { get; set; }

    /// <summary>
    /// Gets or sets what the server's clock showed: when it made the message; for an intent, when that was written, if
    /// an answer had told.
    /// </summary>
    public DateTimeOffset? ServerTime { get; set; }

    public string? Code { get; set; }

    public int? Status { get; set; }

    public string? RequestId { get; set; }

    public int? Attempts { get; set; }

    public bool Reconciled { get; set; }

    /// <summary>Gets or sets when the line was written, by our clock.</summary>
    public DateTimeOffset? Time { get; set; }

    /// <summary>Reads a line's JSON.</summary>
    /// <returns>The record; null if the line is not JSON, or lacks what its kind cannot be without.</returns>
    public static JournalRecord? Parse(byte[] buffer, int start, int count)
    {
        try
        {
            var reader = new Utf8JsonReader(new ReadOnlySpan<byte>(buffer, start, count));
            var record = new JournalRecord();
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            // No name and no hash becomes a string: a journal may have two million lines.
            Span<char> name = stackalloc char[LongestName];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var length = reader.ValueSpan.Length <= LongestName ? reader.CopyString(name) : 0;
                reader.Read();
                record.ReadMember(name.Slice(0, length), ref reader);
            }

            return !reader.Read() && record.IsWhole() ? record : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    // One order serves all kinds.
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("t", ((char)Kind).ToString());
        Number(writer, "v", Version);
        Text(writer, "tool", Tool);
        Text(writer, "to", Connection);
        Text(writer, "as", Name);
        Text(writer, "key", KeyProperty);
        Text(writer, "created", Of(Created));
        Text(writer, "run", Run);
        Number(writer, "pid", ProcessId);
        Text(writer, "host", Host);
        Number(writer, "total", ExpectedCount);
        Text(writer, "k", Key);
        Number(writer, "row", Row);
        Text(writer, "p", Recipient?.ToString());
        Text(writer, "c", ConversationId);
        Text(writer, "h", Fingerprint?.ToString());
        Text(writer, "m", Content?.ToString());
        Text(writer, "id", MessageId);
        Text(writer, "at", Of(ServerTime));
        Text(writer, "code", Code);
        Number(writer, "st", Status);
        Text(writer, "req", RequestId);
        Number(writer, "n", Attempts);
        if (Reconciled)
        {
            writer.WriteBoolean("rec", true);
        }

        Text(writer, "ts", Of(Time));
        writer.WriteEndObject();
    }

    private bool HasKey => _keyHash is not null || _key is not null;

    private static RecordKind KindOf(string? letter) =>
        letter is { Length: 1 } && s_kinds.Contains(letter[0]) ? (RecordKind)letter[0] : RecordKind.Other;

    private static string? Of(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static Hash128? HashIn(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length != Hash128.Digits)
        {
            return null;
        }

        Span<char> digits = stackalloc char[Hash128.Digits];
        return Hash128.Parse(digits.Slice(0, reader.CopyString(digits)));
    }

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Number(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private void ReadMember(scoped ReadOnlySpan<char> name, ref Utf8JsonReader reader)
    {
        switch (name)
        {
            case "t":
                Kind = KindOf(reader.GetString());
                break;
            case "v":
                Version = reader.GetInt32();
                break;
            case "tool":
                Tool = reader.GetString();
                break;
            case "to":
                Connection = reader.GetString();
                break;
            case "as":
                Name = reader.GetString();
                break;
            case "key":
                KeyProperty = reader.GetString();
                break;
            case "created":
                Created = reader.GetDateTimeOffset();
                break;
            case "run":
                Run = reader.GetString();
                break;
            case "pid":
                ProcessId = reader.GetInt32();
                break;
            case "host":
                Host = reader.GetString();
                break;
            case "total":
                ExpectedCount = reader.GetInt32();
                break;
            case "k":
                _keyHash = HashIn(ref reader);
                _key = _keyHash is null ? reader.GetString() : null;
                break;
            case "row":
                Row = reader.GetInt32();
                break;
            case "p":
                Recipient = HashIn(ref reader) ?? throw new FormatException("No hash.");
                break;
            case "c":
                ConversationId = reader.GetString();
                break;
            case "h":
                Fingerprint = HashIn(ref reader) ?? throw new FormatException("No hash.");
                break;
            case "m":
                Content = HashIn(ref reader) ?? throw new FormatException("No hash.");
                break;
            case "id":
                MessageId = reader.GetString();
                break;
            case "at":
                ServerTime = reader.GetDateTimeOffset();
                break;
            case "code":
                Code = reader.GetString();
                break;
            case "st":
                Status = reader.GetInt32();
                break;
            case "req":
                RequestId = reader.GetString();
                break;
            case "n":
                Attempts = reader.GetInt32();
                break;
            case "rec":
                Reconciled = reader.GetBoolean();
                break;
            case "ts":
                Time = reader.GetDateTimeOffset();
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private bool IsWhole() => Kind switch
    {
        RecordKind.Header => Version is not null && Connection is not null && Created is not null,
        RecordKind.Run => Time is not null,
        RecordKind.Beside => Connection is not null,
        RecordKind.Recipient or RecordKind.Address => Recipient is not null && ConversationId is not null,
        RecordKind.Intent => HasKey && ConversationId is not null && Time is not null,
        RecordKind.Other => true,
        _ => HasKey && Time is not null,
    };
}

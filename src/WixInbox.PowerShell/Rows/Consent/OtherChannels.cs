using System.Management.Automation;
using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>
/// The names of ways to reach somebody that are no mail, and of what else can be subscribed to: who wants nothing by
/// SMS may well want a message.
/// </summary>
internal static class OtherChannels
{
    private static readonly Regex s_boundary = new(
        @"(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|[^\p{L}]+", RegexOptions.CultureInvariant);

    private static readonly Regex s_mail = new(
        "(?<!(postal|direct|snail|voice) ?)mail|newsletter|inbox", RegexOptions.CultureInvariant);

    // What is said or sent on paper over a telephone line, and neither read in an inbox.
    private static readonly Regex s_calls = new(
        @"\b(tele)?fax|\b(tele)?phone|\btelefon|\btéléphon|\bteléfono|\bcall(s|ing)?\b|\bvoice ?mail",
        RegexOptions.CultureInvariant);

    private static readonly Regex s_others = new(
        @"sms|whats ?app|\b(mms|rcs|push|voice|telegram|viber|messenger|wechat)s?\b", RegexOptions.CultureInvariant);

    // Those that are the names of much else too: a label has a text, and a field a type.
    private static readonly Regex s_outer = new(
        @"\b(mobile|cell|text|texting|post|postal|direct ?mail|letter|plan|course|podcast|forum)s?\b",
        RegexOptions.CultureInvariant);

    private static readonly Regex s_value = new(
        "^(sms|mms|rcs|push|whats ?app|telegram|viber|messenger|wechat|voice|phone|calls?|fax)$",
        RegexOptions.CultureInvariant);

    private static readonly string[] s_members = ["channel", "medium", "type", "kind"];

    /// <summary>Tells whether a name is that of mail, whatever else is in it.</summary>
    public static bool IsMail(string name) => s_mail.IsMatch(WordsOf(name));

    /// <summary>Tells whether a name is that of another channel, and not of mail too.</summary>
    public static bool IsOther(string name) =>
        WordsOf(name) is var words && !s_mail.IsMatch(words) && (s_others.IsMatch(words) || s_calls.IsMatch(words));

    /// <summary>Tells whether what stands in a column of this name is about another channel, or a plan.</summary>
    public static bool IsOtherFor(string outer) =>
        IsOther(outer) || (WordsOf(outer) is var words && !s_mail.IsMatch(words) && s_outer.IsMatch(words));

    /// <summary>Tells whether a name is that of calls or faxes, and not of mail too.</summary>
    public static bool IsCalls(string name) =>
        WordsOf(name) is var words && !s_mail.IsMatch(words) && s_calls.IsMatch(words);

    /// <summary>
    /// Finds the other channel that an object is about, where a member of it says so. What names a person is a row, and
    /// its channel that of an order.
    /// </summary>
    /// <returns>The channel as it is written there; null if none says so.</returns>
    public static string? In(PSObject one) => s_members
        .Select(name => (one.Properties[name] as PSNoteProperty)?.Value as string)
        .FirstOrDefault(value => value is not null && s_value.IsMatch(WordsOf(value)))
            is { } channel && one.Properties.All(member => ColumnNames.Find(member.Name) is null)
            ? channel
            : null;

    private static string WordsOf(string name) => s_boundary.Replace(name, " ").ToLowerInvariant();
}

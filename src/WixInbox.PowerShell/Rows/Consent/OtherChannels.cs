using System.Management.Automation;
using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>
/// The names of ways to reach somebody that are no mail, and of what else can be subscribed to: who wants nothing by
/// SMS may well want a message.
/// </summary>
internal static class OtherChannels
{
    private static readonly Regex s_mail = new(
        @"(?<!(postal|direct|snail|voice) ?)mail|newsletter|inbox|\be ?post\b", RegexOptions.CultureInvariant);

    // What is said or sent on paper over a telephone line, and neither read in an inbox.
    private static readonly Regex s_calls = new(
        @"\b(tele)?fax|\b(tele)?phone|\btelefon|\btéléphon|\bteléfono|\bcall(s|ing)?\b|\bvoice ?mail",
        RegexOptions.CultureInvariant);

    private static readonly Regex s_messages = new(
        "messag|nachricht|contact|kontakt|post", RegexOptions.CultureInvariant);

    // Whole names: those of people and of shops have such words in them too.
    private const string Names = ChannelChoice.Names;

    private static readonly Regex s_other = new(
        $"^{Names}( (marketing|messag(es?|ing)|notifications?|consents?|subscriptions?|preferences?|settings?|status"
            + "|opt ?ins?|permissions?|updates?|alerts?|channel))*$",
        RegexOptions.CultureInvariant);

    private static readonly Regex s_channel = new($"^{Names}$", RegexOptions.CultureInvariant);

    private static readonly string[] s_members = ["channel", "medium"];

    /// <summary>Tells whether a name is that of mail, whatever else is in it.</summary>
    public static bool IsMail(string name) => s_mail.IsMatch(ColumnNames.WordsOf(name));

    /// <summary>Tells whether a name is that of another channel.</summary>
    public static bool IsOther(string name) => s_other.IsMatch(ColumnNames.WordsOf(name));

    /// <summary>Tells whether what stands in a column of this name is about another channel, or a plan.</summary>
    public static bool IsOtherFor(string outer) => IsOther(outer) || ColumnNames.WordsOf(outer) == "plan";

    /// <summary>Tells whether a name is that of calls or faxes, and neither of mail nor of messages too.</summary>
    public static bool IsCalls(string name) =>
        ColumnNames.WordsOf(name) is var words
        && !s_mail.IsMatch(words)
        && !s_messages.IsMatch(words)
        && s_calls.IsMatch(words);

    /// <summary>Finds the other channel that an object is about, where a member of it says so.</summary>
    /// <returns>The channel as it is written there; null if none says so.</returns>
    public static string? In(PSObject one) => s_members
        .Select(name => (one.Properties[name] as PSNoteProperty)?.Value as string)
        .FirstOrDefault(value => value is not null && s_channel.IsMatch(ColumnNames.WordsOf(value)))
            is { } channel && !NamesSomebody(one)
            ? channel
            : null;

    /// <summary>
    /// Tells whether an object names a person: it is a row then, wherever it stands, and its channel is that of an
    /// order.
    /// </summary>
    public static bool NamesSomebody(PSObject one) => one.Properties.Any(
        member => ColumnNames.Find(member.Name) is var (parameter, _) && RecipientParameters.Names.Contains(parameter));
}

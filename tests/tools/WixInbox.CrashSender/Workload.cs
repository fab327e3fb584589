namespace WixInbox.CrashSender;

/// <summary>The rows that each start of the program sends, the same every time.</summary>
public static class Workload
{
    /// <summary>How many rows there are.</summary>
    public const int Rows = 1_000;

    // Some are named by their contact and have to be found, and there are several rows for each.
    private const int Conversations = 120;
    private const int Contacts = 60;

    /// <summary>Makes the rows.</summary>
    /// <returns>
    /// Whom each is for, and what it says. Every seventh says the same as others to the same recipient.
    /// </returns>
    public static IEnumerable<(Recipient Recipient, string Text)> Create()
    {
        for (var row = 0; row < Rows; row++)
        {
            var who = row * 7919 % (Conversations + Contacts);
            var recipient = who < Conversations
                ? new Recipient(RecipientKind.Conversation, Id(0xC0, who))
                : new Recipient(RecipientKind.Contact, Id(0xCA, who));
            yield return (
                recipient, row % 7 == 0 ? "The same to all." : FormattableString.Invariant($"Message {row}."));
        }
    }

    private static string Id(byte kind, int number) =>
        new Guid(number + 1, kind, 0, 0x80, 0, 0, 0, 0, 0, 0, 1).ToString();
}

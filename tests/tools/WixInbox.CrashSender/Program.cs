using System.Security;

namespace WixInbox.CrashSender;

/// <summary>
/// Sends the rows of <see cref="Workload"/> to a server with a journal, as a user's command would, and is killed while it does so:
/// <c>WixInbox.CrashSender address journal</c>.
/// </summary>
internal static class Program
{
    private const int SideBySide = 8;

    /// <returns>0 if each row is known to be sent; 1 if the command has to be typed again.</returns>
    private static async Task<int> Main(string[] args)
    {
        using var token = new SecureString();
        token.AppendChar('t');
        using var client = new WixInboxClient(new WixInboxClientOptions(Authentication.AccessToken(token))
        {
            BaseAddress = new Uri(args[0]),
            RequestsPerMinute = 0,
            Timeout = TimeSpan.FromSeconds(5),
        });
        using var journal = SendJournal.Open(args[1], new SendJournalOptions(args[0]));

        // The server of this test is done with a request that was given up within milliseconds.
        var sender = new BulkSender(client, new BulkSenderOptions { Journal = journal, ReconcileWait = TimeSpan.FromSeconds(0.5) });
        await sender.SettleAsync(CancellationToken.None);
        var isDone = true;
        var window = new Queue<Task<Outcome<Message>>>();
        var number = 0;
        foreach (var (recipient, text) in Workload.Create())
        {
            var request = new SendMessageRequest
            {
                Message = new Message
                {
                    Content = new MessageContent { Basic = new BasicContent { Items = [new BasicItem { Text = text }] } },
                    Visibility = MessageVisibility.BusinessAndParticipant,
                    Direction = MessageDirection.BusinessToParticipant,
                },
            };
            var row = journal.Take(null, recipient, request, ++number);
            if (row.Earlier == JournalState.Sent)
            {
                continue;
            }

            if (window.Count == SideBySide)
            {
                isDone &= (await window.Dequeue()).Kind == OutcomeKind.Succeeded;
            }

            window.Enqueue(sender.SendAsync(new BulkRow(recipient, request) { Number = number, Journaled = row }, CancellationToken.None));
        }

        while (window.Count > 0)
        {
            isDone &= (await window.Dequeue()).Kind == OutcomeKind.Succeeded;
        }

        return isDone ? 0 : 1;
    }
}

using WixInbox.Clocks;

namespace WixInbox.Reconcile;

/// <summary>Reads a conversation back to find out whether a message is in it whose answer was lost.</summary>
/// <remarks>
/// Wix has no idempotency key and no id that a client may choose. What is looked for is known by its content and its time; what is already known to
/// have been sent is left out by its id. A server may finish a request after the client has given it up: it is looked for four times over
/// <paramref name="window"/> before it counts as not sent.
/// </remarks>
/// <param name="client">Reads the conversation.</param>
/// <param name="window">For how long a message is looked for.</param>
internal sealed class Reconciler(WixInboxClient client, TimeSpan window)
{
    /// <summary>How far our idea of the server's clock may be off.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    // A page has 100 messages, or 30 where Wix honours no more.
    private const int PageSize = 100;
    private const int MostPages = 20;

    // At once, then after a tenth, four tenths and the whole of the window.
    private static readonly double[] s_looks = [0, 0.1, 0.4, 1];

    /// <summary>Looks for messages in a conversation.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="lost">The messages, in the order in which they were sent.</param>
    /// <param name="known">The ids of messages that are none of these.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>For each message what it became, or null if it was not sent; null for all if the conversation could not be read, or not as far back as that.</returns>
    public async Task<IReadOnlyList<Message?>?> FindAsync(string conversationId, IReadOnlyList<LostMessage> lost, ICollection<string> known, CancellationToken cancellationToken)
    {
        Message?[]? found = null;
        var waited = TimeSpan.Zero;
        foreach (var look in s_looks)
        {
            // In whole milliseconds, which timers count: looks of a tiny window fall together, and one of them is enough.
            var at = TimeSpan.FromMilliseconds(Math.Ceiling(window.TotalMilliseconds * look));
            if (look > 0 && at == waited)
            {
                continue;
            }

            await client.TimeProvider.WaitAsync(at - waited, cancellationToken).ConfigureAwait(false);
            waited = at;
            var messages = await ReadAsync(conversationId, lost, cancellationToken).ConfigureAwait(false);
            found = messages is null ? null : Match(messages, lost, known);
            if (found is not null && !found.Contains(null))
            {
                break;
            }
        }

        foreach (var message in found ?? [])
        {
            if (message is not null)
            {
                // Now known, so that it is not found again for the next message that says the same.
                client.Recent.Add(conversationId, message.Id!);
                message.Delivery = MessageDelivery.Reconciled;
            }
        }

        return found;
    }

    private async Task<List<Message>?> ReadAsync(string conversationId, IReadOnlyList<LostMessage> lost, CancellationToken cancellationToken)
    {
        List<Message> messages = [];
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            // As the site's collaborators see it: all messages, whoever may read them.
            var request = new ListMessagesRequest { ConversationId = conversationId, Visibility = MessageVisibility.Business, Limit = PageSize, Cursor = cursor };
            var outcome = await client.ListMessagesAsync(request, cancellationToken).ConfigureAwait(false);
            if (outcome.Value is not { } answer)
            {
                return null;
            }

            messages.AddRange(answer.Messages!.Where(message => message is not null));
            cursor = answer.NextCursor;

            // Computed anew for each page: the first answer may have told how far the server's clock is ahead.
            if (cursor is null || (messages.Count > 0 && messages[messages.Count - 1].CreatedDate < lost.Min(BeginningOf)))
            {
                messages.Reverse();
                return messages;
            }
        }

        // So much has been written to the conversation since that the message may lie beyond what was read.
        return null;
    }

    // A message that the server made before this is another one.
    private DateTimeOffset BeginningOf(LostMessage lost) => client.Clock.ToServer(lost.Since) - Slack;

    private Message?[] Match(List<Message> oldestFirst, IReadOnlyList<LostMessage> lost, ICollection<string> known)
    {
        var taken = new HashSet<string>(known, StringComparer.Ordinal);
        return [.. lost.Select(one =>
        {
            var since = BeginningOf(one);
            var found = oldestFirst.FirstOrDefault(message =>
                message.Id is { } id && !taken.Contains(id) && message.CreatedDate >= since && MessageFingerprint.Of(message) == one.Fingerprint);
            if (found is not null)
            {
                taken.Add(found.Id!);
            }

            return found;
        })];
    }
}

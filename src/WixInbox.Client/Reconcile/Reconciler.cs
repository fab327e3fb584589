using WixInbox.Clocks;
using WixInbox.Json;
using WixInbox.Outcomes;

namespace WixInbox.Reconcile;

/// <summary>Reads a conversation back to find out whether a message whose answer was lost is in it.</summary>
/// <remarks>
/// Wix has no idempotency key and no id that a client may choose. The sought message is recognized by its visible text
/// and its time; messages that are known to be others are excluded by their ids, and by their sender only where a list
/// has shown that it names the caller as the answers do. A server may finish a request after the client has given it
/// up, so a message is looked for four times over a window before it counts as not sent. It counts as not sent only
/// where the list provably reaches back before the send and holds no message of the same direction since then that is
/// unaccounted for: a service may change a text in ways that nobody has thought of. Every other case stays undecided,
/// and nothing is sent a second time.
/// </remarks>
/// <param name="client">Reads the conversation.</param>
/// <param name="window">For how long a message is looked for.</param>
internal sealed class Reconciler(WixInboxClient client, TimeSpan window)
{
    /// <summary>How far our idea of the server's clock may be off.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    // At most 2,000 messages, or 600 where Wix gives no more than 30 a page.
    private const int MostPages = 20;

    // A message that is dated longer ago than this is another one, whatever is wrong with the service's dates.
    private static readonly TimeSpan s_worstDate = TimeSpan.FromDays(1);

    // This long after its last intent, a program that has ended has no request with the server any more.
    private static readonly TimeSpan s_longestRequest = TimeSpan.FromMinutes(10);

    // At once, then after a tenth, four tenths and the whole of the window.
    private static readonly double[] s_looks = [0, 0.1, 0.4, 1];

    // Why messages may not be read at all.
    private readonly KnownRefusal _forbidden = new(client.TimeProvider);

    /// <summary>Looks for a message in its conversation.</summary>
    /// <param name="sought">The message.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<LookResult> FindAsync(SoughtMessage sought, CancellationToken cancellationToken)
    {
        var result = LookResult.Undecided;
        var start = client.TimeProvider.GetTimestamp();
        for (var look = 0; look < s_looks.Length; look++)
        {
            // In whole milliseconds, which timers count: looks of a tiny window fall together, and one of them is
            // enough.
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling(window.TotalMilliseconds * s_looks[look]))
                - AgeOf(sought, start);
            if (look > 0 && wait <= TimeSpan.Zero)
            {
                continue;
            }

            if (look > 0)
            {
                await client.TimeProvider.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
            }

            result = await LookAsync(sought, start, cancellationToken).ConfigureAwait(false);
            if (result.Found is not null || result.Unreadable is not null)
            {
                break;
            }
        }

        if (result.Found is { } message)
        {
            // Taken from now on, so that it is not found again for the next message that says the same.
            message.Delivery = MessageDelivery.Reconciled;
            client.Sent.Add(message, left: null);
        }

        return result;
    }

    private async Task<LookResult> LookAsync(SoughtMessage sought, long start, CancellationToken cancellationToken)
    {
        // Before the last look, since another list may tell as whom this one names the caller.
        if (AgeOf(sought, start) >= window
            && client.Sent.HasUnknownSender
            && await ListsLagAsync(sought, cancellationToken).ConfigureAwait(false))
        {
            return LookResult.Undecided;
        }

        // As the site's collaborators see it: all messages, whoever may read them.
        var result = await LookInAsync(MessageVisibility.Business, sought, cancellationToken).ConfigureAwait(false);
        if (!result.IsAbsent || AgeOf(sought, start) < window)
        {
            return result;
        }

        // Before anything is sent a second time: the other list, which is said to be a part of the first.
        result = await LookInAsync(
            MessageVisibility.BusinessAndParticipant, sought, cancellationToken).ConfigureAwait(false);

        // A list that was up to date before these two were read may have fallen behind since.
        return result.IsAbsent && await ListsLagAsync(sought, cancellationToken).ConfigureAwait(false)
            ? LookResult.Undecided
            : result;
    }

    private async Task<LookResult> LookInAsync(
        MessageVisibility visibility, SoughtMessage sought, CancellationToken cancellationToken)
    {
        var (messages, reachesBack, failure) =
            await ReadAsync(visibility, sought, cancellationToken).ConfigureAwait(false);
        return failure is null ? Decide(messages, reachesBack, sought) : new LookResult(null, false, failure);
    }

    // A message that was stored longer ago than the window must be listed by now. If it is not, the list lags, and the
    // absence of the sought message proves nothing.
    private async Task<bool> ListsLagAsync(SoughtMessage sought, CancellationToken cancellationToken)
    {
        if (window == TimeSpan.Zero || client.Sent.LatestStored(window) is not { } stored)
        {
            return false;
        }

        var known = sought with
        {
            ConversationId = stored.ConversationId,
            Since = client.Clock.Read() with { Ours = stored.Left },
        };
        var (messages, reachesBack, _) = await ReadAsync(
            MessageVisibility.Business, known, cancellationToken).ConfigureAwait(false);
        return reachesBack && messages.TrueForAll(message => message.Id != stored.MessageId);
    }

    private async Task<(List<Message> Messages, bool ReachesBack, Failure? Failure)> ReadAsync(
        MessageVisibility visibility, SoughtMessage sought, CancellationToken cancellationToken)
    {
        List<Message> messages = [];
        if (_forbidden.Failure is { } forbidden)
        {
            return (messages, false, forbidden);
        }

        string? cursor = null;
        var isNewestFirst = true;
        for (var page = 0; page < MostPages; page++)
        {
            var request = new ListMessagesRequest
            {
                ConversationId = sought.ConversationId,
                Visibility = visibility,
                Limit = ListMessagesRequest.LargestPage,
                Cursor = cursor,
            };
            var outcome = await client.ListMessagesAsync(
                request, sought.Place, cancellationToken).ConfigureAwait(false);
            if (outcome.Failure?.Code is null or FailureCodes.PermissionDenied)
            {
                _forbidden.Note(outcome.Failure);
            }

            if (outcome.Value is not { } answer)
            {
                return (messages, false, outcome.Failure!);
            }

            foreach (var message in answer.Messages!)
            {
                isNewestFirst &= messages.Count == 0
                    || message?.CreatedDate <= messages[messages.Count - 1].CreatedDate;
                if (message is not null)
                {
                    messages.Add(message);
                }
            }

            client.Sent.LearnSenders(sought.ConversationId, messages);
            cursor = answer.NextCursor;
            if (cursor is null)
            {
                // A list that says nothing of its end may go on.
                return (messages, answer.Paging is not null, null);
            }

            // Computed anew for each page: the first answer may have told how far the server's clock is ahead.
            // Dates that are all the same tell of no order.
            var oldest = messages.Count > 0 ? messages[messages.Count - 1].CreatedDate : null;
            if (isNewestFirst && oldest < BeginningOf(sought) && oldest < messages[0].CreatedDate)
            {
                return (messages, true, null);
            }
        }

        // So much has been written to the conversation since that the message may lie beyond what was read.
        return (messages, false, null);
    }

    // How long ago the last request for a message ended. For a message that an earlier run was about to send, the
    // server's clock tells, if both runs know it.
    private TimeSpan AgeOf(SoughtMessage sought, long start) =>
        sought.LastIntent is { Ahead: not null } intent && client.Clock.Ahead is not null
            ? client.Clock.ToServer(client.Clock.Read()) - client.Clock.ToServer(intent)
            : client.TimeProvider.GetElapsedTime(start);

    // A message that the server made before this is another one.
    private DateTimeOffset BeginningOf(SoughtMessage sought) => client.Clock.ToServer(sought.Since) - Slack;

    // Nor did the server make it after this; null if nobody can tell.
    private DateTimeOffset? EndOf(SoughtMessage sought) =>
        sought.LastIntent is { Ahead: not null } intent ? client.Clock.ToServer(intent) + s_longestRequest : null;

    private LookResult Decide(List<Message> messages, bool reachesBack, SoughtMessage sought)
    {
        var (since, end) = (BeginningOf(sought), EndOf(sought));
        var datesAreTrue =
            client.Sent.HasOtherDates(sought.ConversationId, messages) ? false : client.Sent.DatesAreTrue;

        // An earlier run may have signed in as another app or user.
        var mayHaveOtherSender = sought.LastIntent is not null;
        Message? found = null;
        var isUndecided = false;
        foreach (var message in messages)
        {
            var isSame = MessageFingerprint.Of(message) == sought.Fingerprint;
            var isByAnother = client.Sent.IsByAnother(message, sought.SendAsName);
            if ((message.Id is { } id && sought.IsTaken(id))
                || (isByAnother == true && !(isSame && mayHaveOtherSender))
                || IsOfOtherDirection(message, sought)
                || (datesAreTrue == true && message.CreatedDate > end))
            {
                continue;
            }

            if (isSame && isByAnother == false && message.Id is not null && message.CreatedDate >= since)
            {
                // The oldest of several that say the same.
                found = found is null || message.CreatedDate <= found.CreatedDate ? message : found;
            }
            else if (message.CreatedDate is not { } date || date >= since)
            {
                isUndecided = true;
            }
            else
            {
                // Where dates are known to be wrong, the message may be the one even if its text is another.
                isUndecided |= (datesAreTrue is null ? isSame : !datesAreTrue.Value) && date > since - s_worstDate;
            }
        }

        return found is not null ? new LookResult(found, false, null)
            : isUndecided || !reachesBack ? LookResult.Undecided
            : LookResult.Absent;
    }

    // A list may have a direction that says nothing, as UNKNOWN_DIRECTION, or one that is new.
    private static bool IsOfOtherDirection(Message message, SoughtMessage sought) =>
        message.Direction is { } listed
        && EnumName.Parse<MessageDirection>(sought.DirectionName) is { } ours
        && listed != ours;
}

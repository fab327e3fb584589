using WixInbox.Journal;
using WixInbox.Pace;

namespace WixInbox;

/// <summary>What all parts of a run share.</summary>
/// <param name="Client">Makes the requests.</param>
/// <param name="Journal">Knows what earlier runs have done; null for none.</param>
/// <param name="Options">How to send.</param>
/// <param name="Slots">The slots of the run; null for calls that belong to none.</param>
/// <param name="Ended">Ends all requests and waits with the run.</param>
internal sealed record RunContext(
    WixInboxClient Client, SendJournal? Journal, BulkRunOptions Options, SlotPool? Slots, CancellationToken Ended)
{
    /// <summary>Gets the place of a row's requests in the queue of the connection.</summary>
    /// <param name="order">The place of the row among all that wait.</param>
    public QueuePlace PlaceOf(long order) => new(Slots, order);
}

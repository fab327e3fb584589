using WixInbox.Reconcile;

namespace WixInbox.Journal;

/// <summary>Tells which row of earlier runs a row of this run is, by its key, and what the journal knows of it. Not for two threads at once.</summary>
/// <param name="index">What the journal knows.</param>
internal sealed class RowMatcher(JournalIndex index)
{
    // How many rows equal to the first one this run has had, where there was more than one.
    private readonly Dictionary<Hash128, int> _repeats = [];

    /// <inheritdoc cref="SendJournal.Take"/>
    public JournalRow Take(string? key, Recipient? recipient, SendMessageRequest request, int? number)
    {
        var fingerprint = MessageFingerprint.Of(request.Message);
        var recipientHash = recipient is { } known ? RowKey.OfRecipient(known) : default;
        var rowKey = key ?? NextKey(RowKey.OfContent(recipient, request));
        var keyHash = Hash128.Of(rowKey);
        var facts = index[keyHash];
        var row = new JournalRow(rowKey)
        {
            Number = number,
            Earlier = facts.Earlier,
            Local = facts.Earlier == JournalState.Failed && facts.IsLocal,
            Changed = facts.Earlier is not null && facts.Fingerprint != default && facts.Fingerprint != fingerprint,
            IsDuplicate = facts.IsTaken,
            PossiblyChanged = key is null && facts.Earlier is null && recipient is not null && HasUnmatched(recipientHash),
            Fingerprint = fingerprint,
            RecipientHash = recipientHash,
        };
        if (!facts.IsTaken)
        {
            if (facts.Earlier == JournalState.Sent)
            {
                index.AddMatched(facts.Recipient);
            }

            facts.IsTaken = true;
            index[keyHash] = facts;
        }

        return row;
    }

    // The first of equal rows is known by being taken, so that a number is kept only for those of which there are several.
    private string NextKey(Hash128 content)
    {
        var first = RowKey.Of(content, 0);
        if (!index[Hash128.Of(first)].IsTaken)
        {
            return first;
        }

        _repeats.TryGetValue(content, out var repeats);
        _repeats[content] = ++repeats;
        return RowKey.Of(content, repeats);
    }

    private bool HasUnmatched(Hash128 recipient) => index.Recipient(recipient) is var facts && facts.Sent > facts.Matched;
}

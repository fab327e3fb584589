namespace WixInbox;

/// <summary>Who the recipient of a row turned out to be.</summary>
/// <param name="Participant">Whose conversation is written to; null where that is not exactly one person.</param>
/// <param name="Names">The ids and addresses by which Wix knows that person, as far as they came.</param>
/// <param name="Refusal">Why nobody is written to, if that is so.</param>
internal readonly record struct IdentifiedRecipient(
    Recipient? Participant, IReadOnlyList<Recipient> Names, Outcome<Message>? Refusal);

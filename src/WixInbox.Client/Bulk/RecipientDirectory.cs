using WixInbox.Calls;
using WixInbox.Clocks;
using WixInbox.Contacts;

namespace WixInbox;

/// <summary>
/// All that a run knows of its recipients: the contact or member that an address or a contact's id stands for, whether
/// that person may be written to, and the conversation. Many are looked up with one request. A conversation that was
/// found is known to the connection and to the journal; the permission to write to somebody is checked in each run.
/// </summary>
/// <param name="run">The run.</param>
internal sealed class RecipientDirectory(RunContext run)
{
    private readonly ContactLookUps _lookUps = new(run);
    private readonly OptOuts _optOuts = new(name => Known(run, name));
    private int _hasWarnedOfStatus;
    private int _hasWarnedOfPermission;
    private int _hasWarnedOfDoubt;

    /// <summary>
    /// Tells whether contacts have to be looked up before the message is sent: a recipient who is named by an address
    /// or as a contact, since the participant is not known yet, or further contacts that the row names, who
    /// have to be the recipient, and may have unsubscribed.
    /// </summary>
    public bool HasToBeIdentified(Recipient recipient, IReadOnlyList<Recipient> contacts) =>
        IsContact(recipient) || FurtherOf(recipient, contacts).Count > 0;

    /// <summary>Begins to look a recipient up, together with those of other rows.</summary>
    /// <returns>Ends when it is looked up, or at once if it does not have to be.</returns>
    public Task Request(Recipient recipient, long order) =>
        IsContact(recipient) ? _lookUps.FindAsync(recipient, order) : Task.CompletedTask;

    /// <summary>Finds the participant of a recipient, and whether that person may be written to.</summary>
    /// <param name="recipient">The recipient.</param>
    /// <param name="contacts">Further ids and addresses of the recipient as a contact.</param>
    /// <param name="order">The place of the row among all that wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IdentifiedRecipient> IdentifyAsync(
        Recipient recipient, IReadOnlyList<Recipient> contacts, long order, CancellationToken cancellationToken)
    {
        Recipient[] sought =
        [
            .. IsContact(recipient) ? [recipient] : Array.Empty<Recipient>(),
            .. FurtherOf(recipient, contacts),
        ];
        if (sought.Length == 0)
        {
            _optOuts.AddUnnamed(order);
            WarnOfDoubt();
        }

        Recipient? participant = recipient;
        List<Recipient>? names = null;
        ContactLookup? self = null;
        Outcome<Message>? refusal = null;
        for (var index = 0; index < sought.Length && refusal is null; index++)
        {
            // One after the other: of a row, one request at a time may wait for its turn.
            var looked = await _lookUps.FindAsync(sought[index], order).WaitForAsync(cancellationToken)
                .ConfigureAwait(false);
            if (sought[index] == recipient)
            {
                (participant, refusal) = ParticipantOf(recipient, looked);
                self = looked.Value;
            }
            else
            {
                refusal = RefusalFor(recipient, self, looked);
            }

            (names ??= []).AddRange(looked.Value is { } known ? NamesOf(known) : []);
            if (looked.Value is { ContactId: not null } found)
            {
                _optOuts.Join(NamesOf(found).Append(sought[index]));
            }

            refusal ??= looked.Value is { ContactIds.Count: > 0 } person ? ConsentOf(person, order) : null;
            if (refusal?.Failure?.Code == FailureCodes.ContactUnsubscribed)
            {
                // Of several contacts, the others may well want messages.
                Recipient? own = looked.Value!.ContactId is { } ownId ? Recipient.Contact(ownId) : null;
                NoteOptOut(order, participant, recipient, own);
            }
        }

        return new IdentifiedRecipient(participant, names ?? [], refusal);
    }

    /// <summary>Notes that somebody wants no messages. Later rows for that person are refused.</summary>
    /// <param name="names">The person, by all names that the row has.</param>
    /// <param name="order">The place of the row that says so.</param>
    public void OptOut(IReadOnlyCollection<Recipient> names, long order)
    {
        _optOuts.Add(order, names);
        WarnOfDoubt();
    }

    /// <summary>
    /// Gets the refusal of a message to a person with any of these names whom an earlier row has opted out; null if
    /// there is none.
    /// </summary>
    /// <param name="order">The place of the row with the message.</param>
    /// <param name="names">The names.</param>
    public Outcome<Message>? OptedOut(long order, params Recipient[] names) =>
        _optOuts.Has(order, names)
            ? Refuse(FailureCodes.ContactUnsubscribed, "An earlier row for the same person says so.")
            : null;

    /// <summary>
    /// Gets the known conversation of a recipient, which another run over the connection may have found, or an earlier
    /// run with the journal; null if none is known.
    /// </summary>
    public string? Known(Recipient recipient) => Known(run, recipient);

    /// <summary>Tells whether the conversation of a recipient is known from the journal alone.</summary>
    public bool IsFromJournal(Recipient recipient) =>
        !run.Client.Conversations.TryGet(recipient, out _) && run.Journal?.FindConversation(recipient) is not null;

    /// <summary>Begins to ask for the conversation of a participant, which is created if there is none.</summary>
    public Attempts<GetOrCreateConversationResponse> Ask(Recipient participant, long order, Action<Failure> stop) =>
        run.Client.BeginGetOrCreateConversation(participant.ToParticipant(), run.PlaceOf(order), stop);

    /// <summary>Notes the conversation of a recipient.</summary>
    /// <param name="recipient">The recipient as the row names it.</param>
    /// <param name="participant">The participant.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="names">The other names of the person, as far as they were looked up.</param>
    public void Note(
        Recipient recipient, Recipient participant, string conversationId, IReadOnlyList<Recipient> names)
    {
        // The journal learns which conversation was replaced from whatever name it has the person by.
        foreach (var name in names)
        {
            if (name.Kind != RecipientKind.Email && run.Journal?.FindConversation(name) is not null)
            {
                run.Journal.NoteConversation(name, conversationId);
            }
        }

        run.Client.Conversations.Set(participant, conversationId);
        run.Journal?.NoteConversation(participant, conversationId);
        run.Journal?.NoteConversation(recipient, conversationId);
    }

    /// <summary>
    /// Asks for the conversation of a row's participant once more: the one that was known may have been merged into
    /// another one.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="participant">The participant.</param>
    /// <param name="known">The conversation that was known.</param>
    /// <param name="stop">Hears of a failure that every further request would meet.</param>
    /// <returns>The other one, which is noted; null if there is none, or Wix does not say.</returns>
    public async Task<string?> FindReplacementAsync(
        BulkRow row, Recipient participant, string known, Action<Failure> stop)
    {
        if (participant.Kind == RecipientKind.Conversation)
        {
            return null;
        }

        var outcome = await Ask(participant, row.Order, stop).RunAsync(run.Ended).ConfigureAwait(false);
        if (outcome.Value?.Conversation?.Id is not { } current
            || string.Equals(current, known, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        Note(row.Recipient!.Value, participant, current, row.Names);
        return current;
    }

    /// <summary>
    /// Turns the outcome of a look-up into that of its row: whatever happened to the look-up, the message itself has
    /// not left.
    /// </summary>
    public static Outcome<Message> NotSent<T>(Outcome<T> lookUp)
        where T : class =>
        lookUp.As<Message>(null, lookUp.Kind == OutcomeKind.Rejected ? OutcomeKind.Rejected : OutcomeKind.NotSent);

    // The participant behind an address or a contact id. Wix wants a member's conversation to be asked for with the
    // member id.
    private (Recipient? Participant, Outcome<Message>? Refusal) ParticipantOf(
        Recipient recipient, Outcome<ContactLookup> looked)
    {
        if (looked.Value is not { } person)
        {
            return recipient.Kind == RecipientKind.Contact && IsNotAllowed(looked)
                ? (recipient, null)
                : (null, NotSent(looked));
        }

        return person switch
        {
            // Wix itself says what is wrong with the id when its conversation is asked for.
            { ContactIds.Count: 0 } when recipient.Kind == RecipientKind.Contact => (recipient, null),
            { ContactIds.Count: 0 } => (null, Refuse(FailureCodes.ContactNotFound, string.Empty)),
            { ContactIds.Count: > 1 } => (null, Refuse(FailureCodes.ContactAmbiguous, Shown(person.ContactIds))),
            { MemberId: { } memberId } => (Recipient.Member(memberId), null),
            _ => (Recipient.Contact(person.ContactIds[0]), null),
        };
    }

    // The refusal that follows from a further name of the row: it belongs to another person, or could not be looked up.
    private Outcome<Message>? RefusalFor(Recipient recipient, ContactLookup? self, Outcome<ContactLookup> looked)
    {
        if (looked.Value is not { } other)
        {
            return IsNotAllowed(looked) ? null : NotSent(looked);
        }

        if (other.ContactId is not { } contactId)
        {
            return null;
        }

        var isOther = recipient.Kind == RecipientKind.Member
            ? other.MemberId is { } member && !string.Equals(member, recipient.Id, StringComparison.OrdinalIgnoreCase)
            : self is { ContactId: { } own, Emails.Count: > 0 }
                && !string.Equals(own, contactId, StringComparison.OrdinalIgnoreCase)
                && !self.Emails.Contains(other.Asked.Trim(), StringComparer.OrdinalIgnoreCase);
        return isOther
            ? Refuse(FailureCodes.ContactMismatch, $"The row also names contact {contactId}, who is another person.")
            : null;
    }

    private Outcome<Message>? ConsentOf(ContactLookup person, long order)
    {
        if (run.Options.IncludeUnsubscribed)
        {
            return null;
        }

        if (person.SubscriptionStatus is null)
        {
            WarnOnce(
                ref _hasWarnedOfStatus,
                "Wix does not tell whether some of the contacts have unsubscribed. "
                    + "They get the message, which does not mean that they have agreed.");
        }

        return person.SubscriptionStatus == SubscriptionStatus.Unsubscribed
            ? Refuse(
                FailureCodes.ContactUnsubscribed,
                person.ContactId is { } contactId
                    ? $"It is for contact {contactId}."
                    : $"One of these contacts has unsubscribed: {Shown(person.ContactIds)}.")
            : OptedOut(order, [.. NamesOf(person)]);
    }

    // Who is named by an address is looked up again, and somebody else may have it too.
    private void NoteOptOut(long order, params Recipient?[] names) =>
        OptOut([.. names.OfType<Recipient>().Where(name => name.Kind != RecipientKind.Email)], order);

    // Whose conversation it is would take a request for each row.
    private void WarnOfDoubt()
    {
        if (_optOuts.AreInDoubt)
        {
            WarnOnce(
                ref _hasWarnedOfDoubt,
                "A row names nobody but a conversation, a member or a visitor, and an earlier row is for somebody who "
                    + "wants no messages: whether that is the same person is not known, and the message is sent. "
                    + "A column ContactId or Email beside the id tells.");
        }
    }

    private static string? Known(RunContext run, Recipient recipient) =>
        recipient.Kind == RecipientKind.Conversation ? recipient.Id
        : run.Client.Conversations.TryGet(recipient, out var found) ? found
        : run.Journal?.FindConversation(recipient);

    private static IEnumerable<Recipient> NamesOf(ContactLookup person) =>
    [
        .. person.ContactIds.Select(Recipient.Contact),
        .. person.Emails.Select(Recipient.Email),
        .. person.MemberId is { } memberId ? [Recipient.Member(memberId)] : Array.Empty<Recipient>(),
    ];

    // Only a missing permission is tolerated: it cannot be granted in the middle of a run.
    private bool IsNotAllowed(Outcome<ContactLookup> looked)
    {
        // Without a code, after look-ups that went through, it is no proof that the permission is missing.
        if (looked is not { Kind: OutcomeKind.Rejected, Failure: { StatusCode: 403 } failure }
            || failure is { Operation: Operation.QueryContacts, Code: null, SucceededBefore: > 0 })
        {
            return false;
        }

        var unknown = run.Options.IncludeUnsubscribed
            ? "who is a member, whose conversation may not be found by a contact's id, or whether a row names two "
                + "people."
            : "who has unsubscribed, and everybody who is named by an id gets the message.";
        WarnOnce(
            ref _hasWarnedOfPermission,
            $"Wix does not permit looking up contacts, so it is not known {unknown} "
                + "The app or key needs the permission Read Contacts.");
        return true;
    }

    private static string Shown(IReadOnlyList<string> contactIds) =>
        string.Join(", ", contactIds.Take(10)) + (contactIds.Count > 10 ? " and others" : string.Empty);

    private static Outcome<Message> Refuse(string code, string message) => new()
    {
        Kind = OutcomeKind.Rejected,
        Failure = new Failure
        {
            Operation = Operation.QueryContacts,
            Cause = FailureCause.Contact,
            Code = code,
            Message = message,
        },
    };

    // Whose a conversation is cannot be asked, so that its contacts tell of nothing but their consent.
    private IReadOnlyList<Recipient> FurtherOf(Recipient recipient, IReadOnlyList<Recipient> contacts) =>
        run.Options.IncludeUnsubscribed
        && recipient.Kind is RecipientKind.Conversation or RecipientKind.AnonymousVisitor
            ? []
            : contacts;

    private static bool IsContact(Recipient recipient) =>
        recipient.Kind is RecipientKind.Email or RecipientKind.Contact;

    private void WarnOnce(ref int hasWarned, string warning)
    {
        if (Interlocked.Exchange(ref hasWarned, 1) == 0)
        {
            Callbacks.Call(run.Options.Warn, warning);
        }
    }
}

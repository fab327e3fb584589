using WixInbox.Validation;

namespace WixInbox;

/// <summary>Whom a message is for.</summary>
public readonly struct Recipient : IEquatable<Recipient>
{
    private readonly string? _id;

    /// <summary>Initializes a new instance of the <see cref="Recipient"/> struct.</summary>
    /// <param name="kind">By what the recipient is named.</param>
    /// <param name="id">The id, a GUID; or the e-mail address.</param>
    public Recipient(RecipientKind kind, string id)
    {
        Kind = kind;
        _id = id ?? throw new ArgumentNullException(nameof(id));
    }

    /// <summary>Gets by what the recipient is named.</summary>
    public RecipientKind Kind { get; }

    /// <summary>Gets the id.</summary>
    public string Id => _id ?? string.Empty;

    /// <summary>Names a contact by its e-mail address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The recipient.</returns>
    public static Recipient Email(string address) => new(RecipientKind.Email, address);

    /// <summary>Names a contact by its id.</summary>
    /// <param name="contactId">The id, a GUID.</param>
    /// <returns>The recipient.</returns>
    public static Recipient Contact(string contactId) => new(RecipientKind.Contact, contactId);

    /// <summary>Names a member of the site by its id.</summary>
    /// <param name="memberId">The id, a GUID.</param>
    /// <returns>The recipient.</returns>
    public static Recipient Member(string memberId) => new(RecipientKind.Member, memberId);

    /// <summary>Names a conversation by its id.</summary>
    /// <param name="conversationId">The id, a GUID.</param>
    /// <returns>The recipient.</returns>
    public static Recipient Conversation(string conversationId) => new(RecipientKind.Conversation, conversationId);

    /// <summary>Tells whether two recipients are the same.</summary>
    /// <param name="left">One recipient.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool operator ==(Recipient left, Recipient right) => left.Equals(right);

    /// <summary>Tells whether two recipients differ.</summary>
    /// <param name="left">One recipient.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(Recipient left, Recipient right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Recipient other) =>
        Kind == other.Kind && string.Equals(Id, other.Id, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Recipient other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Id) ^ (int)Kind;

    /// <summary>Gets the kind and the id as a person reads them.</summary>
    /// <returns>For example <c>contact 0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c</c>.</returns>
    public override string ToString() => Kind switch
    {
        RecipientKind.Contact => "contact ",
        RecipientKind.Member => "member ",
        RecipientKind.AnonymousVisitor => "visitor ",
        RecipientKind.Email => "contact ",
        _ => "conversation ",
    } + Id;

    /// <summary>Finds out whether the id or address has the form of one.</summary>
    /// <returns>What is wrong with it; empty if nothing is.</returns>
    public IReadOnlyList<FieldViolation> Validate()
    {
        var rules = new FieldRules();
        Validate(rules);
        return rules.Violations;
    }

    /// <summary>Gets what stands for the recipient where an address must not stand, as in a journal.</summary>
    /// <returns>32 hexadecimal digits, which do not depend on upper and lower case of the id or address.</returns>
    public string ToHash() => Journal.RowKey.OfRecipient(this).ToString();

    /// <summary>Gets the participant whose conversation has to be found.</summary>
    internal IdentificationData ToParticipant() => new()
    {
        ContactId = Kind == RecipientKind.Contact ? Id : null,
        MemberId = Kind == RecipientKind.Member ? Id : null,
        AnonymousVisitorId = Kind == RecipientKind.AnonymousVisitor ? Id : null,
    };

    internal void Validate(FieldRules rules)
    {
        switch (Kind)
        {
            case RecipientKind.Email:
                rules.Email("email", Id);
                break;
            case RecipientKind.Contact:
                rules.Guid("participantId.contactId", Id, RuleNames.ContactIdInvalid);
                break;
            case RecipientKind.Member:
                rules.Guid("participantId.memberId", Id, RuleNames.MemberIdInvalid);
                break;
            case RecipientKind.AnonymousVisitor:
                rules.Guid("participantId.anonymousVisitorId", Id, RuleNames.AnonymousVisitorIdInvalid);
                break;
            default:
                rules.Guid("conversationId", Id, RuleNames.ConversationIdInvalid);
                break;
        }
    }
}

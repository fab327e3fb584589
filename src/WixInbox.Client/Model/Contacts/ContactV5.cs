using WixInbox.Json;

namespace WixInbox;

/// <summary>A contact as Contacts v5 gives it, as far as a sender needs it.</summary>
internal sealed class ContactV5
{
    public string? Id { get; set; }

    public MainEmail? Email { get; set; }

    // Ten at the most: v4 may know more.
    public FurtherEmail?[]? AdditionalEmails { get; set; }

    public Member? MemberInfo { get; set; }

    public SubscriptionStatus? SubscriptionStatus =>
        EnumName.Parse<SubscriptionStatus>(Email?.SubscriptionStatus?.Status);

    internal sealed class MainEmail
    {
        public string? Email { get; set; }

        public Subscription? SubscriptionStatus { get; set; }
    }

    internal sealed class FurtherEmail
    {
        public string? Email { get; set; }
    }

    internal sealed class Subscription
    {
        public string? Status { get; set; }
    }

    internal sealed class Member
    {
        public string? MemberId { get; set; }
    }
}

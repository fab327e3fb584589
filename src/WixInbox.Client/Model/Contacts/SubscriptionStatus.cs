namespace WixInbox;

/// <summary>Whether a contact has agreed to get messages by e-mail.</summary>
public enum SubscriptionStatus
{
    /// <summary>There is none (<c>NO_SUBSCRIPTION_STATUS</c>).</summary>
    NoSubscriptionStatus,

    /// <summary>The contact was not asked (<c>NOT_SET</c>).</summary>
    NotSet,

    /// <summary>The contact was asked and has not answered (<c>PENDING</c>).</summary>
    Pending,

    /// <summary>The contact wants messages (<c>SUBSCRIBED</c>).</summary>
    Subscribed,

    /// <summary>The contact wants no messages (<c>UNSUBSCRIBED</c>).</summary>
    Unsubscribed,
}

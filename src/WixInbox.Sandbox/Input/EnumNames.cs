namespace WixInbox.Sandbox;

/// <summary>The documented enum values, as they are on the wire.</summary>
internal static class EnumNames
{
    public const string UnknownVisibility = "UNKNOWN_VISIBILITY";
    public const string BusinessAndParticipant = "BUSINESS_AND_PARTICIPANT";
    public const string Business = "BUSINESS";
    public const string UnknownDirection = "UNKNOWN_DIRECTION";
    public const string ParticipantToBusiness = "PARTICIPANT_TO_BUSINESS";
    public const string UnknownChannel = "UNKNOWN_CHANNEL_TYPE";
    public const string UnknownBadgeVisibility = "UNKNOWN_BADGE_VISIBILITY";
    public const string Portrait = "PORTRAIT";
    public const string Caller = "CALLER";
    public const string Participant = "PARTICIPANT";
    public const string BusinessUser = "BUSINESS_USER";
    public const string NotSet = "NOT_SET";
    public const string FullFieldset = "FULL";

    public static IReadOnlyList<string> Visibility { get; } = [UnknownVisibility, BusinessAndParticipant, Business];

    /// <summary>Gets what List Messages takes: the unknown value would not say which messages are meant.</summary>
    public static IReadOnlyList<string> ListVisibility { get; } = [BusinessAndParticipant, Business];

    public static IReadOnlyList<string> Direction { get; } =
        [UnknownDirection, "BUSINESS_TO_PARTICIPANT", ParticipantToBusiness];

    /// <summary>
    /// Gets the channels. AI_ASSISTANT and PHONE were once seen in types that Wix does not publish; they are not
    /// accepted.
    /// </summary>
    public static IReadOnlyList<string> Channel { get; } =
        [UnknownChannel, "CHAT", "EMAIL", "SMS", "FACEBOOK", "INSTAGRAM", "WHATSAPP"];

    public static IReadOnlyList<string> BadgeVisibility { get; } =
        [UnknownBadgeVisibility, BusinessAndParticipant, Business];

    public static IReadOnlyList<string> Orientation { get; } = ["UNKNOWN_ORIENTATION", Portrait, "LANDSCAPE"];

    public static IReadOnlyList<string> SendAs { get; } = [Caller, Participant, BusinessUser];

    /// <summary>Gets what Import File takes: what a file descriptor may have, but not OTHER.</summary>
    public static IReadOnlyList<string> ImportMediaType { get; } =
        ["UNKNOWN", "IMAGE", "VIDEO", "AUDIO", "DOCUMENT", "VECTOR", "ARCHIVE", "MODEL3D"];

    public static IReadOnlyList<string> SortOrder { get; } = ["ASC", "DESC"];

    public static IReadOnlyList<string> SubscriptionStatus { get; } =
        ["NO_SUBSCRIPTION_STATUS", NotSet, "PENDING", "SUBSCRIBED", "UNSUBSCRIBED"];

    public static IReadOnlyList<string> DeliverabilityStatus { get; } =
        [NotSet, "VALID", "BOUNCED", "SPAM_COMPLAINT", "INACTIVE"];

    public static IReadOnlyList<string> LabelType { get; } = ["SYSTEM", "USER_DEFINED", "WIX_APP_DEFINED"];

    public static IReadOnlyList<string> ContactFieldset { get; } =
    [
        "BASIC",
        "COMMUNICATION_DETAILS",
        "EXTENDED",
        FullFieldset,
    ];
}

using System.Text.Json.Serialization;
using WixInbox.Json;

namespace WixInbox;

/// <summary>A contact of a site: somebody whom it can write to.</summary>
public sealed class Contact : WixObject
{
    /// <summary>Gets or sets the contact's id, a GUID.</summary>
    public string? Id { get; set; }

    /// <summary>Gets the main e-mail address.</summary>
    [JsonIgnore]
    public string? Email => PrimaryEmail?.Email ?? PrimaryInfo?.Email;

    /// <summary>Gets all e-mail addresses: at most 50.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Emails =>
        [
            .. new[] { Email }.Concat(Info?.Emails?.Items?.Select(item => item?.Email) ?? []).OfType<string>()
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    /// <summary>Gets the main phone number.</summary>
    [JsonIgnore]
    public string? Phone => PrimaryInfo?.Phone;

    /// <summary>Gets the first name.</summary>
    [JsonIgnore]
    public string? FirstName => Info?.Name?.First;

    /// <summary>Gets the last name.</summary>
    [JsonIgnore]
    public string? LastName => Info?.Name?.Last;

    /// <summary>Gets the first and the last name; null if there is neither.</summary>
    [JsonIgnore]
    public string? Name => $"{FirstName} {LastName}".Trim() is { Length: > 0 } name ? name : null;

    /// <summary>
    /// Gets whether the contact has agreed to get messages, as far as Wix knows. Wix itself does not say that it keeps
    /// messages back.
    /// </summary>
    [JsonIgnore]
    public SubscriptionStatus? SubscriptionStatus =>
        EnumName.Parse<SubscriptionStatus>(PrimaryEmail?.SubscriptionStatus);

    /// <summary>Gets whether mail arrives at the main address.</summary>
    [JsonIgnore]
    public DeliverabilityStatus? DeliverabilityStatus =>
        EnumName.Parse<DeliverabilityStatus>(PrimaryEmail?.DeliverabilityStatus);

    /// <summary>Gets the keys of the contact's labels, such as <c>custom.vip</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Labels => Info?.LabelKeys?.Items?.OfType<string>().ToArray() ?? [];

    /// <summary>Gets or sets what the contact did last on the site, or what was last done to it.</summary>
    public ContactActivity? LastActivity { get; set; }

    /// <summary>Gets or sets when the contact was made, in UTC.</summary>
    public DateTimeOffset? CreatedDate { get; set; }

    /// <summary>Gets or sets when the contact was last changed, in UTC.</summary>
    public DateTimeOffset? UpdatedDate { get; set; }

    [JsonInclude]
    [JsonPropertyName("primaryInfo")]
    internal Primary? PrimaryInfo { get; set; }

    [JsonInclude]
    [JsonPropertyName("primaryEmail")]
    internal PrimaryAddress? PrimaryEmail { get; set; }

    [JsonInclude]
    [JsonPropertyName("info")]
    internal Details? Info { get; set; }

    /// <summary>Makes a copy of the contact, which has the same parts.</summary>
    public Contact Copy() => (Contact)MemberwiseClone();

    private protected override void AddUnknownNames(IDictionary<string, string> fields)
    {
        EnumName.AddUnknown<SubscriptionStatus>(
            fields, "primaryEmail.subscriptionStatus", PrimaryEmail?.SubscriptionStatus);
        EnumName.AddUnknown<DeliverabilityStatus>(
            fields, "primaryEmail.deliverabilityStatus", PrimaryEmail?.DeliverabilityStatus);
    }

    internal sealed class Primary
    {
        public string? Email { get; set; }

        public string? Phone { get; set; }
    }

    internal sealed class PrimaryAddress
    {
        public string? Email { get; set; }

        public string? SubscriptionStatus { get; set; }

        public string? DeliverabilityStatus { get; set; }
    }

    internal sealed class Details
    {
        public FullName? Name { get; set; }

        public Addresses? Emails { get; set; }

        public Labelling? LabelKeys { get; set; }
    }

    internal sealed class FullName
    {
        public string? First { get; set; }

        public string? Last { get; set; }
    }

    internal sealed class Addresses
    {
        public Address?[]? Items { get; set; }
    }

    internal sealed class Labelling
    {
        public string?[]? Items { get; set; }
    }

    internal sealed class Address
    {
        public string? Email { get; set; }
    }
}

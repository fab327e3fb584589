using System.Globalization;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>A contact as it is kept. It never changes; a change replaces it.</summary>
internal sealed record Contact
{
    public required string Id { get; init; }

    /// <summary>Gets the contact's place among the contacts created at the same moment.</summary>
    public int Number { get; init; }

    public int Revision { get; init; } = 1;

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }

    public IReadOnlyList<string> Emails { get; init; } = [];

    public IReadOnlyList<string> Phones { get; init; } = [];

    public IReadOnlyList<string> LabelKeys { get; init; } = [];

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    /// <summary>Gets the member of the site who the contact is; null for one who is none.</summary>
    public string? MemberId { get; init; }

    /// <summary>
    /// Gets when the contact last did something, or something was done to it, and what it was. Which of a contact's
    /// deeds Wix counts is not documented. Our choice: its creation, and each message of the Inbox to or from it.
    /// </summary>
    public required DateTimeOffset LastActivityDate { get; init; }

    public string LastActivityType { get; init; } = "CONTACT_CREATED";

    public string SubscriptionStatus { get; init; } = EnumNames.NotSet;

    public string DeliverabilityStatus { get; init; } = EnumNames.NotSet;

    public string? PrimaryEmail => Emails.Count == 0 ? null : Emails[0];

    public string? FullName
    {
        get
        {
            var name = $"{FirstName} {LastName}".Trim();
            return name.Length == 0 ? null : name;
        }
    }

    /// <summary>
    /// All of the contact's fields in Contacts v4. A contact without an address has no primaryEmail, and one without a
    /// phone no primaryPhone.
    /// </summary>
    public JsonObject ToJson()
    {
        var name = new JsonObject();
        name.AddText("first", FirstName);
        name.AddText("last", LastName);
        var primaryInfo = new JsonObject();
        primaryInfo.AddText("email", PrimaryEmail);
        primaryInfo.AddText("phone", Phones.Count == 0 ? null : Phones[0]);
        var json = new JsonObject
        {
            ["id"] = Id,
            ["revision"] = Revision,
            ["createdDate"] = Timestamps.Write(Created),
            ["updatedDate"] = Timestamps.Write(Updated),
            ["lastActivity"] = new JsonObject
            {
                ["activityDate"] = Timestamps.Write(LastActivityDate),
                ["activityType"] = LastActivityType,
            },
            ["primaryInfo"] = primaryInfo,
            ["info"] = new JsonObject
            {
                ["name"] = name,
                ["emails"] = Items(Emails, "email"),
                ["phones"] = Items(Phones, "phone"),
                ["labelKeys"] =
                    new JsonObject { ["items"] = new JsonArray([.. LabelKeys.Select(key => (JsonNode)key)]) },
                ["extendedFields"] = new JsonObject { ["items"] = ExtendedFields() },
            },
        };
        if (PrimaryEmail is string email)
        {
            json["primaryEmail"] = new JsonObject
            {
                ["email"] = email,
                ["subscriptionStatus"] = SubscriptionStatus,
                ["deliverabilityStatus"] = DeliverabilityStatus,
            };
        }

        if (Phones.Count > 0)
        {
            var phone = new JsonObject();
            phone.AddText("e164Phone", E164(Phones[0]));

            // A phone's own subscription cannot be set here: no message of the Inbox asks for it.
            phone["subscriptionStatus"] = EnumNames.NotSet;
            json["primaryPhone"] = phone;
        }

        return json;
    }

    /// <summary>
    /// The contact in Contacts v5: flat, its addresses in lower case, and with the member id, which v4 does not give.
    /// </summary>
    public JsonObject ToJsonV5()
    {
        var name = new JsonObject();
        name.AddText("first", FirstName);
        name.AddText("last", LastName);
        var json = new JsonObject
        {
            ["id"] = Id,
            ["revision"] = Revision.ToString(CultureInfo.InvariantCulture),
            ["createdDate"] = Timestamps.Write(Created),
            ["updatedDate"] = Timestamps.Write(Updated),
            ["name"] = name,
            ["additionalEmails"] = new JsonArray(
                [
                    .. Emails.Skip(1).Take(FieldLimits.AdditionalEmails)
                        .Select(email => (JsonNode)new JsonObject { ["email"] = ContactField.Normal(email) }),
                ]),
            ["lastActivity"] = new JsonObject { ["date"] = Timestamps.Write(LastActivityDate) },
        };
        if (PrimaryEmail is string email)
        {
            json["email"] = new JsonObject
            {
                ["email"] = ContactField.Normal(email),
                ["subscriptionStatus"] = new JsonObject { ["status"] = SubscriptionStatus },
                ["deliverabilityStatus"] = DeliverabilityStatus,
            };
        }

        if (Phones.Count > 0)
        {
            json["phone"] = new JsonObject { ["phone"] = Phones[0] };
        }

        if (MemberId is not null)
        {
            json["memberInfo"] = new JsonObject { ["memberId"] = MemberId, ["status"] = "ACTIVE" };
        }

        return json;
    }

    private JsonObject ExtendedFields() => PrimaryEmail is not string email ? [] : new JsonObject
    {
        ["emailSubscriptions.effectiveEmail"] = email,
        ["emailSubscriptions.subscriptionStatus"] = SubscriptionStatus,
        ["emailSubscriptions.deliverabilityStatus"] = DeliverabilityStatus,
    };

    // UNTAGGED is what Wix's samples show for an address that nobody tagged; other tags cannot be set here.
    private JsonObject Items(IReadOnlyList<string> values, string field)
    {
        var items = new JsonArray();
        foreach (var value in values)
        {
            var item = new JsonObject
            {
                ["id"] = NameBasedId.Of($"{field}:{Id}:{value}"),
                ["tag"] = "UNTAGGED",
                [field] = value,
                ["primary"] = items.Count == 0,
            };
            if (field == "phone")
            {
                item.AddText("e164Phone", E164(value));
            }

            items.Add((JsonNode)item);
        }

        return new JsonObject { ["items"] = items };
    }

    // Without a country code the number cannot be told, and is left out.
    private static string? E164(string phone) =>
        phone[0] == '+' ? "+" + string.Concat(phone.Where(char.IsDigit)) : null;
}

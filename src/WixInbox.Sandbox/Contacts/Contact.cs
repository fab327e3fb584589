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

    /// <summary>All of the contact's fields. A contact without an address has no primaryEmail, and one without a phone no primaryPhone.</summary>
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
            ["primaryInfo"] = primaryInfo,
            ["info"] = new JsonObject
            {
                ["name"] = name,
                ["emails"] = Items(Emails, "email"),
                ["phones"] = Items(Phones, "phone"),
                ["labelKeys"] = new JsonObject { ["items"] = new JsonArray([.. LabelKeys.Select(key => (JsonNode)key)]) },
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
    private static string? E164(string phone) => phone[0] == '+' ? "+" + string.Concat(phone.Where(char.IsDigit)) : null;
}

using System.Text.Json;
using WixInbox.Sandbox;

namespace WixInbox.SandboxServer;

/// <summary>Reads the contacts that a test sends. A misspelt field is an error, as for faults.</summary>
internal static class ContactList
{
    /// <exception cref="FormatException">A contact cannot be read; the message says which and why.</exception>
    public static List<SandboxContact> Read(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("Send a list of contacts, such as [{\"email\":\"ada@example.com\"}].");
        }

        var contacts = new List<SandboxContact>();
        foreach (JsonElement item in list.EnumerateArray())
        {
            try
            {
                contacts.Add(ReadOne(item));
            }
            catch (Exception exception) when (exception is FormatException or InvalidOperationException)
            {
                throw new FormatException($"Contact [{contacts.Count}]: {exception.Message}", exception);
            }
        }

        return contacts;
    }

    private static SandboxContact ReadOne(JsonElement item)
    {
        var contact = new SandboxContact();
        foreach (JsonProperty field in item.EnumerateObject())
        {
            JsonElement value = field.Value;
            switch (field.Name)
            {
                case "email":
                    contact.Emails.Insert(0, value.GetString()!);
                    break;
                case "emails":
                    AddTo(contact.Emails, value);
                    break;
                case "phones":
                    AddTo(contact.Phones, value);
                    break;
                case "labelKeys":
                    AddTo(contact.LabelKeys, value);
                    break;
                case "firstName":
                    contact.FirstName = value.GetString();
                    break;
                case "lastName":
                    contact.LastName = value.GetString();
                    break;
                case "contactId":
                    contact.Id = value.GetString();
                    break;
                case "memberId":
                    contact.MemberId = value.GetString();
                    break;
                case "lastActivityDate":
                    contact.LastActivityDate = value.GetDateTimeOffset();
                    break;
                case "lastActivityType":
                    contact.LastActivityType = value.GetString()!;
                    break;
                case "subscriptionStatus":
                    contact.SubscriptionStatus = value.GetString()!;
                    break;
                case "deliverabilityStatus":
                    contact.DeliverabilityStatus = value.GetString()!;
                    break;
                default:
                    throw new FormatException($"there is no field {field.Name}.");
            }
        }

        return contact;
    }

    private static void AddTo(IList<string> texts, JsonElement list)
    {
        foreach (JsonElement text in list.EnumerateArray())
        {
            texts.Add(text.GetString()!);
        }
    }
}

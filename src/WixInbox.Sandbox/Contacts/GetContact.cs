using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>GET /contacts/v4/contacts/{id}.</summary>
internal static class GetContact
{
    public static Answer Handle(string id, JsonElement parameters, ContactBook contacts)
    {
        var violations = new Violations();
        var contactId = ValueRules.CheckGuid(id, "id", violations);
        var fields = new ContactFields();
        fields.Read(new InputObject(parameters, string.Empty, violations));
        if (violations.Any || contactId is null)
        {
            return ErrorAnswers.Invalid(violations);
        }

        if (contacts.Find(contactId) is not Contact contact)
        {
            // The code is documented and its status is not; 404 is our choice.
            return ErrorAnswers.Application(
                (int)HttpStatusCode.NotFound, "CONTACT_NOT_FOUND", $"Contact {contactId} was not found.");
        }

        return new Answer((int)HttpStatusCode.OK, Json.Write(new JsonObject
        {
            ["contact"] = fields.Of(contact),
            ["responseType"] = contact.Id == contactId ? "REGULAR" : "MERGED",
        }));
    }
}

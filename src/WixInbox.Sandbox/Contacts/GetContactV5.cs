using System.Net;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>GET /contacts/v5/contacts/{id}.</summary>
internal static class GetContactV5
{
    public static Answer Handle(string id, ContactBook contacts)
    {
        var violations = new Violations();
        if (ValueRules.CheckGuid(id, "contactId", violations) is not string contactId)
        {
            return ErrorAnswers.Invalid(violations);
        }

        // What the id of a merged contact yields is not documented for v5. Our choice: nothing, since its answer has no
        // field that would say so.
        return contacts.Find(contactId) is Contact contact && contact.Id == contactId
            ? new Answer((int)HttpStatusCode.OK, Json.Write(new JsonObject { ["contact"] = contact.ToJsonV5() }))
            : ErrorAnswers.Application(
                (int)HttpStatusCode.NotFound, "CONTACT_NOT_FOUND", $"Contact {contactId} was not found.");
    }
}

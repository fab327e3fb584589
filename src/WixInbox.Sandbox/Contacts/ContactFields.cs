using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// Which fields of a contact an answer has: the names of <c>fields</c> and the sets of <c>fieldsets</c> together, and
/// all of them where neither is given. The names are a closed list, and what Wix does with another one is not known:
/// our choice is to ignore it.
/// </summary>
internal sealed class ContactFields
{
    private static readonly HashSet<string> s_names =
    [
        "source", "createdDate", "updatedDate", "lastActivity", "primaryInfo", "info.name", "info.emails",
        "info.phones", "info.addresses", "info.company", "info.jobTitle", "info.picture", "info.birthdate",
        "info.locale", "info.labelKeys", "info.locations", "info.extendedFields",
    ];

    private readonly HashSet<string> _paths = [];
    private bool _isGiven;

    /// <summary>Reads what this object has of fields and fieldsets; what was read before stays wanted.</summary>
    public void Read(InputObject request)
    {
        foreach (JsonNode? path in request.Texts("fields", FieldLimits.Fields, FieldLimits.Field))
        {
            _isGiven = true;
            if (s_names.Contains(path!.GetValue<string>()))
            {
                _paths.Add(path.GetValue<string>());
            }
        }

        foreach (JsonNode? fieldset in request.Enums("fieldsets", FieldLimits.Fieldsets, EnumNames.ContactFieldset))
        {
            _isGiven = true;
            _paths.UnionWith(PathsOf(fieldset!.GetValue<string>()));
        }
    }

    public JsonObject Of(Contact contact)
    {
        JsonObject json = contact.ToJson();
        if (_isGiven && !_paths.Contains(EnumNames.FullFieldset))
        {
            Prune(json, string.Empty);
        }

        return json;
    }

    // As documented. primaryEmail, and with it the status of the subscription, is in the full contact alone.
    private static string[] PathsOf(string fieldset) => fieldset switch
    {
        "BASIC" => ["info.name", "primaryInfo"],
        "COMMUNICATION_DETAILS" => ["info.name", "primaryInfo", "info.emails", "info.phones", "info.addresses"],
        "EXTENDED" => ["info.name", "primaryInfo", "info.extendedFields"],
        _ => [fieldset],
    };

    private void Prune(JsonObject json, string prefix)
    {
        foreach (KeyValuePair<string, JsonNode?> property in json.ToArray())
        {
            var path = prefix + property.Key;

            // The documentation: the id and the revision are always there.
            if (path is "id" or "revision" || _paths.Any(wanted => IsUnder(path, wanted)))
            {
                continue;
            }

            if (property.Value is JsonObject inner && _paths.Any(wanted => IsUnder(wanted, path)))
            {
                Prune(inner, path + ".");
                if (inner.Count > 0)
                {
                    continue;
                }
            }

            json.Remove(property.Key);
        }
    }

    private static bool IsUnder(string path, string parent) =>
        path == parent || path.StartsWith(parent + ".", StringComparison.Ordinal);
}

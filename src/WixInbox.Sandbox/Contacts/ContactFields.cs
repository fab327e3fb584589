using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// Which fields of a contact an answer has: the paths of <c>fields</c> and the sets of <c>fieldsets</c> together, and all
/// of them where neither is given. A path that no contact has is ignored: our choice.
/// </summary>
internal sealed class ContactFields
{
    private readonly HashSet<string> _paths = [];
    private bool _all = true;

    /// <summary>Reads what this object has of fields and fieldsets; what was read before stays wanted.</summary>
    public void Read(InputObject request)
    {
        foreach (JsonNode? path in request.Texts("fields", FieldLimits.Fields, FieldLimits.Field))
        {
            _paths.Add(path!.GetValue<string>());
        }

        foreach (JsonNode? fieldset in request.Enums("fieldsets", FieldLimits.Fieldsets, EnumNames.ContactFieldset))
        {
            _paths.UnionWith(PathsOf(fieldset!.GetValue<string>()));
        }

        _all = _paths.Count == 0 || _paths.Contains(EnumNames.FullFieldset);
    }

    public JsonObject Of(Contact contact)
    {
        JsonObject json = contact.ToJson();
        if (!_all)
        {
            Prune(json, string.Empty);
        }

        return json;
    }

    // What is in each set is not in what we know of Wix; this is our choice, by their names.
    private static string[] PathsOf(string fieldset) => fieldset switch
    {
        "BASIC" => ["info.name", "primaryInfo"],
        "COMMUNICATION_DETAILS" =>
            ["info.name", "primaryInfo", "primaryEmail", "primaryPhone", "info.emails", "info.phones"],
        "EXTENDED" => ["info.name", "primaryInfo", "createdDate", "updatedDate", "info.labelKeys"],
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

using System.Net;
using System.Text.Json;

namespace WixInbox.Sandbox;

/// <summary>
/// Reads <c>query.filter</c> of Query Contacts: <c>{"field":{"$operator":value}}</c>, all conditions to be met. Its keys are
/// field paths and no field names of a proto message, so they have one style, camelCase. Wix documents the codes with which
/// a filter is refused and not when each of them applies; which is which here is our choice, by their names.
/// </summary>
internal sealed class ContactFilter
{
    public const string Id = "id";
    public const string PrimaryEmail = "primaryInfo.email";

    /// <summary>One page of Wix has this field and another does not. Our choice: it is there.</summary>
    public const string AnyEmail = "info.emails.email";

    private static readonly string[] s_idOperators = ["$eq", "$ne", "$in", "$exists"];
    private static readonly string[] s_emailOperators = [.. s_idOperators, "$startsWith"];

    private readonly List<ContactCondition> _conditions = [];

    private ContactFilter()
    {
    }

    public IEnumerable<string> NamedIds => Named(Id);

    public IEnumerable<string> NamedAddresses => Named(AnyEmail).Concat(Named(PrimaryEmail));

    /// <summary>The answer that refuses the filter, or null after reading it. No filter is one that everyone passes.</summary>
    public static Answer? Read(JsonElement? filter, out ContactFilter result)
    {
        result = new ContactFilter();
        if (filter is not JsonElement conditions)
        {
            return null;
        }

        if (conditions.ValueKind != JsonValueKind.Object)
        {
            return Refused("MALFORMED_FILTER", "The filter is not an object.");
        }

        foreach (JsonProperty condition in conditions.EnumerateObject())
        {
            if (result.ReadField(condition.Name, condition.Value) is Answer refused)
            {
                return refused;
            }
        }

        return null;
    }

    public bool Holds(Contact contact) => _conditions.TrueForAll(condition => condition.Holds(contact));

    private static Answer Refused(string code, string description) =>
        ErrorAnswers.Application((int)HttpStatusCode.BadRequest, code, description);

    private IEnumerable<string> Named(string field) =>
        _conditions.Where(condition => condition.Field == field).SelectMany(condition => condition.Named);

    private Answer? ReadField(string field, JsonElement value)
    {
        if (field is "$and" or "$or" or "$not")
        {
            // Wix's query language has them, but what we know of Query Contacts does not say that it takes them.
            return Refused("UNSUPPORTED_FILTER", $"{field} is not supported.");
        }

        if (field is not (Id or PrimaryEmail or AnyEmail))
        {
            return Refused("UNSUPPORTED_FILTER_FIELD_UNKNOWN", $"There is no field {field} to filter by.");
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            // Wix's query language: a bare value means $eq.
            return ReadOperator(field, "$eq", value);
        }

        var operators = 0;
        foreach (JsonProperty part in value.EnumerateObject())
        {
            operators++;
            if (ReadOperator(field, part.Name, part.Value) is Answer refused)
            {
                return refused;
            }
        }

        return operators == 0 ? Refused("MALFORMED_FILTER", $"{field} has no operator.") : null;
    }

    private Answer? ReadOperator(string field, string name, JsonElement value)
    {
        if (!(field == Id ? s_idOperators : s_emailOperators).Contains(name))
        {
            return Refused("UNSUPPORTED_FILTER_OPERATOR", $"{field} does not take {name}.");
        }

        if (name == "$exists" ? value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
            : name == "$in" ? value.ValueKind != JsonValueKind.Array
            : value.ValueKind != JsonValueKind.String)
        {
            return WrongType(field, name);
        }

        var values = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        IEnumerable<JsonElement> given = name switch
        {
            "$exists" => [],
            "$in" => value.EnumerateArray(),
            _ => [value],
        };
        foreach (JsonElement item in given)
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                return WrongType(field, name);
            }

            values.Add(item.GetString()!);
        }

        // How many values $in takes is not documented; here any number but none. An id that is not a GUID could never be
        // met, nor could an empty beginning ever fail.
        if ((name == "$in" && values.Count == 0)
            || (name == "$startsWith" && values.Contains(string.Empty))
            || (field == Id && values.Any(id => !Guid.TryParseExact(id, "D", out _))))
        {
            return Refused("UNSUPPORTED_FILTER_VALUE", $"The value of {name} for {field} makes no sense.");
        }

        if (field == Id)
        {
            values = [.. values.Select(id => id.ToLowerInvariant())];
        }

        _conditions.Add(new ContactCondition(field, name, values, value.ValueKind == JsonValueKind.True));
        return null;
    }

    private static Answer WrongType(string field, string name) =>
        Refused("UNSUPPORTED_FILTER_VALUE_TYPE", $"The value of {name} for {field} has the wrong type.");
}

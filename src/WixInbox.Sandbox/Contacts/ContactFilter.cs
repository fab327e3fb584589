using System.Globalization;
using System.Text.Json;

namespace WixInbox.Sandbox;

/// <summary>
/// Reads <c>query.filter</c> of a query of contacts: <c>{"field":{"$operator":value}}</c>, all conditions to be met.
/// Its keys are field paths and no field names of a proto message, so they have one style, camelCase. For v4, Wix
/// documents the codes with which a filter is refused and not when each of them applies; which is which here is our
/// choice, by their names.
/// </summary>
internal sealed class ContactFilter
{
    // How many values $in takes is not documented, of either version. Our choice is 100, as many contacts as a page of
    // v5 has: a client that rehearses with more must not fail for real.
    private const int MostValues = 100;

    private readonly List<ContactCondition> _conditions = [];

    private ContactFilter()
    {
    }

    public IEnumerable<string> NamedIds => Named(ContactField.Id);

    public IEnumerable<string> NamedAddresses =>
        Named(ContactField.AnyEmail).Concat(Named(ContactField.PrimaryEmail)).Concat(Named(ContactField.MainEmail));

    /// <summary>Why the filter is refused, or null after reading it. No filter is one that everyone passes.</summary>
    public static FilterRefusal? Read(
        JsonElement? filter, IReadOnlyDictionary<string, ContactField> fields, out ContactFilter result)
    {
        result = new ContactFilter();
        if (filter is not JsonElement conditions)
        {
            return null;
        }

        if (conditions.ValueKind != JsonValueKind.Object)
        {
            return new FilterRefusal("MALFORMED_FILTER", string.Empty, "The filter is not an object.");
        }

        foreach (JsonProperty condition in conditions.EnumerateObject())
        {
            if (result.ReadField(condition.Name, condition.Value, fields) is FilterRefusal refused)
            {
                return refused;
            }
        }

        return null;
    }

    public bool Holds(Contact contact) => _conditions.TrueForAll(condition => condition.Holds(contact));

    private IEnumerable<string> Named(string field) =>
        _conditions.Where(condition => condition.Field.Name == field).SelectMany(condition => condition.Named);

    private FilterRefusal? ReadField(string name, JsonElement value, IReadOnlyDictionary<string, ContactField> fields)
    {
        if (name is "$and" or "$or" or "$not")
        {
            // Wix's query language has them, but what we know of these two calls does not say that they take them.
            return new FilterRefusal("UNSUPPORTED_FILTER", name, $"{name} is not supported.");
        }

        if (!fields.TryGetValue(name, out var field))
        {
            return new FilterRefusal(
                "UNSUPPORTED_FILTER_FIELD_UNKNOWN", name, $"There is no field {name} to filter by.");
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
            if (ReadOperator(field, part.Name, part.Value) is FilterRefusal refused)
            {
                return refused;
            }
        }

        return operators == 0 ? new FilterRefusal("MALFORMED_FILTER", name, $"{name} has no operator.") : null;
    }

    private FilterRefusal? ReadOperator(ContactField field, string name, JsonElement value)
    {
        if (!field.Operators.Contains(name))
        {
            return new FilterRefusal("UNSUPPORTED_FILTER_OPERATOR", field.Name, $"{field.Name} does not take {name}.");
        }

        var isList = name is "$in" or "$nin" or "$hasSome" or "$hasAll";
        if (name == "$exists" ? value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
            : isList ? value.ValueKind != JsonValueKind.Array
            : value.ValueKind != JsonValueKind.String)
        {
            return WrongType(field, name);
        }

        var values = new HashSet<string>(field.IsExact ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        var given = 0;
        foreach (JsonElement item in name == "$exists" ? []
            : isList ? value.EnumerateArray()
            : (IEnumerable<JsonElement>)[value])
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                return WrongType(field, name);
            }

            values.Add(item.GetString()!);
            given++;
        }

        var time = default(DateTimeOffset);
        if (field.Date is not null)
        {
            if (!DateTimeOffset.TryParse(
                values.Single(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time))
            {
                return WrongValue(field, name);
            }

            values.Clear();
        }

        // An id that is not a GUID could never be met, nor could an empty beginning ever fail.
        if ((isList && given is 0 or > MostValues)
            || (name == "$startsWith" && values.Contains(string.Empty))
            || (field.IsGuid && values.Any(id => !Guid.TryParseExact(id, "D", out _))))
        {
            return WrongValue(field, name);
        }

        if (field.IsGuid)
        {
            values = [.. values.Select(id => id.ToLowerInvariant())];
        }

        _conditions.Add(new ContactCondition(field, name, values, value.ValueKind == JsonValueKind.True, time));
        return null;
    }

    private static FilterRefusal WrongValue(ContactField field, string name) =>
        new("UNSUPPORTED_FILTER_VALUE", field.Name, $"The value of {name} for {field.Name} makes no sense.");

    private static FilterRefusal WrongType(ContactField field, string name) =>
        new("UNSUPPORTED_FILTER_VALUE_TYPE", field.Name, $"The value of {name} for {field.Name} has the wrong type.");
}

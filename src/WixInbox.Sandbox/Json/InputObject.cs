using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// An object of a request: finds its fields in either key style and checks them, noting each violation under the field's
/// path. By the proto-JSON rule a null is a field that is not given. Fields that nobody asks for are ignored: Wix documents
/// nothing about unknown ones, and this is our choice.
/// </summary>
internal sealed class InputObject(JsonElement element, string path, Violations violations)
{
    public Violations Violations { get; } = violations;

    /// <summary>The object's own path; empty for the request itself.</summary>
    public string Path { get; } = path;

    public string PathOf(string name) => Path.Length == 0 ? name : Path + "." + name;

    public bool Has(string name) => TryGet(name, out _);

    /// <summary>The value as it came, for what has rules of its own; null where it is not given.</summary>
    public JsonElement? Raw(string name) => TryGet(name, out JsonElement value) ? value : null;

    /// <summary>A text within its bounds. One that must not be empty is required too, unless it is said to be optional.</summary>
    public string? Text(string name, int min = 0, int max = int.MaxValue, bool optional = true)
    {
        string? text = TextValue(name);
        if (text is not null)
        {
            ValueRules.CheckLength(text, PathOf(name), min, max, Violations);
        }
        else if (!optional && !Has(name))
        {
            Missing(name);
        }

        return text;
    }

    public string? WebUrl(string name, int max)
    {
        string? url = Text(name, max: max);
        if (url is not null)
        {
            ValueRules.CheckWebUrl(url, PathOf(name), Violations);
        }

        return url;
    }

    public string? RequiredGuid(string name)
    {
        if (!Has(name))
        {
            Missing(name);
            return null;
        }

        return TextValue(name) is string text ? ValueRules.CheckGuid(text, PathOf(name), Violations) : null;
    }

    public string? Enum(string name, IReadOnlyList<string> names) =>
        TryGet(name, out JsonElement value) ? ValueRules.CheckEnum(value, PathOf(name), names, Violations) : null;

    public bool? Flag(string name)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        WrongType(PathOf(name), "true or false");
        return null;
    }

    /// <summary>A number, which by the proto-JSON rule may come as a string.</summary>
    public JsonNode? Number(string name)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return null;
        }

        string digits = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (value.ValueKind is JsonValueKind.Number or JsonValueKind.String
            && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && !double.IsNaN(number)
            && !double.IsInfinity(number))
        {
            return JsonValue.Create(number);
        }

        WrongType(PathOf(name), "a number");
        return null;
    }

    /// <summary>A whole number within its bounds, which by the proto-JSON rule may come as a string.</summary>
    public int? Int32(string name, int min, int max)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return null;
        }

        string digits = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (value.ValueKind is not (JsonValueKind.Number or JsonValueKind.String)
            || !int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            WrongType(PathOf(name), "a whole number");
            return null;
        }

        if (number < min)
        {
            Violations.Add(PathOf(name), ViolatedRule.Min, $"is {number}; the minimum is {min}.", min);
        }
        else if (number > max)
        {
            Violations.Add(PathOf(name), ViolatedRule.Max, $"is {number}; the maximum is {max}.", max);
        }

        return number;
    }

    /// <summary>An int64, which by the proto-JSON rule comes as a string or as a number.</summary>
    public long? Int64(string name)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return null;
        }

        string digits = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (value.ValueKind is JsonValueKind.Number or JsonValueKind.String
            && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            return number;
        }

        WrongType(PathOf(name), "a whole number");
        return null;
    }

    public InputObject? Object(string name, bool optional = true)
    {
        if (TryGet(name, out JsonElement value))
        {
            return AsObject(value, PathOf(name));
        }

        if (!optional)
        {
            Missing(name);
        }

        return null;
    }

    public List<InputObject> Objects(string name, int min, int max)
    {
        var objects = new List<InputObject>();
        foreach ((JsonElement item, string itemPath) in Items(name, min, max))
        {
            if (AsObject(item, itemPath) is InputObject read)
            {
                objects.Add(read);
            }
        }

        return objects;
    }

    public JsonArray Texts(string name, int maxItems, int maxLength)
    {
        var texts = new JsonArray();
        foreach ((JsonElement item, string itemPath) in Items(name, 0, maxItems))
        {
            if (item.ValueKind == JsonValueKind.String)
            {
                string text = item.GetString()!;
                ValueRules.CheckLength(text, itemPath, 0, maxLength, Violations);
                texts.Add((JsonNode)text);
            }
            else
            {
                WrongType(itemPath, "a string");
            }
        }

        return texts;
    }

    public JsonArray Enums(string name, int maxItems, IReadOnlyList<string> names)
    {
        var values = new JsonArray();
        foreach ((JsonElement item, string itemPath) in Items(name, 0, maxItems))
        {
            if (ValueRules.CheckEnum(item, itemPath, names, Violations) is string value)
            {
                values.Add((JsonNode)value);
            }
        }

        return values;
    }

    /// <summary>The one of the named fields that is given, or null after noting that none is, or several are.</summary>
    public string? OneOf(params string[] names)
    {
        string[] given = [.. names.Where(Has)];
        if (given.Length == 1)
        {
            return given[0];
        }

        string choices = string.Join(", ", names);
        if (given.Length == 0)
        {
            Violations.Add(Path, ViolatedRule.RequiredField, $"needs exactly one of {choices}.");
        }
        else
        {
            Violations.Add(
                Path,
                ViolatedRule.OneOfAlignment,
                $"takes exactly one of {choices}; it has {string.Join(", ", given)}.");
        }

        return null;
    }

    private string? TextValue(string name)
    {
        if (!TryGet(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        WrongType(PathOf(name), "a string");
        return null;
    }

    private bool TryGet(string name, out JsonElement value)
    {
        int found = KeyStyle.Find(element, name, out value);
        if (found > 1)
        {
            // Wix documents nothing; proto-JSON parsers refuse a field given twice, and so do we, in whatever styles.
            Violations.Add(PathOf(name), ViolatedRule.Format, "is given more than once.");
        }

        return found > 0 && value.ValueKind != JsonValueKind.Null;
    }

    private List<(JsonElement Item, string Path)> Items(string name, int min, int max)
    {
        var items = new List<(JsonElement, string)>();
        if (TryGet(name, out JsonElement value) && value.ValueKind != JsonValueKind.Array)
        {
            WrongType(PathOf(name), "an array");
            return items;
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray())
            {
                items.Add((item, $"{PathOf(name)}[{items.Count}]"));
            }
        }

        ValueRules.CheckCount(items.Count, PathOf(name), min, max, Violations);
        return items;
    }

    private InputObject? AsObject(JsonElement value, string valuePath)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return new InputObject(value, valuePath, Violations);
        }

        WrongType(valuePath, "an object");
        return null;
    }

    private void Missing(string name) => Violations.Add(PathOf(name), ViolatedRule.RequiredField, "is required.");

    private void WrongType(string valuePath, string expected) =>
        Violations.Add(valuePath, ViolatedRule.Format, $"is not {expected}.");
}

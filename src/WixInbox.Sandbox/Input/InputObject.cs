using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WixInbox.Sandbox;

/// <summary>
/// An object of a request: finds its fields in either key style and checks them, noting each violation under the
/// field's path. By the proto-JSON rule a null is a field that is not given. Fields that nobody asks for are ignored,
/// as several of Wix's APIs were seen to do. A value of the wrong JSON type is a <see cref="FormatException"/>: such a
/// request was seen to be refused with a message alone, which names no field.
/// </summary>
internal sealed class InputObject(JsonElement element, string path, Violations violations)
{
    public Violations Violations { get; } = violations;

    /// <summary>Gets the object's own path; empty for the request itself.</summary>
    public string Path { get; } = path;

    public string PathOf(string name) => Path.Length == 0 ? name : Path + "." + name;

    public bool Has(string name) => TryGet(name, out _);

    /// <summary>The value as it came, for what has rules of its own; null where it is not given.</summary>
    public JsonElement? Raw(string name) => TryGet(name, out var value) ? value : null;

    /// <summary>
    /// A text within its bounds, in characters. Missing is not empty: only where it is not optional is it required.
    /// </summary>
    public string? Text(string name, int min = 0, int max = int.MaxValue, bool optional = true)
    {
        var text = TryGet(name, out var value, optional) ? TextOf(value) : null;
        if (text is not null)
        {
            ValueRules.CheckLength(text, PathOf(name), min, max, Violations);
        }

        return text;
    }

    public string? WebUrl(string name, int max, bool optional = true)
    {
        var url = Text(name, max: max, optional: optional);
        if (url is not null)
        {
            ValueRules.CheckWebUrl(url, PathOf(name), Violations);
        }

        return url;
    }

    public string? RequiredGuid(string name) =>
        TryGet(name, out var value, optional: false)
            ? ValueRules.CheckGuid(TextOf(value), PathOf(name), Violations)
            : null;

    public string? Enum(string name, IReadOnlyList<string> names, bool optional = true) =>
        TryGet(name, out var value, optional) ? ValueRules.CheckEnum(value, PathOf(name), names, Violations) : null;

    public bool? Flag(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        throw WrongType("true or false");
    }

    /// <summary>A number, which by the proto-JSON rule may come as a string.</summary>
    public JsonNode? Number(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (double.TryParse(DigitsOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && !double.IsNaN(number)
            && !double.IsInfinity(number))
        {
            return JsonValue.Create(number);
        }

        throw WrongType("a number");
    }

    /// <summary>A whole number within its bounds, which by the proto-JSON rule may come as a string.</summary>
    public int? Int32(string name, int min, int max)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (!int.TryParse(DigitsOf(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw WrongType("a whole number");
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
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (long.TryParse(DigitsOf(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        throw WrongType("a whole number");
    }

    public InputObject? Object(string name, bool optional = true) =>
        TryGet(name, out var value, optional) ? AsObject(value, PathOf(name)) : null;

    public List<InputObject> Objects(string name, int min, int max)
    {
        var objects = new List<InputObject>();
        foreach ((JsonElement item, var itemPath) in Items(name, min, max))
        {
            objects.Add(AsObject(item, itemPath));
        }

        return objects;
    }

    public JsonArray Texts(string name, int maxItems, int maxLength)
    {
        var texts = new JsonArray();
        foreach ((JsonElement item, var itemPath) in Items(name, 0, maxItems))
        {
            var text = TextOf(item);
            ValueRules.CheckLength(text, itemPath, 0, maxLength, Violations);
            texts.Add((JsonNode)text);
        }

        return texts;
    }

    public JsonArray Enums(string name, int maxItems, IReadOnlyList<string> names)
    {
        var values = new JsonArray();
        foreach ((JsonElement item, var itemPath) in Items(name, 0, maxItems))
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

        var choices = string.Join(", ", names);
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

    // A number as it is written, in a string or not; what is no number parses as none.
    private static string DigitsOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw WrongType("a string");

    private bool TryGet(string name, out JsonElement value, bool optional = true)
    {
        var found = KeyStyle.Find(element, name, out value);
        if (found > 1)
        {
            // Wix documents nothing; proto-JSON parsers refuse a field given twice, and so do we, in whatever styles.
            Violations.Add(PathOf(name), ViolatedRule.Format, "is given more than once.");
        }

        var isGiven = found > 0 && value.ValueKind != JsonValueKind.Null;
        if (!isGiven && !optional)
        {
            Violations.Add(PathOf(name), ViolatedRule.RequiredField, "is required.");
        }

        return isGiven;
    }

    private List<(JsonElement Item, string Path)> Items(string name, int min, int max)
    {
        var items = new List<(JsonElement, string)>();
        if (TryGet(name, out var value) && value.ValueKind != JsonValueKind.Array)
        {
            throw WrongType("an array");
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

    private InputObject AsObject(JsonElement value, string valuePath) =>
        value.ValueKind == JsonValueKind.Object
            ? new InputObject(value, valuePath, Violations)
            : throw WrongType("an object");

    private static FormatException WrongType(string expected) => new($"Expected {expected}");
}

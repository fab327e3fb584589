using System.Text.Json;

namespace WixInbox.Sandbox;

/// <summary>The rules for single values: length, GUID, web address, enum name.</summary>
internal static class ValueRules
{
    /// <summary>
    /// The length of a text in characters. Wix does not say what it counts. Our choice is Unicode code points, as proto
    /// validators do: an emoji outside the basic plane is one character, not the two of a .NET string.
    /// </summary>
    public static int Length(string text)
    {
        var length = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
            {
                length--;
                i++;
            }
        }

        return length;
    }

    public static void CheckLength(string text, string path, int min, int max, Violations violations)
    {
        var length = Length(text);
        if (length < min)
        {
            violations.Add(path, ViolatedRule.MinLength, $"has {length} characters; the minimum is {min}.", min);
        }
        else if (length > max)
        {
            violations.Add(path, ViolatedRule.MaxLength, $"has {length} characters; the maximum is {max}.", max);
        }
    }

    public static void CheckCount(int count, string path, int min, int max, Violations violations)
    {
        if (count < min)
        {
            violations.Add(path, ViolatedRule.MinSize, $"has {count} items; the minimum is {min}.", min);
        }
        else if (count > max)
        {
            violations.Add(path, ViolatedRule.MaxSize, $"has {count} items; the maximum is {max}.", max);
        }
    }

    public static void CheckWebUrl(string url, string path, Violations violations)
    {
        if (!IsWebUrl(url))
        {
            violations.Add(path, ViolatedRule.Format, "is not a web address (WEB_URL).");
        }
    }

    /// <summary>What counts as WEB_URL is not documented. Our choice: an absolute http or https address.</summary>
    public static bool IsWebUrl(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        && (parsed.Scheme == "http" || parsed.Scheme == "https")
        && parsed.Host.Length > 0;

    /// <summary>
    /// The GUID in its one form on the wire, lower case with hyphens, or null after noting the violation.
    /// </summary>
    public static string? CheckGuid(string text, string path, Violations violations)
    {
        if (Guid.TryParseExact(text, "D", out var guid))
        {
            return guid.ToString("D");
        }

        violations.Add(path, ViolatedRule.Format, $"\"{Shortened(text)}\" is not a GUID.");
        return null;
    }

    /// <summary>
    /// The enum's name, or null after noting the violation. The proto-JSON rule refuses unknown names. It would allow
    /// numbers; Wix publishes none, so our choice is to refuse them too.
    /// </summary>
    public static string? CheckEnum(JsonElement value, string path, IReadOnlyList<string> names, Violations violations)
    {
        var name = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (name is not null && names.Contains(name, StringComparer.Ordinal))
        {
            return name;
        }

        violations.Add(
            path,
            ViolatedRule.InvalidEnumValue,
            $"{Shortened(value.GetRawText())} is not one of {string.Join(", ", names)}.");
        return null;
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : $"{text.Substring(0, 60)}...";
}

using System.Text;
using System.Text.Json;

namespace WixInbox.Sandbox;

/// <summary>
/// The proto-JSON rule for keys: lowerCamelCase or the original snake_case name, mixed as one likes. Wix does not state
/// the rule; its documentation is camelCase while its own cURL sample sends snake_case, which only this rule explains.
/// </summary>
internal static class KeyStyle
{
    /// <summary>Finds a field by its camelCase name in either style and says how often it is there.</summary>
    public static int Find(JsonElement parent, string camelCase, out JsonElement value)
    {
        var snakeCase = ToSnakeCase(camelCase);
        var found = 0;
        value = default;
        foreach (JsonProperty property in parent.EnumerateObject())
        {
            if (property.NameEquals(camelCase) || property.NameEquals(snakeCase))
            {
                value = property.Value;
                found++;
            }
        }

        return found;
    }

    public static string ToSnakeCase(string camelCase)
    {
        var name = new StringBuilder(camelCase.Length + 4);
        foreach (var letter in camelCase)
        {
            if (letter is >= 'A' and <= 'Z')
            {
                name.Append('_').Append((char)(letter + ('a' - 'A')));
            }
            else
            {
                name.Append(letter);
            }
        }

        return name.ToString();
    }
}

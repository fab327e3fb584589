using System.Text;

namespace WixInbox.Json;

/// <summary>
/// The names of enumerations on the wire. All of the API's follow one rule, <c>BusinessAndParticipant</c> being
/// <c>BUSINESS_AND_PARTICIPANT</c>, so that no table of them has to be kept. Wix adds values without notice: a property
/// keeps the name that came, and shows its value where it is known.
/// </summary>
internal static class EnumName
{
    public static string? Of<T>(T? member)
        where T : struct, Enum =>
        member is { } given ? WireOf(given) : null;

    /// <returns>The value; null for no name, and for one that this version does not know.</returns>
    public static T? Parse<T>(string? name)
        where T : struct, Enum
    {
        foreach (var (wire, member) in Names<T>.All)
        {
            if (wire == name)
            {
                return member;
            }
        }

        return null;
    }

    public static string[]? Of<T>(T[]? members)
        where T : struct, Enum =>
        members?.Select(WireOf).ToArray();

    /// <returns>The values that this version knows.</returns>
    public static T[]? Parse<T>(string[]? names)
        where T : struct, Enum =>
        names?.Select(Parse<T>).OfType<T>().ToArray();

    /// <summary>
    /// Adds an unknown name to the fields that a reader of the object sees. Wix's own word for none, such as
    /// <c>UNKNOWN_VISIBILITY</c>, is left out.
    /// </summary>
    public static void AddUnknown<T>(IDictionary<string, string> fields, string field, params string?[]? names)
        where T : struct, Enum
    {
        var unknown = (names ?? []).Where(name => name is not null
            && !name.StartsWith("UNKNOWN_", StringComparison.Ordinal)
            && Parse<T>(name) is null).ToArray();
        if (unknown.Length > 0)
        {
            fields[field] = string.Join(",", unknown);
        }
    }

    private static string WireOf<T>(T given)
        where T : struct, Enum
    {
        foreach (var (wire, member) in Names<T>.All)
        {
            if (EqualityComparer<T>.Default.Equals(member, given))
            {
                return wire;
            }
        }

        throw new ArgumentOutOfRangeException(
            nameof(given), $"{given} is no value of {typeof(T).Name}: {string.Join(", ", Enum.GetNames(typeof(T)))}.");
    }

    private static string ToWire(string pascal)
    {
        var wire = new StringBuilder(pascal.Length + 8);
        foreach (var letter in pascal)
        {
            if (char.IsUpper(letter) && wire.Length > 0)
            {
                wire.Append('_');
            }

            wire.Append(char.ToUpperInvariant(letter));
        }

        return wire.ToString();
    }

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly (string Wire, T Member)[] All =
            [.. ((T[])Enum.GetValues(typeof(T))).Select(member => (ToWire(member.ToString()), member))];
    }
}

using System.Text;

namespace WixInbox;

/// <summary>
/// A value of one of the API's enumerations. Wix adds values without notice, so a name that this version does not know is kept as it
/// came instead of being an error.
/// </summary>
/// <typeparam name="T">The enumeration of the values that are known.</typeparam>
/// <remarks>
/// In PowerShell it compares and prints as the name of the value: <c>$message.Visibility -eq 'Business'</c>. It is made from a
/// value of the enumeration, from that value's name, or from the name on the wire (<c>BUSINESS_AND_PARTICIPANT</c>).
/// </remarks>
public readonly struct EnumValue<T> : IEquatable<EnumValue<T>>
    where T : struct, Enum
{
    private static readonly (T Member, string Name, string Wire)[] s_known =
        [.. ((T[])Enum.GetValues(typeof(T))).Select(member => (member, member.ToString(), ToWire(member.ToString())))];

    private readonly string? _value;

    /// <summary>Initializes a value that is known.</summary>
    /// <param name="member">The value.</param>
    public EnumValue(T member)
    {
        _value = ToWire(member.ToString());
    }

    /// <summary>Initializes a value from its name here (<c>Business</c>) or on the wire (<c>BUSINESS</c>).</summary>
    /// <param name="name">The name, in any case. A name that is not known is kept as it is.</param>
    public EnumValue(string name)
    {
        if (name is null)
        {
            throw new ArgumentNullException(nameof(name));
        }

        _value = name;
        foreach (var known in s_known)
        {
            if (string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase)
                || string.Equals(known.Wire, name, StringComparison.OrdinalIgnoreCase))
            {
                _value = known.Wire;
                break;
            }
        }
    }

    /// <summary>Gets the value's name on the wire, for example <c>BUSINESS_AND_PARTICIPANT</c>.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Gets the names of the values that are known, as they are written here.</summary>
    internal static IEnumerable<string> KnownNames => s_known.Select(known => known.Name);

    /// <summary>Converts a value of the enumeration.</summary>
    /// <param name="member">The value.</param>
    public static implicit operator EnumValue<T>(T member) => new(member);

    /// <summary>Tells whether two values are the same.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool operator ==(EnumValue<T> left, EnumValue<T> right) => left.Equals(right);

    /// <summary>Tells whether two values differ.</summary>
    /// <param name="left">One value.</param>
    /// <param name="right">The other value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(EnumValue<T> left, EnumValue<T> right) => !left.Equals(right);

    /// <summary>Gets the value as a member of the enumeration, if this version knows it.</summary>
    /// <param name="member">The value, or the enumeration's zero value.</param>
    /// <returns>Whether the value is known.</returns>
    public bool TryGetKnown(out T member)
    {
        foreach (var known in s_known)
        {
            if (known.Wire == _value)
            {
                member = known.Member;
                return true;
            }
        }

        member = default;
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(EnumValue<T> other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EnumValue<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    /// <summary>Gets the value's name: as written here if it is known, else as it came.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => TryGetKnown(out var member) ? member.ToString() : Value;

    // Every enumeration of the API is named by the one rule, so no table of names has to be kept.
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
}

using System.Collections;
using System.Globalization;
using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox;

/// <summary>What was typed for a parameter: a value for all rows, or a script block that is run for each.</summary>
public abstract class RowValue
{
    private protected RowValue(object? value)
    {
        var bare = RowValues.Unwrap(value);
        Value = bare is ItemList list ? list.Items : bare;
    }

    /// <summary>Gets the script block; null for a value that all rows have.</summary>
    internal ScriptBlock? Block => Value as ScriptBlock;

    /// <summary>Gets what was typed.</summary>
    internal object? Value { get; }

    /// <summary>Gets the type that the value of a row has.</summary>
    internal abstract Type Type { get; }

    /// <summary>Several values that were typed, in a form that the engine does not take apart.</summary>
    /// <param name="Items">The values.</param>
    internal sealed record ItemList(IList Items);

    /// <summary>
    /// Tells whether the same was typed for another parameter, so that <c>$Email -eq 'ada@example.com'</c> holds in the
    /// filter of a mocked cmdlet.
    /// </summary>
    /// <param name="obj">The other value.</param>
    /// <returns>Whether it was. Upper and lower case make no difference.</returns>
    public override bool Equals(object? obj) =>
        obj is RowValue other && LanguagePrimitives.Equals(
            Value, other.Value, ignoreCase: true, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    /// <summary>Gets what was typed.</summary>
    /// <returns>The value as text, or the source of the block.</returns>
    public override string ToString() => Value?.ToString() ?? string.Empty;
}

using System.Diagnostics.CodeAnalysis;

namespace WixInbox;

/// <summary>
/// The value of a parameter that may differ from row to row: a value of type <typeparamref name="T"/> for all rows, or
/// a script block that is run once for each row, with the row as <c>$_</c>.
/// </summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <remarks>
/// The parameter does not bind from the pipeline, so that the engine hands the block over as it is, and the cmdlet runs
/// it: what goes wrong in it is the row's own error.
/// </remarks>
[SuppressMessage("Naming", "CA1715", Justification = "T says all.")]
public sealed class RowValue<T> : RowValue
{
    /// <summary>Initializes a new instance of the <see cref="RowValue{T}"/> class.</summary>
    /// <param name="value">The value, or the script block.</param>
    public RowValue(object? value)
        : base(value)
    {
    }

    /// <inheritdoc/>
    internal override Type Type => typeof(T);
}

using System.Collections;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// Converts a value of a column, a script block or the command line to the type that a parameter takes.
/// </summary>
internal static class RowValues
{
    /// <summary>Reads a column, which may be computed when it is read, and throw.</summary>
    /// <param name="column">The column; null for one that is not there.</param>
    /// <param name="problem">Why it cannot be read; null if it can.</param>
    /// <returns>The value; null where there is none.</returns>
    public static object? Read(PSPropertyInfo? column, out string? problem) =>
        Read(column, value => value, out problem);

    /// <summary>Reads a column as a text, which what stands there may refuse to become.</summary>
    /// <inheritdoc cref="Read(PSPropertyInfo, out string)"/>
    public static string? ReadText(PSPropertyInfo? column, out string? problem) =>
        Read(column, LanguagePrimitives.ConvertTo<string>, out problem);

    /// <summary>Reads what is wanted of the value of a column, which may throw like the column itself.</summary>
    /// <param name="column">The column; null for one that is not there.</param>
    /// <param name="take">Takes what is wanted from the value.</param>
    /// <param name="problem">Why it cannot be read; null if it can.</param>
    /// <returns>What is wanted; null where it cannot be read.</returns>
    public static T? Read<T>(PSPropertyInfo? column, Func<object?, T?> take, out string? problem)
    {
        try
        {
            problem = null;
            return take(column?.Value);
        }
        catch (Exception exception)
            when (exception is PSInvalidCastException or RuntimeException and not PipelineStoppedException)
        {
            // The engine says which property it was reading, and has the property's own error inside.
            problem = (exception.InnerException is RuntimeException inner ? inner : exception).Message;
            return default;
        }
    }

    /// <summary>
    /// Gets a text without blanks around it; null for one that is empty: an empty column is a value that was not given.
    /// </summary>
    public static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text!.Trim();

    /// <summary>Tells whether what was typed for a parameter is nothing, as a misspelt variable is.</summary>
    public static bool IsNothing(object? typed) =>
        Unwrap(typed is RowValue value ? value.Value : typed) switch
        {
            null => true,
            string text => string.IsNullOrWhiteSpace(text),
            IDictionary => false,
            IList several => several.Cast<object?>().All(IsNothing),
            _ => false,
        };

    /// <summary>
    /// Finds a part of what was typed for a parameter that is null, as a misspelt variable is: one of several values,
    /// or an entry of a hashtable. An empty text is meant to be.
    /// </summary>
    /// <returns>What the part is called: <c>value 2 of 3</c>, <c>Value</c>; null if there is none.</returns>
    public static string? FindNothing(object? typed)
    {
        switch (Unwrap(typed is RowValue value ? value.Value : typed))
        {
            case IDictionary pairs:
                return pairs.Keys.Cast<object>().FirstOrDefault(key => Unwrap(pairs[key]) is null)?.ToString();
            case IList several:
                var at = several.Cast<object?>().TakeWhile(one => Unwrap(one) is not null).Count();
                return at < several.Count
                    ? FormattableString.Invariant($"value {at + 1} of {several.Count}")
                    : several.Cast<object?>().Select(FindNothing).FirstOrDefault(part => part is not null);
            default:
                return null;
        }
    }

    /// <summary>Makes one value of what a script block gave.</summary>
    public static object? Single(Collection<PSObject> given) => given.Count switch
    {
        0 => null,
        1 => given[0],
        _ => given.ToArray(),
    };

    /// <summary>Makes the value.</summary>
    /// <param name="value">What was given.</param>
    /// <param name="type">The type that the parameter takes.</param>
    /// <param name="row">The row; null for a value that all rows have.</param>
    /// <param name="problem">What is wrong with it, as it goes on after where it is.</param>
    /// <param name="isRow">Whether the value is the row itself, or an object that cannot be written as a text.</param>
    /// <param name="single">
    /// How one of several values is typed, where they cannot be joined; null where they can.
    /// </param>
    /// <returns>The value; null where there is none.</returns>
    public static object? Convert(
        object? value, Type type, PSObject? row, out string? problem, out bool isRow, string? single = null)
    {
        problem = null;
        isRow = false;
        var bare = Unwrap(value);
        if (bare is null)
        {
            return null;
        }

        if (bare is string && type == typeof(string))
        {
            return bare;
        }

        // In constrained language mode, the engine makes no types but its own.
        if (type == typeof(ConnectionIdentity))
        {
            return bare as ConnectionIdentity ?? new ConnectionIdentity(bare);
        }

        try
        {
            if (type == typeof(string))
            {
                return TextOf(bare, value, row, single, ref problem, ref isRow);
            }

            if (type == typeof(string[]))
            {
                List<string> texts = [];
                foreach (var item in bare is string || LanguagePrimitives.GetEnumerable(bare) is null
                    ? new[] { value }
                    : LanguagePrimitives.GetEnumerable(bare).Cast<object?>())
                {
                    if (Unwrap(item) is { } one && TextOf(one, item, row, single, ref problem, ref isRow) is { } text)
                    {
                        texts.Add(text);
                    }
                }

                return texts.ToArray();
            }

            if (bare is string empty && string.IsNullOrWhiteSpace(empty))
            {
                return null;
            }

            return LanguagePrimitives.ConvertTo(value, type, CultureInfo.InvariantCulture);
        }
        catch (PSInvalidCastException exception)
        {
            problem = HashtableProblems.Find(bare, type) ?? Words.Sentence(Words.Shorten(exception.Message, 600));
            return null;
        }
    }

    /// <summary>
    /// Gets what is inside a wrapper of the engine. An object that has no other self than the wrapper is given as it
    /// is. Nothing is inside what an <c>if</c> without an <c>else</c> gives a column.
    /// </summary>
    public static object? Unwrap(object? value) =>
        value == AutomationNull.Value ? null
        : value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject
        : value;

    /// <summary>Gets the column of an object that is likely to be meant, or the first.</summary>
    public static string ColumnOf(PSObject row)
    {
        string[] columns =
        [
            .. row.BaseObject is IDictionary dictionary
                ? dictionary.Keys.Cast<object>().Select(key => key.ToString() ?? string.Empty)
                : row.Properties.Select(property => property.Name),
        ];
        return columns.FirstOrDefault(column => ColumnNames.Normalize(column).Contains("name"))
            ?? columns.FirstOrDefault() ?? "Name";
    }

    private static string? TextOf(
        object bare, object? value, PSObject? row, string? single, ref string? problem, ref bool isRow)
    {
        if (bare is string text)
        {
            return text;
        }

        if (bare is not PSObject and not IDictionary && LanguagePrimitives.GetEnumerable(bare) is { } many)
        {
            object?[] items = [.. many.Cast<object?>().Take(1_000)];
            if (items.Length > 1)
            {
                problem =
                    FormattableString.Invariant($"it has {items.Length} values ")
                    + FormattableString.Invariant($"({Words.Shorten(string.Join(", ", items.Take(3)))}), ")
                    + (single is null
                        ? "and takes one. Take one of them, ( … )[0], or join them: ( … ) -join ' '."
                        : $"and takes one. Take one of them: {single}.");
                return null;
            }

            return items.Length == 0 || Unwrap(items[0]) is not { } only
                ? null
                : TextOf(only, items[0], row, single, ref problem, ref isRow);
        }

        var isSelf = row is not null && bare is not ValueType && ReferenceEquals(Unwrap(row), bare);
        var isObject = isSelf || bare is PSObject or IDictionary or WixObject;
        var written = isObject ? null : LanguagePrimitives.ConvertTo<string>(value);
        if (written is null || written == bare.GetType().FullName)
        {
            isRow = true;
            problem = isSelf
                ? $"it is the whole row. Name a column of it: {{ {ColumnExpression.For(ColumnOf(row!))} }}."
                : $"it is not text, but {NameOf(bare)}. Name the part of it that is meant.";
            return null;
        }

        return written;
    }

    private static string NameOf(object bare) =>
        bare is PSObject ? "an object" : bare is IDictionary ? "a hashtable" : "a " + bare.GetType().Name;
}

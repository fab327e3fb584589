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
    /// Gets a text without blanks around it; null for one in which nothing can be seen: an empty column is a value that
    /// was not given.
    /// </summary>
    public static string? Given(string? text) => text is null || Unseen.IsBlank(text) ? null : text.Trim();

    /// <summary>Tells whether what was typed for a parameter is nothing, as a misspelt variable is.</summary>
    public static bool IsNothing(object? typed) =>
        Unwrap(typed is RowValue value ? value.Value : typed) switch
        {
            null => true,
            string text => Unseen.IsBlank(text),
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
    /// <param name="single">
    /// How one of several values is typed, where they cannot be joined; null where they can.
    /// </param>
    public static Conversion Convert(object? value, Type type, PSObject? row = null, string? single = null)
    {
        var bare = Unwrap(value);
        if (bare is null)
        {
            return default;
        }

        if (bare is string && type == typeof(string))
        {
            return new Conversion(bare);
        }

        // In constrained language mode, the engine makes no types but its own.
        if (type == typeof(ConnectionIdentity))
        {
            return new Conversion(bare as ConnectionIdentity ?? new ConnectionIdentity(bare));
        }

        try
        {
            return type == typeof(string) ? TextOf(bare, value, row, single)
                : type == typeof(string[]) ? TextsOf(bare, value, row, single)
                : bare is string empty && Unseen.IsBlank(empty) ? default
                : new Conversion(LanguagePrimitives.ConvertTo(value, type, CultureInfo.InvariantCulture));
        }
        catch (PSInvalidCastException exception)
        {
            return new Conversion(
                null, HashtableProblems.Find(bare, type) ?? Words.Sentence(Words.Shorten(exception.Message, 600)));
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

    private static Conversion TextsOf(object bare, object? value, PSObject? row, string? single)
    {
        List<string> texts = [];
        var (problem, isRow) = ((string?)null, false);
        foreach (var item in bare is string || LanguagePrimitives.GetEnumerable(bare) is null
            ? new[] { value }
            : LanguagePrimitives.GetEnumerable(bare).Cast<object?>())
        {
            if (Unwrap(item) is not { } one)
            {
                continue;
            }

            var text = TextOf(one, item, row, single);
            problem = text.Problem ?? problem;
            isRow |= text.IsRow;
            if (text.Value is string given)
            {
                texts.Add(given);
            }
        }

        return new Conversion(texts.ToArray(), problem, isRow);
    }

    private static Conversion TextOf(object bare, object? value, PSObject? row, string? single)
    {
        if (bare is string text)
        {
            return new Conversion(text);
        }

        if (bare is not PSObject and not IDictionary && LanguagePrimitives.GetEnumerable(bare) is { } many)
        {
            object?[] items = [.. many.Cast<object?>().Take(1_000)];
            if (items.Length > 1)
            {
                return new Conversion(
                    null,
                    FormattableString.Invariant($"it has {items.Length} values ")
                        + FormattableString.Invariant($"({Words.Shorten(string.Join(", ", items.Take(3)))}), ")
                        + (single is null
                            ? "and takes one. Take one of them, ( … )[0], or join them: ( … ) -join ' '."
                            : $"and takes one. Take one of them: {single}."));
            }

            return items.Length == 0 || Unwrap(items[0]) is not { } only
                ? default
                : TextOf(only, items[0], row, single);
        }

        var isSelf = row is not null && bare is not ValueType && ReferenceEquals(Unwrap(row), bare);
        var isObject = isSelf || bare is PSObject or IDictionary or WixObject;
        var written = isObject ? null : LanguagePrimitives.ConvertTo<string>(value);
        return written is not null && written != bare.GetType().FullName
            ? new Conversion(written)
            : new Conversion(
                null,
                isSelf
                    ? $"it is the whole row. Name a column of it: {{ {ColumnExpression.For(ColumnOf(row!))} }}."
                    : $"it is not text, but {NameOf(bare)}. Name the part of it that is meant.",
                IsRow: true);
    }

    private static string NameOf(object bare) =>
        bare is PSObject ? "an object" : bare is IDictionary ? "a hashtable" : "a " + bare.GetType().Name;
}

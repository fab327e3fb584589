using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>
/// Finds in a text what PowerShell has written of an object, where a part of it was meant: a row, the name of its type,
/// a method that is not called.
/// </summary>
internal static class ObjectsInText
{
    private const string Property = "{get;";
    private const int MostItems = 100;

    private static readonly string[] s_types =
    [
        "System.Object[]",
        "System.Collections.",
        "System.Management.Automation.",
        "System.Xml.",
        "System.Data.",

        // What Format-Table gives.
        "Microsoft.PowerShell.Commands.Internal.Format.",
        "Microsoft.ActiveDirectory.Management.",

        // What JavaScript writes.
        "[object Object]",

        // A property with parameters: what $_.Group.Item is, where a column of the group was meant.
        Property,
    ];

    // What ends the name of a property in @{first=Ada; last=Byron}, and what is in none.
    private static readonly char[] s_endsOfName = ['=', '{', '}', ';', '\r', '\n'];

    // What is written of several, by a program or by PowerShell: System.String[]
    private static readonly Regex s_array = new(
        @"(?<!\w)(System|Microsoft|WixInbox)(\.\w+)+\[\]", RegexOptions.CultureInvariant);

    // A method that is not called is written as its signatures: string Trim(), string Trim(char trimChar)
    private static readonly Regex s_method = new(
        @"(?<![\w.])(?:void|string|bool|byte|char|short|int|long|float|double|decimal|type|datetime|timespan|guid|uri"
            + @"|regex|version|cultureinfo|psobject|System\.[\w.+]+)(?:\[\])* (\w+)"
            + @"\((?:\)|(?:Params |\[ref\] )?[\w.\[\]<>+]+ \w+ ?[,)=])",
        RegexOptions.CultureInvariant);

    // A property with parameters is written as System.Object Item(int index) {get;set;}
    private static readonly Regex s_property = new(@"(\w+)\([^)]*\) \{get;", RegexOptions.CultureInvariant);

    /// <summary>Finds a row, an object, or the name of a type in a text.</summary>
    /// <returns>What stands there; null if there is none.</returns>
    public static string? Find(string text, Row row)
    {
        if (text.Contains("@{") && (HasRow(text, row.Shape.Columns) || FindIn(text) is not null))
        {
            return "@{";
        }

        foreach (var type in s_types)
        {
            if (text.Contains(type))
            {
                return type;
            }
        }

        if (text.Contains("[]") && s_array.Match(text) is { Success: true } several)
        {
            return several.Value;
        }

        var own = row.Input?.BaseObject is { } input and not string ? input.GetType().FullName : null;
        return own is not null && own.IndexOf('.') > 0 && text.Contains(own) ? own : null;
    }

    /// <summary>
    /// Finds objects that a block writes into its texts, where PowerShell writes none of what they have: nothing for
    /// each of several, or the name of a class.
    /// </summary>
    /// <param name="block">The block.</param>
    /// <param name="texts">The texts that it gave.</param>
    /// <param name="row">The row.</param>
    /// <returns>The problem; null if there is none.</returns>
    public static string? Find(RowBlock block, string[] texts, Row row)
    {
        if (block.WholeRows.Count > 0 && FindWhole(block, row) is { } whole)
        {
            return whole;
        }

        foreach (var path in block.Written)
        {
            var value = RowValues.Read(row.PropertyOf(path[0]), column => PartOf(column, path), out _);
            if (value is null or string or ValueType)
            {
                continue;
            }

            var several = value is ICollection list and not IDictionary
                ? list.Cast<object?>().Take(MostItems).ToArray()
                : null;
            var item = RowValues.Unwrap(
                (several ?? [value]).FirstOrDefault(one => HasNoText(one, isOne: several is null)));
            if (item is not null
                && (several is not null || Array.Exists(texts, text => text.Contains(item.GetType().FullName!))))
            {
                var read = Write([.. path, RowValues.ColumnOf(PSObject.AsPSObject(item))], several is not null);
                return (several is null
                        ? $"It has {item.GetType().FullName} in it, the name of the class of what stands in "
                        : "It has nothing in it of the objects in ")
                    + $"{Write(path, areSeveral: false)}. Name the part that is meant: {{ \"Hi $({read})\" }}.";
            }
        }

        return null;
    }

    // A class may well write itself as a text. It writes no column behind itself.
    private static string? FindWhole(RowBlock block, Row row)
    {
        var column = block.WholeRows.FirstOrDefault(name => name is not null && row.PropertyOf(name) is not null);
        if (column is not null)
        {
            return $"It has the whole row in it, and '.{column}' behind that. In a string, a column stands in "
                + $"brackets: {{ \"Hi $({ColumnExpression.For(column)})\" }}.";
        }

        return row.Input?.BaseObject is { } input and not (string or ValueType) && HasNoText(row.Input, isOne: true)
            ? $"It has {input.GetType().FullName} in it, the name of the row's class. Name the part that is meant: "
                + $"{{ \"Hi $({ColumnExpression.For(row.Shape.Columns.FirstOrDefault() ?? "Name")})\" }}."
            : null;
    }

    /// <summary>Finds a method in a text that is not called. Its name is the first group.</summary>
    /// <returns>The match; null if there is none.</returns>
    public static Match? FindMethod(string text) =>
        text.IndexOf('(') > 0 && s_method.Match(text) is { Success: true } found && !text.Contains(Property)
            ? found
            : null;

    /// <summary>
    /// Gets what was meant: of an object in a column, the property that it begins with; else, any column.
    /// </summary>
    public static string Meant(string text, Row row)
    {
        // The list of the rows of a group has an Item of its own.
        if (s_property.Match(text) is { Success: true } property
            && ColumnWith(property.Groups[1].Value, row) is { } rows)
        {
            return $"{ColumnExpression.For(rows)}.ForEach('{property.Groups[1].Value}') -join ', '";
        }

        var part = FindIn(text);
        var column = part is null ? null : ColumnWith(part, row);
        return column is null
            ? ColumnExpression.For(row.Shape.Columns.FirstOrDefault() ?? "Name")
            : Write([column, part!], row.TryRead(column, out var value) && RowValues.Unwrap(value) is IList);
    }

    // The column with rows, or an object, that have such a column.
    private static string? ColumnWith(string name, Row row) => row.Shape.Nested.FirstOrDefault(
        one => RowShape.RowsIn(row.Columns!, one).Any(inner => inner.Properties[name] is not null));

    private static bool HasRow(string text, string[] columns) =>
        columns.Any(column => text.Contains($"@{{{column}="));

    // An object that stands in a column, such as one of a JSON file: its properties are no columns.
    private static string? FindIn(string text)
    {
        for (var at = text.IndexOf("@{", StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf("@{", at + 2, StringComparison.Ordinal))
        {
            var (start, end) = (at + 2, text.IndexOfAny(s_endsOfName, at + 2));
            if (end > start && text[end] == '=' && !char.IsWhiteSpace(text[start]) && text.IndexOf('}', end) > 0)
            {
                return text.Substring(start, end - start);
            }
        }

        return null;
    }

    // The expression that reads a property of an object, or of each of several, in a column.
    private static string Write(string[] path, bool areSeveral) =>
        ColumnExpression.For(path) + (areSeveral ? " -join ', '" : string.Empty);

    // One plain object that stands in a text is found there.
    private static bool HasNoText(object? value, bool isOne) => RowValues.Unwrap(value) switch
    {
        null or string or ValueType => false,
        PSObject plain => !isOne && plain.Members["ToString"] is not (PSScriptMethod or PSCodeMethod),
        var other => LanguagePrimitives.ConvertTo<string>(value) == other.GetType().FullName,
    };

    // What stands behind the column that a path begins with.
    private static object? PartOf(object? value, string[] path)
    {
        foreach (var name in path.Skip(1))
        {
            value = value is null ? null
                : RowValues.Unwrap(value) is IDictionary pairs ? pairs[name]
                : PSObject.AsPSObject(value).Properties[name]?.Value;
        }

        return RowValues.Unwrap(value);
    }
}
